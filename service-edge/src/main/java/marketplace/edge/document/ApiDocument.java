package marketplace.edge.document;

import static org.eclipse.microprofile.openapi.models.media.Schema.SchemaType.INTEGER;
import static org.eclipse.microprofile.openapi.models.media.Schema.SchemaType.STRING;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import marketplace.edge.document.RecordSchemas.Way;
import marketplace.eventsourcing.Problem;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/// Says in every service's document what holds for all operations: how a refusal looks, which
/// headers a caller may send, and which records the bodies are.
///
/// An operation names its answers by `@APIResponse` where it returns a `Response`, several records
/// of one answer by `allOf`. What a body must have although its record would do without is named by
/// `requiredProperties`.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDocument implements OASFilter {
  private static final String PROBLEM_JSON = "application/problem+json";
  private static final String PROBLEM = "Problem";
  private static final DotName OPERATION =
      DotName.createSimple(org.eclipse.microprofile.openapi.annotations.Operation.class);

  /// Where callers are of the simulation only, and commands are repeated as they are.
  private static final String SIMULATION = "/v1/simulation/";

  private static final List<String> OF_ALL = List.of("X-Role", "X-Actor-Id");
  private static final List<String> OF_COMMANDS = List.of("Idempotency-Key", "If-Match");
  private static final List<String> OF_VIEWS = List.of("asOf", "version", "waitFor");

  private final IndexView index;
  private final RecordSchemas schemas;

  public ApiDocument(IndexView index) {
    this.index = index;
    this.schemas = new RecordSchemas(index);
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    var methods = methodsByOperation();
    document
        .getPaths()
        .getPathItems()
        .forEach((path, item) ->
            item.getOperations().values().forEach(operation -> complete(path, operation, methods)));
    var components = OASFactory.createComponents();
    parameters().forEach(components::addParameter);
    components.addResponse(PROBLEM, problem());
    components.setSchemas(new LinkedHashMap<>(schemas.all()));
    document.setComponents(components);
  }

  private Map<String, MethodInfo> methodsByOperation() {
    Map<String, MethodInfo> methods = new HashMap<>();
    for (var operation : index.getAnnotations(OPERATION)) {
      var id = operation.value("operationId");
      if (id == null || operation.target().kind() != AnnotationTarget.Kind.METHOD) continue;
      methods.put(id.asString(), operation.target().asMethod());
    }
    return methods;
  }

  private void complete(String path, Operation operation, Map<String, MethodInfo> methods) {
    var method = methods.get(operation.getOperationId());
    if (method == null) {
      throw new IllegalStateException(path + " has an operation without an operationId");
    }
    describeBody(operation, method);
    describeAnswers(operation, method);
    describeParameters(path, operation, method);
  }

  private void describeBody(Operation operation, MethodInfo method) {
    if (operation.getRequestBody() == null || !consumesJson(method)) return;
    var schema = schemaOfBody(method);
    if (schema != null) operation.getRequestBody().setContent(json(schema));
  }

  private @Nullable Schema schemaOfBody(MethodInfo method) {
    var documented = method.annotation(RequestBody.class);
    if (documented != null) return schemaOf(documented, Way.TO_US);
    return method.parameters().stream()
        .filter(parameter -> parameter.declaredAnnotations().isEmpty())
        .findFirst()
        .map(parameter -> schemas.of(parameter.type(), Way.TO_US, List.of()))
        .orElse(null);
  }

  private void describeAnswers(Operation operation, MethodInfo method) {
    var answers = operation.getResponses();
    for (var documented : documentedAnswers(method)) {
      var status = documented.value("responseCode").asString();
      var answer = answers.getAPIResponse(status);
      if (status.startsWith("2")) {
        var schema = schemaOf(documented, Way.FROM_US);
        if (schema != null) answer.setContent(json(schema));
        if (answer.getDescription() == null) answer.setDescription(describe(status));
      } else {
        answer.setContent(problemContent());
      }
    }
    if (!method.returnType().name().equals(DotName.createSimple(Response.class))) {
      var answer = answers.getAPIResponse("200");
      if (answer != null && producesJson(method)) {
        answer.setContent(json(schemas.of(method.returnType(), Way.FROM_US, List.of())));
      } else if (answer != null) {
        answer.getContent().getMediaTypes().values().forEach(type -> type.setSchema(null));
      }
    }
    removeGuesses(answers, method);
    answers.addAPIResponse("4XX", OASFactory.createAPIResponse().ref(PROBLEM));
    answers.addAPIResponse("5XX", OASFactory.createAPIResponse().ref(PROBLEM));
  }

  /// The framework adds refusals of its own, in words that nobody says here.
  private static void removeGuesses(
      org.eclipse.microprofile.openapi.models.responses.APIResponses answers, MethodInfo method) {
    var named =
        documentedAnswers(method).stream()
            .map(documented -> documented.value("responseCode").asString())
            .collect(Collectors.toSet());
    Set.copyOf(answers.getAPIResponses().keySet()).stream()
        .filter(status -> !status.startsWith("2") && !named.contains(status))
        .forEach(answers::removeAPIResponse);
  }

  private static String describe(String status) {
    return switch (status) {
      case "201" -> "Done, and something new is there";
      case "202" -> "Accepted; somebody else decides, and Location shows how";
      default -> "Done";
    };
  }

  private static List<AnnotationInstance> documentedAnswers(MethodInfo method) {
    var several = method.annotation(APIResponses.class);
    if (several != null) return List.of(several.value().asNestedArray());
    var one = method.annotation(APIResponse.class);
    return one == null ? List.of() : List.of(one);
  }

  /// Null where the annotation names no record.
  private @Nullable Schema schemaOf(AnnotationInstance documented, Way way) {
    var content = documented.value("content");
    if (content == null) return null;
    var schema = content.asNestedArray()[0].value("schema");
    if (schema == null) return null;
    var named = schema.asNested();
    var parts = named.value("allOf");
    if (parts != null) {
      var all = OASFactory.createSchema();
      for (var part : parts.asClassArray()) all.addAllOf(schemas.of(part, way, List.of()));
      return all;
    }
    var type = named.value("implementation");
    if (type == null) return null;
    var demanded = named.value("requiredProperties");
    var one =
        schemas.of(
            type.asClass(), way, demanded == null ? List.of() : List.of(demanded.asStringArray()));
    var isList = named.value("type") != null && named.value("type").asEnum().equals("ARRAY");
    return isList ? OASFactory.createSchema().addType(Schema.SchemaType.ARRAY).items(one) : one;
  }

  private void describeParameters(String path, Operation operation, MethodInfo method) {
    if (operation.getParameters() != null) {
      for (var parameter : operation.getParameters()) {
        if (parameter.getSchema() != null && parameter.getSchema().getRef() != null) {
          parameter.setSchema(schemas.of(typeOf(parameter, method), Way.TO_US, List.of()));
        }
      }
    }
    // The others are open to anybody.
    if (!path.startsWith("/v1/")) return;
    OF_ALL.forEach(name -> operation.addParameter(reference(name)));
    if (isCommand(path, method)) {
      OF_COMMANDS.forEach(name -> operation.addParameter(reference(name)));
    } else if (isView(path, method)) {
      OF_VIEWS.forEach(name -> operation.addParameter(reference(name)));
    }
  }

  private static Type typeOf(Parameter parameter, MethodInfo method) {
    return method.parameters().stream()
        .filter(declared ->
            declared.declaredAnnotations().stream()
                .map(AnnotationInstance::value)
                .filter(value -> value != null && value.kind() == AnnotationValue.Kind.STRING)
                .anyMatch(value -> value.asString().equals(parameter.getName())))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("who takes " + parameter.getName() + "?"))
        .type();
  }

  private static boolean isCommand(String path, MethodInfo method) {
    return method.hasAnnotation(POST.class)
        && !path.startsWith(SIMULATION)
        && !method.hasAnnotation(WithoutKey.class);
  }

  /// Of one stream, so that it can be seen as it was.
  private static boolean isView(String path, MethodInfo method) {
    return method.hasAnnotation(GET.class)
        && method.returnType().name().equals(DotName.createSimple(Response.class))
        && path.contains("{")
        && !path.endsWith("/events");
  }

  private static boolean producesJson(MethodInfo method) {
    return isJson(mediaTypes(method, Produces.class));
  }

  private static boolean consumesJson(MethodInfo method) {
    return isJson(mediaTypes(method, Consumes.class));
  }

  private static boolean isJson(List<String> mediaTypes) {
    return mediaTypes.isEmpty() || mediaTypes.contains(MediaType.APPLICATION_JSON);
  }

  private static List<String> mediaTypes(
      MethodInfo method, Class<? extends java.lang.annotation.Annotation> annotation) {
    return Stream.of(
            method.annotation(annotation), method.declaringClass().declaredAnnotation(annotation))
        .filter(found -> found != null)
        .findFirst()
        .map(found -> List.of(found.value().asStringArray()))
        .orElse(List.of());
  }

  private static Content json(Schema schema) {
    return content(MediaType.APPLICATION_JSON, schema);
  }

  private static Content content(String mediaType, Schema schema) {
    return OASFactory.createContent()
        .addMediaType(mediaType, OASFactory.createMediaType().schema(schema));
  }

  private Content problemContent() {
    return content(
        PROBLEM_JSON,
        schemas.of(
            Type.create(DotName.createSimple(Problem.class), Type.Kind.CLASS),
            Way.FROM_US,
            List.of()));
  }

  private org.eclipse.microprofile.openapi.models.responses.APIResponse problem() {
    return OASFactory.createAPIResponse()
        .description("Refused or failed; `code` says why, and `type` leads to a page about it")
        .content(problemContent());
  }

  private static Parameter reference(String name) {
    return OASFactory.createParameter().ref(name);
  }

  private static Map<String, Parameter> parameters() {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    parameters.put(
        "X-Role",
        header("X-Role", "Who is calling, in the simulation profile only")
            .schema(
                text()
                    .enumeration(
                        List.of(
                            "BUYER", "SELLER", "PLATFORM", "CARRIER", "PROVIDER", "SIMULATION"))));
    parameters.put(
        "X-Actor-Id",
        header("X-Actor-Id", "The caller's id, in the simulation profile only")
            .schema(text().format("uuid")));
    parameters.put(
        "Idempotency-Key",
        header("Idempotency-Key", "The same key and body bring the first answer again")
            .required(true)
            .schema(text().minLength(1).maxLength(255)));
    parameters.put(
        "If-Match",
        header("If-Match", "The ETag that the command is meant for, or *").schema(text()));
    parameters.put(
        "asOf", query("asOf", "As it was at this instant").schema(text().format("date-time")));
    parameters.put(
        "version",
        query("version", "As it was at this version")
            .schema(OASFactory.createSchema().addType(INTEGER).format("int32")));
    parameters.put(
        "waitFor",
        query("waitFor", "Wait until this has been heard: service:streamVersion").schema(text()));
    return parameters;
  }

  private static Parameter header(String name, String description) {
    return OASFactory.createParameter().name(name).in(Parameter.In.HEADER).description(description);
  }

  private static Parameter query(String name, String description) {
    return OASFactory.createParameter().name(name).in(Parameter.In.QUERY).description(description);
  }

  private static Schema text() {
    return OASFactory.createSchema().addType(STRING);
  }
}
