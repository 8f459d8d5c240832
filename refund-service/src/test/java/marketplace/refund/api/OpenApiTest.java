package marketplace.refund.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import marketplace.testkit.FiledDocument;
import marketplace.testkit.ServicePlatform;
import org.junit.jupiter.api.Test;

/// What this service promises to its callers.
@QuarkusTest
@QuarkusTestResource(
    value = ServicePlatform.class,
    initArgs = @ResourceArg(name = "prefix", value = "refund"))
class OpenApiTest {
  @Test
  void the_document_in_the_repository_is_the_one_that_is_served() {
    FiledDocument.assertIsServed(RestAssured.port);
  }
}
