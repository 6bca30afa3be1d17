package org.regularizedvi.reference.step;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Slices;
import org.regularizedvi.engine.GradientWatch;
import org.regularizedvi.engine.OptimiserState;
import org.regularizedvi.kernel.optimiser.AdamStep;
import org.regularizedvi.reference.torch.ParameterTensors;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Optimises as Adam does (Kingma and Ba 2015): owns both moments of its tensors, counts steps,
 * holds the current learning rate.
 */
public final class Adam implements OptimiserState, AutoCloseable {
  /** Native memory starts on cache lines, as the vector loops like it. */
  private static final long ALIGNMENT = 64;

  private static final String FIRST = " (first moment)";
  private static final String SECOND = " (second moment)";

  private final OptimiserConfig config;
  private final Arena arena = Arena.ofShared();
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final SequencedMap<String, MemorySegment> moments = new LinkedHashMap<>();
  private double lr;
  private long steps;

  /** Holds a tensor, or the part of it that moves, with its first and second moment, float32. */
  private record Entry(
      Tensor parameter,
      Optional<Part> part,
      MemorySegment first,
      MemorySegment second,
      double lrMultiplier) {

    void update(AdamStep step, MemorySegment gradient) {
      MemorySegment own = Tensors.memory(parameter);
      if (part.isEmpty()) {
        step.apply(own, gradient, first, second, 0, parameter.numel());
        return;
      }
      Part moving = part.get();
      moving.gather(own, moving.values);
      moving.gather(gradient, moving.gradients);
      step.apply(moving.values, moving.gradients, first, second, 0, moving.entries.length);
      moving.scatter(own);
    }
  }

  /**
   * Holds the entries of a tensor that move; the others are not touched.
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
   * Makes the optimiser of all trained parameters.
   *
   * @param parameters of the model, which stay the caller's
   * @param config learning rate and the other options
   * @param elsewhere names of those whose moments somebody else holds
   */
  public Adam(ParameterTensors parameters, OptimiserConfig config, Set<String> elsewhere) {
    this.config = config;
    this.lr = config.lr();
    for (String name : parameters.stored().trained()) {
      if (!elsewhere.contains(name)) {
        ParameterSpec spec = parameters.spec(name);
        add(name, parameters.get(name), spec.part(), spec.lrMultiplier());
      }
    }
  }

  /**
   * Takes a tensor under its care.
   *
   * @param name by which {@link #moments} calls it
   * @param parameter the tensor, which stays the caller's
   * @param moving the part that is updated; all of it when empty
   * @param lrMultiplier factor on its learning rate, positive
   */
  public void add(String name, Tensor parameter, Optional<Slices> moving, double lrMultiplier) {
    Optional<Part> part =
        moving
            .map(slices -> slices.entries(parameter.shape()))
            .map(all -> new Part(all, floats(all.length), floats(all.length)));
    long size = part.map(some -> (long) some.entries.length).orElse(parameter.numel());
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
   * Updates every tensor whose gradient libtorch holds, and clears these gradients.
   *
   * @param step the arithmetic, as {@link #next} gave it
   * @param watch sees each gradient
   */
  public void apply(AdamStep step, GradientWatch watch) {
    try (PointerScope _ = new PointerScope()) {
      for (var named : entries.entrySet()) {
        Entry entry = named.getValue();
        Tensor gradient = entry.parameter().grad();
        if (gradient.defined()) {
          Tensor plain = gradient.contiguous();
          watch.see(named.getKey(), Tensors.memory(plain), plain.numel());
          entry.update(step.times(entry.lrMultiplier()), Tensors.memory(plain));
          entry.parameter().mutable_grad().reset();
        }
      }
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
