package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a report's page holds. */
final class ReportPage {
  private ReportPage() {}

  static JsonNode data(Path page) throws IOException {
    Matcher found =
        Pattern.compile(
                "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
            .matcher(Files.readString(page));
    assertThat(found.find()).isTrue();
    return new ObjectMapper().readTree(found.group(1));
  }

  /** A figure or table by its id. */
  static JsonNode item(JsonNode data, String id) {
    for (JsonNode item : data.path("items")) {
      if (item.path("id").asText().equals(id)) {
        return item;
      }
    }
    throw new AssertionError("no item " + id);
  }

  static List<String> names(JsonNode nodes, String field) {
    List<String> names = new ArrayList<>();
    nodes.forEach(node -> names.add(node.path(field).asText()));
    return names;
  }
}
