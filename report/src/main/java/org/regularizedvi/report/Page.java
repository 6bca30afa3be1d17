package org.regularizedvi.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * A report as one page that needs nothing else: {@code report.html} with {@code report.css}, {@code
 * report.js}, {@code map.js} and all data in it. The page makes its elements from the data, so that
 * no text of the data is ever read as HTML.
 */
public final class Page {
  private static final String EMPTY = "<script type=\"application/json\" id=\"data\"></script>";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Page() {}

  /**
   * {@return the page, HTML 5 to be stored as UTF-8}
   *
   * @param report what the page shows
   */
  public static String of(Report report) {
    ObjectNode data = JSON.createObjectNode();
    put(report.run(), data);
    put(report, data);
    ArrayNode figures = data.putArray("items");
    Items.of(report).forEach(item -> put(item, figures.addObject()));
    PageMap.put(report.map(), data.putObject("map"));
    // In a script element nothing but "<" can end it or begin a comment.
    String json = data.toString().replace("<", "\\u003c");
    return resource("report.html")
        .replace(
            "<link rel=\"stylesheet\" href=\"report.css\">",
            "<style>" + resource("report.css") + "</style>")
        .replace("<script src=\"report.js\"></script>", script("report.js"))
        .replace("<script src=\"map.js\"></script>", script("map.js"))
        .replace(EMPTY, EMPTY.replace("></", ">" + json + "</"));
  }

  private static String script(String name) {
    return "<script>" + resource(name) + "</script>";
  }

  private static void put(RunFacts run, ObjectNode data) {
    data.put("title", run.title());
    data.put("command", run.command());
    put(run.facts(), data.putArray("facts"));
    put(run.options(), data.putArray("options"));
  }

  private static void put(Map<String, String> pairs, ArrayNode rows) {
    pairs.forEach((name, value) -> rows.addArray().add(name).add(value));
  }

  private static void put(Report report, ObjectNode data) {
    ArrayNode judgements = data.putArray("judgements");
    for (Judgement judgement : Judge.of(report)) {
      judgements
          .addObject()
          .put("topic", judgement.topic())
          .put("verdict", judgement.verdict().name().toLowerCase(Locale.ROOT))
          .put("words", judgement.verdict().words())
          .put("finding", judgement.finding())
          .put("advice", judgement.advice());
    }
  }

  private static void put(Item item, ObjectNode node) {
    node.put("part", item.part().name().toLowerCase(Locale.ROOT));
    node.put("id", item.id());
    switch (item) {
      case Item.OfFigure(_, Figure figure) -> {
        node.put("caption", figure.caption());
        node.put("text", figure.text());
        node.put("svg", SvgPen.draw(figure));
        put(figure.data(), node);
      }
      case Item.OfTable table -> {
        node.put("caption", table.caption());
        put(table.table(), node);
      }
    }
  }

  private static void put(Table table, ObjectNode node) {
    node.put("rows", table.rows());
    ArrayNode columns = node.putArray("columns");
    for (Table.Column column : table.columns()) {
      ObjectNode one = columns.addObject().put("name", column.name());
      switch (column) {
        case Table.Texts texts -> {
          ArrayNode values = one.putArray("texts");
          texts.values().forEach(values::add);
        }
        case Table.Numbers numbers -> one.put("floats", Packed.floats(numbers.values()));
      }
    }
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
