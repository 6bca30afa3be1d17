package org.regularizedvi.formats.tables;

import java.util.ArrayList;
import java.util.List;

/** Takes separated text (RFC 4180 where a comma separates) apart, whatever its lines end in. */
final class CsvText {
  private final String text;
  private final char separator;
  private int at;

  CsvText(String text, char separator) {
    this.text = text;
    this.separator = separator;
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
    while (at < text.length() && text.charAt(at) == separator) {
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
    while (at < text.length() && !ends(text.charAt(at))) {
      field.append(text.charAt(at++));
    }
    return field.toString();
  }

  private boolean ends(char c) {
    return c == separator || c == '\r' || c == '\n';
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
