package org.regularizedvi.formats.tables;

import java.util.ArrayList;
import java.util.List;

/** Takes comma-separated text (RFC 4180) apart, whatever its lines end in. */
final class CsvText {
  private final String text;
  private int at;

  CsvText(String text) {
    this.text = text;
  }

  /**
   * Adds the fields of each line that has any text.
   *
   * @throws IllegalArgumentException when a quote does not end
   */
  void lines(List<List<String>> lines) {
    while (at < text.length()) {
      List<String> fields = line();
      if (!fields.stream().allMatch(String::isBlank)) {
        lines.add(fields);
      }
    }
  }

  private List<String> line() {
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (at < text.length() && text.charAt(at) == ',') {
      at++;
      fields.add(field());
    }
    if (at < text.length() && text.charAt(at) == '\r') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
    return fields;
  }

  private String field() {
    StringBuilder field = new StringBuilder();
    if (at < text.length() && text.charAt(at) == '"') {
      quoted(field);
    }
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      field.append(text.charAt(at++));
    }
    return field.toString();
  }

  /** Reads up to the quote that ends; two quotes stand for one. */
  private void quoted(StringBuilder field) {
    int begin = at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        field.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        field.append(text.charAt(at++));
      } else {
        return;
      }
    }
    throw new IllegalArgumentException(
        "the quote at character %d does not end; expected another one.".formatted(begin + 1));
  }
}
