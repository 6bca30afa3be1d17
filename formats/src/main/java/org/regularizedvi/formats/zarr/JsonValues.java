package org.regularizedvi.formats.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.regularizedvi.formats.hierarchy.Attribute;
import org.regularizedvi.input.InputException;

/** Reads the attributes of a group or array: single values or lists of them. */
final class JsonValues {
  private JsonValues() {}

  /**
   * {@return the texts of an attribute}
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

  /** {@return an attribute as what it is} */
  static Attribute attribute(JsonNode value, String name, String where) {
    if (value.isTextual()) {
      return new Attribute.Text(value.textValue());
    }
    if (value.isBoolean()) {
      return new Attribute.Flag(value.booleanValue());
    }
    if (value.isIntegralNumber()) {
      return new Attribute.Whole(value.longValue());
    }
    if (value.isNumber()) {
      return new Attribute.Real(value.doubleValue());
    }
    if (!value.isArray()) {
      throw unexpected(value, "text, numbers or a list of them", name, where);
    }
    if (all(value, JsonNode::isIntegralNumber) && !value.isEmpty()) {
      return new Attribute.Wholes(longs(value, name, where));
    }
    return all(value, JsonNode::isTextual)
        ? new Attribute.Texts(texts(value, name, where))
        : new Attribute.Reals(doubles(value, name, where));
  }

  private static boolean all(JsonNode list, Predicate<JsonNode> fits) {
    for (JsonNode one : list) {
      if (!fits.test(one)) {
        return false;
      }
    }
    return true;
  }

  /** {@return the JSON of an attribute} */
  static JsonNode of(Attribute value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (value) {
      case Attribute.Text(String text) -> json.textNode(text);
      case Attribute.Flag(boolean flag) -> json.booleanNode(flag);
      case Attribute.Whole(long number) -> json.numberNode(number);
      case Attribute.Real(double number) -> json.numberNode(number);
      case Attribute.Texts(List<String> texts) -> {
        ArrayNode list = json.arrayNode();
        texts.forEach(list::add);
        yield list;
      }
      case Attribute.Wholes(long[] numbers) -> {
        ArrayNode list = json.arrayNode();
        Arrays.stream(numbers).forEach(list::add);
        yield list;
      }
      case Attribute.Reals(double[] numbers) -> {
        ArrayNode list = json.arrayNode();
        Arrays.stream(numbers).forEach(list::add);
        yield list;
      }
    };
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
        throw unexpected(one, expected, name, where);
      }
    }
    return values;
  }

  private static InputException unexpected(
      JsonNode found, String expected, String name, String where) {
    return new InputException(
        "Attribute '%s' of %s should be %s, found %s."
            .formatted(name, where, expected, found.getNodeType().name().toLowerCase(Locale.ROOT)));
  }
}
