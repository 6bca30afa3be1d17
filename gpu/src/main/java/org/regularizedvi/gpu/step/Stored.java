package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.core.term.EncoderShape;

/** A parameter that is not wide, where the host stores it. */
interface Stored {
  /**
   * Says how a parameter follows its gradient.
   *
   * @param lrMultiplier the factor on its learning rate
   * @param entries those that do, in ascending order; all where it is empty
   */
  record Moves(double lrMultiplier, Optional<int[]> entries) {
    /** {@return how a parameter does, or some columns of it, of which these entries would} */
    static Moves of(ParameterSpec spec, Optional<int[]> entries) {
      boolean frozen = spec.role() == ParameterSpec.Role.FROZEN;
      return new Moves(spec.lrMultiplier(), frozen ? Optional.of(new int[0]) : entries);
    }

    boolean any() {
      return entries.isEmpty() || entries.get().length > 0;
    }
  }

  /** {@return how many numbers it has} */
  int count();

  /** {@return how it follows its gradient} */
  Moves moves();

  /** Copies it out of the store. */
  void read(MemorySegment into);

  /** Copies it into the store. */
  void write(MemorySegment from);

  /** {@return all parameters of a model that are not wide, by name, with columns of wide ones} */
  static SequencedMap<String, Stored> all(NetworkSpec spec, Parameters all) {
    SequencedMap<String, Stored> stored = new LinkedHashMap<>();
    SequencedSet<String> wide = new LinkedHashSet<>();
    List<EncoderShape> encoders = EncoderShape.all(spec);
    for (ModalitySpec own : spec.modalities()) {
      wide.add(new Decoder(own).scaleWeight());
      BurstSize.of(own).map(BurstSize::headWeight).ifPresent(wide::add);
    }
    encoders.forEach(encoder -> wide.add(FirstMap.wideName(encoder)));
    for (ParameterSpec own : all.specs()) {
      boolean used =
          own.role() == ParameterSpec.Role.TRAINED || own.role() == ParameterSpec.Role.FROZEN;
      if (used && !wide.contains(own.name())) {
        Optional<int[]> moving = own.part().map(some -> some.entries(own.shape()));
        Moves moves = Moves.of(own, moving);
        stored.put(own.name(), whole(all.memory(own.name()), moves));
      }
    }
    encoders.forEach(encoder -> FirstMap.addTails(encoder, all, stored));
    return stored;
  }

  /** {@return a parameter that lies in one piece of the host's memory} */
  static Stored whole(MemorySegment own, Moves moves) {
    return new Stored() {
      @Override
      public int count() {
        return (int) (own.byteSize() / Float.BYTES);
      }

      @Override
      public Moves moves() {
        return moves;
      }

      @Override
      public void read(MemorySegment into) {
        into.copyFrom(own);
      }

      @Override
      public void write(MemorySegment from) {
        own.copyFrom(from);
      }
    };
  }

  /** {@return some columns of a parameter, as a matrix without gaps} */
  static Stored columns(MemorySegment own, int columns, int first, int count, Moves moves) {
    int rows = (int) (own.byteSize() / Float.BYTES / columns);
    return new Stored() {
      @Override
      public int count() {
        return rows * count;
      }

      @Override
      public Moves moves() {
        return moves;
      }

      @Override
      public void read(MemorySegment into) {
        for (int r = 0; r < rows; r++) {
          MemorySegment.copy(own, at(r, columns, first), into, at(r, count, 0), bytes());
        }
      }

      @Override
      public void write(MemorySegment from) {
        for (int r = 0; r < rows; r++) {
          MemorySegment.copy(from, at(r, count, 0), own, at(r, columns, first), bytes());
        }
      }

      private long bytes() {
        return (long) count * JAVA_FLOAT.byteSize();
      }

      private static long at(int row, int width, int column) {
        return ((long) row * width + column) * JAVA_FLOAT.byteSize();
      }
    };
  }
}
