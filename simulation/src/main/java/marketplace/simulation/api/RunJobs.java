package marketplace.simulation.api;

import jakarta.inject.Singleton;
import java.util.UUID;
import marketplace.simulation.run.Recording;
import marketplace.simulation.run.RunResult;

/// The runs that were started here, for those who show them and those who play them again.
@Singleton
class RunJobs {
  private final Jobs<RunResult> jobs = new Jobs<>();

  Jobs<RunResult> all() {
    return jobs;
  }

  /// What it takes to play it again.
  ///
  /// @throws marketplace.eventsourcing.ProblemException unless it was played to its end, and step
  ///   by step
  Recording recording(UUID runId) {
    var job = jobs.find(runId);
    var result = job.result();
    if (result == null) throw Problems.notFound("the run has not ended");
    if (job.isStopped()) throw Problems.invalid("/runId", "the run was ended before its time");
    if (result.rate() > 0) {
      throw Problems.invalid("/runId", "while time runs on, a run comes out otherwise each time");
    }
    return Recording.of(result);
  }
}
