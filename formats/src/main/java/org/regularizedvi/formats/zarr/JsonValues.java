package org.regularizedvi.formats.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.regularizedvi.input.InputException;

/** Reads the attributes of a group or array: single values or lists of them. */
final class JsonValues {
  private JsonValues() {}

  /**
   * Returns the texts of an attribute.
   *
   * @param name of the attribute and {@code where} of its object, for messages
   */
  static List<String> texts(JsonNode value, String name, String where) {
    return each(value, JsonNode::isTextual, "text", name, where).stream()
        .map(JsonNode::textValue)
        .toList();
  }

  static double[] doubles(JsonNode value, String name, String where) {
    return each(value, JsonValues::isNumber, "a number", name, where).stream()
        .mapToDouble(each -> each.isBoolean() ? truth(each) : each.doubleValue())
        .toArray();
  }

  static long[] longs(JsonNode value, String name, String where) {
    return each(value, JsonValues::isNumber, "a number", name, where).stream()
        .mapToLong(each -> each.isBoolean() ? truth(each) : each.longValue())
        .toArray();
  }

  private static boolean isNumber(JsonNode value) {
    return value.isNumber() || value.isBoolean();
  }

  private static int truth(JsonNode value) {
    return value.booleanValue() ? 1 : 0;
  }

  private static List<JsonNode> each(
      JsonNode value, Predicate<JsonNode> fits, String expected, String name, String where) {
    List<JsonNode> values = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(values::add);
    } else {
      values.add(value);
    }
    for (JsonNode one : values) {
      if (!fits.test(one)) {
        throw new InputException(
            "Attribute '%s' of %s should be %s, found %s."
                .formatted(
                    name, where, expected, one.getNodeType().name().toLowerCase(Locale.ROOT)));
      }
    }
    return values;
  }
}
