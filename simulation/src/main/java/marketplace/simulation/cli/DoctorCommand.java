package marketplace.simulation.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import marketplace.contracts.ContractJson;
import marketplace.simulation.doctor.Doctor;
import marketplace.simulation.doctor.Finding.Verdict;
import marketplace.simulation.doctor.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    description = {
      "Is everything that is stored on Kafka too, are streams without gaps, is the slot healthy,",
      "do the books balance? Reads all databases and topics, and changes nothing.",
      "Without more it looks at what ./market has started. Environment variables name another",
      "installation: MARKETPLACE_ORDER_DATABASE_URL, …_USER and …_PASSWORD, and so for SELLER,",
      "REFUND and DISPUTE; MARKETPLACE_KAFKA_BOOTSTRAP_SERVERS and, with the clients' own settings",
      "in a file, MARKETPLACE_KAFKA_CLIENT_SETTINGS; MARKETPLACE_REFUND_URL."
    },
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--json", description = "as a JSON array, and nothing else")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    // What the clients tell of themselves is not what was asked for.
    Logger.getLogger("").setLevel(Level.OFF);
    var findings = Doctor.examine(Installation.of(System.getenv()));
    if (json) {
      System.out.println(ContractJson.mapper().writeValueAsString(findings));
    } else {
      for (var finding : findings) {
        System.out.printf(
            "%-8s %-16s %-18s %s%n",
            finding.verdict(), finding.subject(), finding.check(), finding.detail());
      }
    }
    var failed = findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAILED);
    return failed ? Cli.FAILED : 0;
  }
}
