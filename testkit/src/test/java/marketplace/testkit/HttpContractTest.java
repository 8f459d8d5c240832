package marketplace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import marketplace.testkit.HttpContract.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The guard of all HTTP tests, itself broken on purpose in every way that it has to notice.
class HttpContractTest {
  private static final String DOCUMENT =
      """
      {
        "openapi": "3.1.0",
        "paths": {
          "/v1/orders/{orderId}": {
            "get": {
              "responses": {
                "200": {"content": {"application/json": {"schema": {
                  "allOf": [
                    {"$ref": "#/components/schemas/Order"},
                    {"$ref": "#/components/schemas/Version"}]}}}},
                "4XX": {"$ref": "#/components/responses/Problem"}
              }
            }
          },
          "/v1/orders": {
            "post": {
              "requestBody": {"content": {"application/json": {"schema":
                {"$ref": "#/components/schemas/Order"}}}},
              "responses": {
                "201": {"content": {"application/json": {"schema":
                  {"$ref": "#/components/schemas/Order"}}}}
              }
            }
          }
        },
        "components": {
          "responses": {
            "Problem": {"content": {"application/problem+json": {"schema": {
              "type": "object", "properties": {"code": {"type": "string"}}, "required": ["code"]}}}}
          },
          "schemas": {
            "Order": {
              "type": "object",
              "properties": {
                "totalMinor": {"type": "integer", "format": "int64"},
                "placedAt": {"type": "string", "format": "date-time"},
                "comment": {"type": ["string", "null"]},
                "lines": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}}
              },
              "required": ["totalMinor"]
            },
            "Line": {
              "type": "object", "properties": {"id": {"type": "string", "format": "uuid"}}
            },
            "Version": {
              "type": "object", "properties": {"version": {"type": "integer"}},
              "required": ["version"]
            }
          }
        }
      }
      """;

  private final HttpContract contract = contract();

  private static HttpContract contract() {
    try {
      return new HttpContract(new ObjectMapper().readTree(DOCUMENT));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> ofAnswer(String body) {
    return contract.faultsOf(got(200, "application/json", body));
  }

  private static Exchange got(int status, @Nullable String mediaType, String body) {
    return new Exchange("GET", "/v1/orders/7", null, status, mediaType, body);
  }

  private List<String> ofRequest(String body, int status) {
    return contract.faultsOf(
        new Exchange(
            "POST", "/v1/orders", body, status, "application/json", "{\"totalMinor\": 1}"));
  }

  @Test
  void lets_pass_what_is_promised() {
    assertThat(
            ofAnswer(
                """
                {"totalMinor": 1, "placedAt": "2026-01-05T09:00:00.000Z", "comment": null,
                 "lines": [{"id": "00000000-0000-0000-0000-000000000001"}], "version": 3}
                """))
        .isEmpty();
    assertThat(ofRequest("{\"totalMinor\": 1}", 201)).isEmpty();
    assertThat(contract.faultsOf(got(409, "application/problem+json", "{\"code\": \"X\"}")))
        .isEmpty();
  }

  @Test
  void refuses_a_wrong_type() {
    assertThat(ofAnswer("{\"totalMinor\": \"1\", \"version\": 3}")).isNotEmpty();
    assertThat(ofAnswer("{\"totalMinor\": 1.5, \"version\": 3}")).isNotEmpty();
    assertThat(ofAnswer("{\"totalMinor\": null, \"version\": 3}")).isNotEmpty();
  }

  @Test
  void refuses_a_wrong_format() {
    assertThat(ofAnswer("{\"totalMinor\": 1, \"version\": 3, \"placedAt\": \"Monday\"}"))
        .isNotEmpty();
    assertThat(ofAnswer("{\"totalMinor\": 1, \"version\": 3, \"lines\": [{\"id\": \"7\"}]}"))
        .isNotEmpty();
  }

  @Test
  void refuses_an_answer_that_lacks_a_field() {
    assertThat(ofAnswer("{\"totalMinor\": 1}")).hasSize(1);
    assertThat(ofAnswer("{\"version\": 1}")).hasSize(1);
  }

  @Test
  void refuses_a_field_that_is_not_documented() {
    assertThat(ofAnswer("{\"totalMinor\": 1, \"version\": 3, \"secret\": 1}")).isNotEmpty();
    assertThat(ofAnswer("{\"totalMinor\": 1, \"version\": 3, \"lines\": [{\"secret\": 1}]}"))
        .isNotEmpty();
    assertThat(
            contract.faultsOf(got(404, "application/problem+json", "{\"code\": \"X\", \"a\": 1}")))
        .isNotEmpty();
  }

  @Test
  void refuses_a_status_a_media_type_and_an_operation_that_are_not_documented() {
    assertThat(contract.faultsOf(got(302, null, ""))).hasSize(1);
    assertThat(contract.faultsOf(got(200, "text/plain", ""))).hasSize(1);
    assertThat(contract.faultsOf(got(200, null, ""))).hasSize(1);
    assertThat(
            contract.faultsOf(
                new Exchange("DELETE", "/v1/orders/7", null, 200, "application/json", "{}")))
        .hasSize(1);
    assertThat(
            contract.faultsOf(
                new Exchange("GET", "/v1/parcels", null, 404, "application/problem+json", "{}")))
        .isEmpty();
  }

  @Test
  void refuses_a_request_that_was_taken_although_it_is_not_as_documented() {
    assertThat(ofRequest("{}", 201)).hasSize(1);
    assertThat(ofRequest("{\"totalMinor\": 1, \"more\": 2}", 201)).hasSize(1);
    assertThat(ofAnswerToABodyThatNobodyTakes()).hasSize(1);
  }

  private List<String> ofAnswerToABodyThatNobodyTakes() {
    return contract.faultsOf(
        new Exchange(
            "GET",
            "/v1/orders/7",
            "{}",
            200,
            "application/json",
            "{\"totalMinor\": 1, \"version\": 3}"));
  }
}
