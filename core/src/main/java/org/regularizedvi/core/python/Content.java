package org.regularizedvi.core.python;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.input.InputException;

/**
 * Is a value in its place: reads what is expected there, or says what was found.
 *
 * @param source the file
 * @param where the path to it, "attr_dict registry_"
 */
record Content(PyValue value, String source, String where) {

  /** {@return the value of a key} */
  Content get(String key) {
    return find(key)
        .orElseThrow(
            () ->
                new InputException(
                    "%s: %s has no '%s'.".formatted(source, where.isEmpty() ? "it" : where, key)));
  }

  /** {@return the value of a key; empty when it is missing or None} */
  Optional<Content> find(String key) {
    Optional<Content> found = Optional.empty();
    for (PyValue.Entry entry : entries()) {
      if (entry.key() instanceof PyValue.Text(String name) && name.equals(key)) {
        found = Optional.of(at(entry.value(), key)); // The last one wins, as in Python.
      }
    }
    return found.filter(own -> !own.isNone());
  }

  /** {@return all keys, which must be text, in their order} */
  SequencedMap<String, Content> all() {
    SequencedMap<String, Content> all = new LinkedHashMap<>();
    for (PyValue.Entry entry : entries()) {
      if (!(entry.key() instanceof PyValue.Text(String name))) {
        throw expected("a dict with names as keys");
      }
      all.put(name, at(entry.value(), name));
    }
    return all;
  }

  private List<PyValue.Entry> entries() {
    return switch (value) {
      case PyValue.Dict dict -> dict.entries();
      case PyValue.Made made when made.is(PyNames.ORDERED_DICT) || made.is(PyNames.DEFAULT_DICT) ->
          made.entries();
      default -> throw expected("a dict");
    };
  }

  boolean isDict() {
    return value instanceof PyValue.Dict;
  }

  boolean isNone() {
    return value instanceof PyValue.Nothing;
  }

  /** {@return a call of this name} */
  PyValue.Made made(String name) {
    if (value instanceof PyValue.Made made && made.is(name)) {
      return made;
    }
    throw expected("a " + name);
  }

  /** {@return the state that a call of this name was given} */
  Content stateOf(String name) {
    return at(made(name).state().orElseThrow(() -> expected("a whole " + name)), "state");
  }

  /** {@return one of the arguments of a call of this name} */
  Content argument(String name, int place) {
    return at(made(name).arguments(), "arguments").item(place);
  }

  /** {@return an item of a tuple or list} */
  Content item(int place) {
    List<Content> items = items();
    if (place >= items.size()) {
      throw expected("a tuple of at least " + (place + 1));
    }
    return items.get(place);
  }

  /** {@return the items of a tuple or list} */
  List<Content> items() {
    List<PyValue> items =
        switch (value) {
          case PyValue.Tuple tuple -> tuple.items();
          case PyValue.Sequence list -> list.items();
          default -> throw expected("a list");
        };
    List<Content> all = new ArrayList<>();
    for (PyValue item : items) {
      all.add(new Content(item, source, where));
    }
    return all;
  }

  String text() {
    if (value instanceof PyValue.Text(String text)) {
      return text;
    }
    throw expected("text");
  }

  boolean truth() {
    if (value instanceof PyValue.Truth(boolean truth)) {
      return truth;
    }
    throw expected("True or False");
  }

  long whole() {
    if (value instanceof PyValue.Whole(long number)) {
      return number;
    }
    throw expected("a whole number");
  }

  int integer() {
    long number = whole();
    if (number != (int) number) {
      throw expected("a whole number below 2^31");
    }
    return (int) number;
  }

  double number() {
    return switch (value) {
      case PyValue.Real(double number) -> number;
      case PyValue.Whole(long number) -> number;
      case PyValue.Made made when made.is(PyNames.NUMPY_SCALAR) -> NumpyArrays.scalar(this);
      default -> throw expected("a number");
    };
  }

  /** {@return a list of names} */
  List<String> texts() {
    return items().stream().map(Content::text).toList();
  }

  /** {@return the values of a dict, or what one value is for all} */
  <T> Map<String, T> byName(java.util.function.Function<Content, T> read) {
    Map<String, T> values = new LinkedHashMap<>();
    all().forEach((name, own) -> values.put(name, read.apply(own)));
    return values;
  }

  InputException expected(String what) {
    return new InputException(
        "%s: %s should be %s, but is %s."
            .formatted(source, where.isEmpty() ? "its content" : where, what, value.kind()));
  }

  private Content at(PyValue own, String key) {
    return new Content(own, source, where.isEmpty() ? key : where + " " + key);
  }
}
