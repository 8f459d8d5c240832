package marketplace.contracts;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/// How JSON looks everywhere: times in UTC with three digits, durations in ISO 8601, null written
/// as null. Readers ignore fields they do not know, and refuse values of a wrong type.
public final class ContractJson {
  /// A tenth of the time that a formatter with a pattern takes, and this is called for every time
  /// on every topic.
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  /// Stands before the mapper, which needs it while it is made.
  private static final CoercionAction FAIL = CoercionAction.Fail;

  private static final ObjectMapper MAPPER = configure(JsonMapper.builder());

  private ContractJson() {}

  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /// The one way a time is written, with three digits of a second: `2026-01-05T00:00:00.000Z`.
  public static String format(Instant time) {
    return MILLIS.format(time);
  }

  private static ObjectMapper configure(JsonMapper.Builder builder) {
    return builder
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .addModule(new ParameterNamesModule())
        .addModule(new SimpleModule().addSerializer(Instant.class, new MillisSerializer()))
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .withCoercionConfig(
            LogicalType.Integer, config -> config.setCoercion(CoercionInputShape.String, FAIL))
        .withCoercionConfig(
            LogicalType.Boolean,
            config ->
                config
                    .setCoercion(CoercionInputShape.String, FAIL)
                    .setCoercion(CoercionInputShape.Integer, FAIL))
        .withCoercionConfig(
            LogicalType.Textual,
            config ->
                config
                    .setCoercion(CoercionInputShape.Integer, FAIL)
                    .setCoercion(CoercionInputShape.Float, FAIL)
                    .setCoercion(CoercionInputShape.Boolean, FAIL))
        .build();
  }

  private static final class MillisSerializer extends StdSerializer<Instant> {
    MillisSerializer() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeString(format(value));
    }
  }
}
