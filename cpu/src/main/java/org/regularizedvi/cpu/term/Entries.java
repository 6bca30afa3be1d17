package org.regularizedvi.cpu.term;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.cpu.step.Gradients;

/** Reads the entries of a stored parameter piece by piece, and adds to their gradients. */
final class Entries {
  /** The entries of a usual piece: those of several arrays stay near the core. */
  static final int PIECE = 1024;

  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private final String name;
  private final MemorySegment memory;
  private final int size;

  Entries(Parameters parameters, String name) {
    this.name = name;
    this.memory = parameters.memory(name);
    this.size = parameters.spec(name).size();
  }

  /** {@return how many entries there are} */
  int size() {
    return size;
  }

  /**
   * Copies the piece that begins at a place into an array, as much as it holds, and returns how
   * many entries that are.
   */
  int read(int from, float[] into) {
    int count = Math.min(into.length, size - from);
    MemorySegment.copy(memory, JAVA_FLOAT, (long) from * Float.BYTES, into, 0, count);
    return count;
  }

  /** {@return the entry at a place} */
  float get(int place) {
    return memory.getAtIndex(JAVA_FLOAT, place);
  }

  /**
   * Adds a factor times the derivatives by the entries from a place on to the parameter's gradient,
   * if it has one.
   */
  void add(Gradients gradients, double factor, float[] derivatives, int from, int count) {
    gradients.find(name).ifPresent(all -> add(all, (float) factor, derivatives, from, count));
  }

  private static void add(
      MemorySegment gradient, float factor, float[] derivatives, int from, int count) {
    int bound = F.loopBound(count);
    for (int i = 0; i < bound; i += F.length()) {
      long at = (from + (long) i) * Float.BYTES;
      FloatVector.fromArray(F, derivatives, i)
          .mul(factor)
          .add(FloatVector.fromMemorySegment(F, gradient, at, ORDER))
          .intoMemorySegment(gradient, at, ORDER);
    }
    for (int i = bound; i < count; i++) {
      float before = gradient.getAtIndex(JAVA_FLOAT, from + (long) i);
      gradient.setAtIndex(JAVA_FLOAT, from + (long) i, derivatives[i] * factor + before);
    }
  }

  /** Adds to the gradient by one entry, if the parameter has one. */
  void add(Gradients gradients, int place, double derivative) {
    gradients
        .find(name)
        .ifPresent(
            all ->
                all.setAtIndex(
                    JAVA_FLOAT, place, (float) (all.getAtIndex(JAVA_FLOAT, place) + derivative)));
  }
}
