package org.regularizedvi.cpu.step;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.core.shape.Parameters;

/**
 * Holds the gradients of those parameters that are small enough to have one as a whole, by stored
 * name: float32 in native memory, laid out as the parameter.
 */
public final class Gradients {
  private static final long LINE_BYTES = 64;

  private final SequencedMap<String, MemorySegment> byName = new LinkedHashMap<>();

  private Gradients() {}

  /**
   * {@return room for the gradients of some parameters, zeros to begin with}
   *
   * @param parameters of the model
   * @param names of those that have a gradient
   * @param arena owns the memory
   */
  public static Gradients of(Parameters parameters, Collection<String> names, Arena arena) {
    Gradients gradients = new Gradients();
    for (String name : names) {
      gradients.add(name, parameters.spec(name).size(), arena);
    }
    return gradients;
  }

  /** {@return no gradients: for what is computed outside training} */
  public static Gradients none() {
    return new Gradients();
  }

  /**
   * Makes room for one more.
   *
   * @param name by which it is found
   * @param count number of floats
   * @param arena owns the memory
   * @return the memory, zeros to begin with
   */
  public MemorySegment add(String name, long count, Arena arena) {
    MemorySegment memory = arena.allocate(count * Float.BYTES, LINE_BYTES);
    byName.put(name, memory);
    return memory;
  }

  /** {@return whether there are any} */
  public boolean any() {
    return !byName.isEmpty();
  }

  /**
   * {@return whether a parameter has a gradient here}
   *
   * @param name its stored name
   */
  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /**
   * {@return the gradient of a parameter; empty when it does not move}
   *
   * @param name its stored name
   */
  public Optional<MemorySegment> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * {@return the gradient of a parameter}
   *
   * @param name its stored name
   * @throws IllegalArgumentException when it has none here
   */
  public MemorySegment of(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No gradient of '%s' among %s".formatted(name, byName.keySet())));
  }

  /** Forgets the last step's: all are 0. */
  public void clear() {
    byName.values().forEach(memory -> memory.fill((byte) 0));
  }

  /** {@return all of them by name, in the order of the parameters} */
  public Map<String, MemorySegment> all() {
    return byName;
  }
}
