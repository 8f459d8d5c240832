package marketplace.testkit;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import java.util.List;

/// Puts the `ContractFilter` before every test against a running service, so that no test has to
/// think of it: Quarkus finds this class by its service file.
public final class ContractWatch implements QuarkusTestBeforeEachCallback {
  private static final ContractFilter FILTER = new ContractFilter();

  @Override
  public void beforeEach(QuarkusTestMethodContext context) {
    RestAssured.replaceFiltersWith(List.of(FILTER));
  }
}
