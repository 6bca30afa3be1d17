package org.regularizedvi.core.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds a value that a pickle describes, as data. Values can be shared and, in a hostile file,
 * contain themselves: nothing may walk through them further than it knows what to expect.
 */
sealed interface PyValue {
  /** {@return the name of its kind in messages} */
  String kind();

  /** Stands for None. */
  record Nothing() implements PyValue {
    @Override
    public String kind() {
      return "None";
    }
  }

  record Truth(boolean value) implements PyValue {
    @Override
    public String kind() {
      return value ? "True" : "False";
    }
  }

  record Whole(long value) implements PyValue {
    @Override
    public String kind() {
      return "the number " + value;
    }
  }

  record Real(double value) implements PyValue {
    @Override
    public String kind() {
      return "the number " + value;
    }
  }

  record Text(String value) implements PyValue {
    @Override
    public String kind() {
      return "the text '%s'".formatted(value.substring(0, Math.min(40, value.length())));
    }
  }

  /** Names a class or function by its module and name, "collections OrderedDict". */
  record Named(String name) implements PyValue {
    @Override
    public String kind() {
      return "the name " + name;
    }
  }

  /** Stands for a tensor's storage. */
  record Stored(Tuple id) implements PyValue {
    @Override
    public String kind() {
      return "a storage";
    }
  }

  /** Holds a tuple. */
  final class Tuple implements PyValue {
    private final List<PyValue> items;

    Tuple(List<? extends PyValue> items) {
      this.items = List.copyOf(items);
    }

    static Tuple of(PyValue... items) {
      return new Tuple(List.of(items));
    }

    List<PyValue> items() {
      return items;
    }

    @Override
    public String kind() {
      return "a tuple of " + items.size();
    }
  }

  /** Holds a list. */
  final class Sequence implements PyValue {
    private final List<PyValue> items = new ArrayList<>();

    static Sequence of(List<? extends PyValue> items) {
      Sequence sequence = new Sequence();
      sequence.items.addAll(items);
      return sequence;
    }

    List<PyValue> items() {
      return items;
    }

    @Override
    public String kind() {
      return "a list of " + items.size();
    }
  }

  /** Holds a key and its value. */
  record Entry(PyValue key, PyValue value) {}

  /** Holds a dict. */
  final class Dict implements PyValue {
    private final List<Entry> entries = new ArrayList<>();

    List<Entry> entries() {
      return entries;
    }

    Dict with(String key, PyValue value) {
      entries.add(new Entry(new Text(key), value));
      return this;
    }

    @Override
    public String kind() {
      return "a dict of " + entries.size();
    }
  }

  /**
   * Describes an object that a pickle would make by a call: its class or function, the arguments,
   * and what it is filled with.
   */
  final class Made implements PyValue {
    private final Named what;
    private final Tuple arguments;
    private final boolean byNew;
    private final List<Entry> entries = new ArrayList<>();
    private Optional<PyValue> state = Optional.empty();

    /**
     * @param byNew whether made by the class's __new__ rather than by a call
     */
    Made(Named what, Tuple arguments, boolean byNew) {
      this.what = what;
      this.arguments = arguments;
      this.byNew = byNew;
    }

    static Made call(String what, PyValue... arguments) {
      return new Made(new Named(what), Tuple.of(arguments), false);
    }

    boolean is(String name) {
      return what.name().equals(name);
    }

    Named what() {
      return what;
    }

    Tuple arguments() {
      return arguments;
    }

    boolean byNew() {
      return byNew;
    }

    List<Entry> entries() {
      return entries;
    }

    Optional<PyValue> state() {
      return state;
    }

    Made setState(PyValue value) {
      state = Optional.of(value);
      return this;
    }

    @Override
    public String kind() {
      return "a " + what.name();
    }
  }
}
