package org.regularizedvi.formats.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.input.InputException;

/**
 * Reads a JSON object of an array's metadata, whose fields are checked as they are asked for.
 *
 * @param where names array and file for a message
 */
record Fields(JsonNode json, String where) {
  /** {@return a field's value, a missing node where there is none or it is null} */
  JsonNode get(String name) {
    JsonNode found = json.path(name);
    return found.isNull() ? MissingNode.getInstance() : found;
  }

  boolean has(String name) {
    return !get(name).isMissingNode();
  }

  Fields in(String name) {
    if (!get(name).isObject()) {
      throw unexpected(name, "an object");
    }
    return new Fields(get(name), where);
  }

  String text(String name) {
    if (!get(name).isTextual()) {
      throw unexpected(name, "text");
    }
    return get(name).textValue();
  }

  /** Returns one of some words, the first of them where the field is missing. */
  String oneOf(String name, String... words) {
    if (!has(name)) {
      return words[0];
    }
    if (!get(name).isTextual() || !List.of(words).contains(text(name))) {
      throw unexpected(name, "one of \"%s\"".formatted(String.join("\", \"", words)));
    }
    return text(name);
  }

  /** {@return a list of whole numbers of which none is negative} */
  long[] lengths(String name) {
    JsonNode list = get(name);
    if (!list.isArray()) {
      throw unexpected(name, "a list of whole numbers");
    }
    long[] lengths = new long[list.size()];
    for (int i = 0; i < lengths.length; i++) {
      JsonNode length = list.get(i);
      if (!length.isIntegralNumber() || !length.canConvertToLong() || length.longValue() < 0) {
        throw unexpected(name, "a list of whole numbers from 0 to 2^63");
      }
      lengths[i] = length.longValue();
    }
    return lengths;
  }

  /** {@return a list of extensions; an empty one where the field is missing} */
  List<Extension> extensions(String name) {
    if (!has(name)) {
      return List.of();
    }
    if (!get(name).isArray()) {
      throw unexpected(name, "a list");
    }
    List<Extension> found = new ArrayList<>();
    get(name).forEach(each -> found.add(Extension.of(each, name, this)));
    return found;
  }

  /** Says that a field is not as it should be. */
  InputException unexpected(String name, String expected) {
    String found = has(name) ? get(name).toString() : "nothing";
    return new InputException(
        "%s has %s as '%s' of its metadata; expected %s."
            .formatted(where, shortened(found), name, expected));
  }

  private static String shortened(String text) {
    int longest = 100;
    return text.length() <= longest ? text : text.substring(0, longest) + "...";
  }
}
