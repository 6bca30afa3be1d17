package org.regularizedvi.formats.prepared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.options.Declared;
import org.regularizedvi.options.Options;

/**
 * Keeps what was taken of files in JSON: each option by its name, values of single modalities below
 * the option's name and {@code _of}. Options at their defaults are left out.
 */
final class StoredChoices {
  private StoredChoices() {}

  static JsonNode of(InputChoices choices) {
    Map<Declared, Object> defaults = Options.values(InputChoices.defaults());
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    Options.values(choices)
        .forEach(
            (option, value) -> {
              if (!value.equals(defaults.get(option))) {
                tree.set(name(option), json(value));
              }
            });
    return tree;
  }

  static InputChoices read(JsonNode tree) {
    return Options.map(
        InputChoices.defaults(),
        (option, standing) -> {
          JsonNode value = tree.path(name(option));
          return value.isMissingNode() ? standing : value(option, value);
        });
  }

  private static String name(Declared option) {
    return option.form() == Declared.Form.BY_MODALITY ? option.name() + "_of" : option.name();
  }

  private static JsonNode json(Object value) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return switch (value) {
      case Optional<?> own -> json(own.orElseThrow());
      case Map<?, ?> byModality -> {
        ObjectNode tree = make.objectNode();
        byModality.forEach((name, own) -> tree.set((String) name, json(own)));
        yield tree;
      }
      case List<?> texts -> {
        var array = make.arrayNode();
        texts.forEach(text -> array.add((String) text));
        yield array;
      }
      case Integer whole -> make.numberNode(whole);
      case Double number -> make.numberNode(number);
      case Boolean truth -> make.booleanNode(truth);
      case String text -> make.textNode(text);
      default -> throw new IllegalArgumentException("a choice of " + value.getClass());
    };
  }

  private static Object value(Declared option, JsonNode value) {
    return switch (option.form()) {
      case ONE -> one(option, value);
      case OPTIONAL -> Optional.of(one(option, value));
      case BY_MODALITY -> {
        Map<String, Object> byModality = new LinkedHashMap<>();
        value
            .properties()
            .forEach(own -> byModality.put(own.getKey(), one(option, own.getValue())));
        yield byModality;
      }
    };
  }

  private static Object one(Declared option, JsonNode value) {
    return switch (option.kind()) {
      case WHOLE -> value.intValue();
      case NUMBER -> value.doubleValue();
      case TRUTH -> value.booleanValue();
      case NAME -> value.textValue();
      case NAMES -> {
        List<String> names = new ArrayList<>();
        value.forEach(own -> names.add(own.textValue()));
        yield names;
      }
      case CHOICE -> throw new IllegalArgumentException("no choice is " + option.name());
    };
  }
}
