package marketplace.edge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import marketplace.contracts.ContractJson;

/// JSON of requests and answers: as the contracts write it, but stricter in reading. A caller who
/// misspells a field is told so; an event with a field more is read all the same.
final class EdgeJson {

  @Produces
  @Singleton
  ObjectMapper mapper() {
    return ContractJson.mapper()
        .copy()
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .registerModule(new SimpleModule("text").addDeserializer(String.class, new StorableText()));
  }

  /// Refuses the character U+0000, which jsonb cannot store.
  private static final class StorableText extends StringDeserializer {
    @Override
    public String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      var text = super.deserialize(parser, context);
      if (text != null && text.indexOf('\0') >= 0) {
        throw InvalidFormatException.from(
            parser, "text must not contain the character U+0000", text, String.class);
      }
      return text;
    }
  }
}
