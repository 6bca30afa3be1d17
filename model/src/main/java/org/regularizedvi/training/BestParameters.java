package org.regularizedvi.training;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;

/**
 * Holds a copy of a model's parameters as they were after the best epoch so far. It takes memory,
 * as much as the parameters that training changes, when the first copy is made and no earlier.
 */
public final class BestParameters implements AutoCloseable {
  private final Parameters parameters;
  private final Arena arena = Arena.ofShared();
  private final SequencedMap<String, MemorySegment> copies = new LinkedHashMap<>();

  /**
   * Holds nothing yet.
   *
   * @param parameters of the model; they stay the caller's
   */
  public BestParameters(Parameters parameters) {
    this.parameters = parameters;
  }

  /** Copies the stored parameters as they are. */
  void take() {
    reserve();
    copies.forEach((name, copy) -> copy.copyFrom(parameters.memory(name)));
  }

  /** Gives the model the parameters that were copied last. */
  void giveBack() {
    copies.forEach((name, copy) -> parameters.memory(name).copyFrom(copy));
  }

  /**
   * {@return the copy by stored name, float32, alive as long as this is; empty before the first
   * one}
   */
  public SequencedMap<String, MemorySegment> copies() {
    return Collections.unmodifiableSequencedMap(copies);
  }

  /**
   * Takes on a copy that was made elsewhere.
   *
   * @param stored by the names and of the lengths of {@link #copies}; empty for none
   */
  public void restore(Map<String, float[]> stored) {
    if (!stored.isEmpty()) {
      reserve();
      copies.forEach((name, copy) -> copy.copyFrom(MemorySegment.ofArray(stored.get(name))));
    }
  }

  private void reserve() {
    if (!copies.isEmpty()) {
      return;
    }
    for (ParameterSpec spec : parameters.specs()) {
      switch (spec.role()) {
        case TRAINED, STATISTIC ->
            copies.put(spec.name(), arena.allocate((long) spec.size() * Float.BYTES, Float.BYTES));
        case UNUSED, FROZEN -> {
          // They stay as they are.
        }
      }
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
