package marketplace.contracts.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// An AsyncAPI document as one page that needs nothing from elsewhere.
public final class AsyncApiPage {
  private final JsonNode document;
  private final StringBuilder body = new StringBuilder();

  private AsyncApiPage(JsonNode document) {
    this.document = document;
  }

  public static String of(JsonNode document) {
    return new AsyncApiPage(document).page();
  }

  private String page() {
    var info = document.path("info");
    text("p", info.path("description").asText());
    body.append("<p>As a document: <a href=\"/asyncapi/asyncapi.json\">asyncapi.json</a></p>\n");
    for (var operation : document.path("operations").properties()) {
      var topic = operation.getValue().path("channel").path("$ref").asText();
      var action = operation.getValue().path("action").asText();
      channel(action, topic.substring("#/channels/".length()));
    }
    text("h2", "Headers of every record");
    fields(resolved(reference("#/components/schemas/Headers")));
    return HtmlPage.of(info.path("title").asText() + ": topics", body.toString());
  }

  private void channel(String action, String topic) {
    var channel = document.path("channels").path(topic);
    text("h2", (action.equals("send") ? "Sends " : "Receives ") + topic);
    text("p", channel.path("description").asText());
    for (var named : channel.path("messages")) {
      var message = resolved(named);
      body.append("<details>");
      text("summary", message.path("title").asText());
      fields(resolved(message.path("payload")));
      body.append("</details>\n");
    }
  }

  private void fields(JsonNode schema) {
    List<String> rows = new ArrayList<>();
    addRows(schema, "", rows);
    if (rows.isEmpty()) return;
    body.append("<table><tr><th>Field</th><th>Type</th><th>Meaning</th></tr>\n");
    rows.forEach(body::append);
    body.append("</table>\n");
  }

  private void addRows(JsonNode schema, String prefix, List<String> rows) {
    var required =
        StreamSupport.stream(schema.path("required").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.toSet());
    for (var property : schema.path("properties").properties()) {
      var name = prefix + property.getKey();
      var value = property.getValue();
      rows.add(
          "<tr><td><code>%s</code>%s</td><td>%s</td><td>%s</td></tr>\n"
              .formatted(
                  HtmlPage.escaped(name),
                  required.contains(property.getKey()) ? "" : " <i>optional</i>",
                  HtmlPage.escaped(typeOf(value)),
                  HtmlPage.escaped(value.path("description").asText())));
      addRows(value, name + ".", rows);
      addRows(value.path("items"), name + "[].", rows);
      for (var other : value.path("anyOf")) addRows(other, name + ".", rows);
    }
  }

  private static String typeOf(JsonNode schema) {
    if (schema.has("anyOf")) {
      return StreamSupport.stream(schema.path("anyOf").spliterator(), false)
          .map(AsyncApiPage::typeOf)
          .collect(Collectors.joining(" or "));
    }
    if (schema.has("enum")) {
      return StreamSupport.stream(schema.path("enum").spliterator(), false)
          .map(JsonNode::asText)
          .collect(Collectors.joining(", "));
    }
    if (schema.has("items")) return "array of " + typeOf(schema.path("items"));
    return schema.path("format").asText(schema.path("type").asText());
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? resolved(reference(node.path("$ref").asText())) : node;
  }

  private JsonNode reference(String pointer) {
    return document.at(pointer.substring(1));
  }

  private void text(String tag, String text) {
    body.append("<%s>%s</%s>\n".formatted(tag, HtmlPage.escaped(text), tag));
  }
}
