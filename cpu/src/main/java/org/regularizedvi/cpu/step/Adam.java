package org.regularizedvi.cpu.step;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.engine.GradientWatch;
import org.regularizedvi.engine.OptimiserState;
import org.regularizedvi.kernel.optimiser.AdamStep;

/**
 * Optimises as Adam does (Kingma and Ba 2015): owns both moments of the small parameters, counts
 * steps, holds the current learning rate.
 */
public final class Adam implements OptimiserState, AutoCloseable {
  /** Native memory starts on cache lines, as the vector loops like it. */
  private static final long ALIGNMENT = 64;

  /** Floats that one thread updates at once. */
  private static final int PIECE = 1 << 15;

  private static final String FIRST = " (first moment)";
  private static final String SECOND = " (second moment)";

  private final OptimiserConfig config;
  private final Arena arena = Arena.ofShared();
  private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();
  private final SequencedMap<String, MemorySegment> moments = new LinkedHashMap<>();
  private double lr;
  private long steps;

  /** Holds a parameter, or the part of it that moves, with its first and second moment, float32. */
  private record Entry(
      MemorySegment parameter,
      Optional<Part> part,
      MemorySegment first,
      MemorySegment second,
      double lrMultiplier) {

    /** Returns the number of pieces that it is updated in, each by whoever is free. */
    int pieces() {
      return part.isPresent() ? 1 : (int) Math.ceilDiv(size(), PIECE);
    }

    private long size() {
      return parameter.byteSize() / Float.BYTES;
    }

    void update(AdamStep step, MemorySegment gradient, int piece) {
      if (part.isEmpty()) {
        long from = (long) piece * PIECE;
        step.apply(parameter, gradient, first, second, from, Math.min(size(), from + PIECE));
        return;
      }
      Part moving = part.get();
      moving.gather(parameter, moving.values);
      moving.gather(gradient, moving.gradients);
      step.apply(moving.values, moving.gradients, first, second, 0, moving.entries.length);
      moving.scatter(parameter);
    }
  }

  /**
   * Holds the entries of a parameter that move; the others are not touched.
   *
   * @param values a copy of them, side by side
   * @param gradients a copy of theirs
   */
  private record Part(int[] entries, MemorySegment values, MemorySegment gradients) {
    void gather(MemorySegment from, MemorySegment into) {
      for (int i = 0; i < entries.length; i++) {
        into.setAtIndex(JAVA_FLOAT, i, from.getAtIndex(JAVA_FLOAT, entries[i]));
      }
    }

    void scatter(MemorySegment into) {
      for (int i = 0; i < entries.length; i++) {
        into.setAtIndex(JAVA_FLOAT, entries[i], values.getAtIndex(JAVA_FLOAT, i));
      }
    }
  }

  /**
   * Makes the optimiser of no parameters yet.
   *
   * @param config learning rate and the other options
   */
  public Adam(OptimiserConfig config) {
    this.config = config;
    this.lr = config.lr();
  }

  /**
   * Takes a parameter under its care.
   *
   * @param name by which {@link #moments} and the gradients call it
   * @param parameter its memory, float32, which stays the caller's
   * @param moving the places of the entries that are updated; all when empty
   * @param lrMultiplier factor on its learning rate, positive
   */
  public void add(
      String name, MemorySegment parameter, Optional<int[]> moving, double lrMultiplier) {
    Optional<Part> part = moving.map(all -> new Part(all, floats(all.length), floats(all.length)));
    long size =
        part.map(some -> (long) some.entries.length).orElse(parameter.byteSize() / Float.BYTES);
    MemorySegment first = floats(size);
    MemorySegment second = floats(size);
    entries.put(name, new Entry(parameter, part, first, second, lrMultiplier));
    addElsewhere(name, first, second);
  }

  private MemorySegment floats(long count) {
    return arena.allocate(count * Float.BYTES, ALIGNMENT);
  }

  /**
   * Sets the learning rate of the steps to come.
   *
   * @param rate before a parameter's own multiplier, positive
   */
  public void setLr(double rate) {
    lr = rate;
  }

  /**
   * Counts a step and returns its arithmetic, for whoever applies it to parameters piece by piece.
   *
   * @return the step's learning rate, corrections and decay
   */
  public AdamStep next() {
    steps++;
    return new AdamStep(
        steps, lr, config.beta1(), config.beta2(), config.eps(), config.weightDecay());
  }

  /**
   * Takes moments under its care that somebody else updates, for {@link #moments} and {@link
   * #restore}.
   *
   * @param name by which {@link #moments} calls them
   * @param first the first moment, float32 in native memory
   * @param second the second moment, of the same length
   */
  public void addElsewhere(String name, MemorySegment first, MemorySegment second) {
    moments.put(name + FIRST, first);
    moments.put(name + SECOND, second);
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public SequencedMap<String, MemorySegment> moments() {
    return Collections.unmodifiableSequencedMap(moments);
  }

  @Override
  public void restore(long taken, Map<String, float[]> stored) {
    if (!stored.keySet().equals(moments.keySet())) {
      throw new IllegalArgumentException(
          "Moments of %s, expected those of %s".formatted(stored.keySet(), moments.keySet()));
    }
    steps = taken;
    moments.forEach((name, memory) -> memory.copyFrom(MemorySegment.ofArray(stored.get(name))));
  }

  /**
   * Updates the parameters of its own.
   *
   * @param step the arithmetic, as {@link #next} gave it
   * @param gradients of the parameters by name
   * @param used says which parameters the step used; others stay as they are
   * @param watch sees each gradient
   * @param workers share the updates out
   */
  public void apply(
      AdamStep step,
      Gradients gradients,
      Predicate<String> used,
      GradientWatch watch,
      Workers workers) {
    List<Runnable> updates = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          if (used.test(name)) {
            MemorySegment gradient = gradients.of(name);
            watch.see(name, gradient, gradient.byteSize() / Float.BYTES);
            AdamStep own = step.times(entry.lrMultiplier());
            for (int p = 0; p < entry.pieces(); p++) {
              int piece = p;
              updates.add(() -> entry.update(own, gradient, piece));
            }
          }
        });
    workers.run(updates.size(), (_, update) -> updates.get(update).run());
  }

  @Override
  public void close() {
    arena.close();
  }
}
