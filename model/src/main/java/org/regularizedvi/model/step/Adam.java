package org.regularizedvi.model.step;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.kernel.optimiser.AdamStep;
import org.regularizedvi.model.config.OptimiserConfig;
import org.regularizedvi.model.net.ParameterSpec;
import org.regularizedvi.model.net.Parameters;
import org.regularizedvi.model.net.Slices;
import org.regularizedvi.model.torch.Tensors;

/**
 * The optimiser: owns both moments of its tensors, counts steps, holds the current learning rate.
 */
public final class Adam implements AutoCloseable {
  /** Native memory starts on cache lines, as the vector loops like it. */
  private static final long ALIGNMENT = 64;

  private final OptimiserConfig config;
  private final Arena arena = Arena.ofShared();
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private double lr;
  private long steps;

  /** A tensor, or the part of it that moves, with its first and second moment, float32. */
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
   * The entries of a tensor that move; the others are not touched.
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
   * For all trained parameters.
   *
   * @param elsewhere those whose moments somebody else holds
   */
  public Adam(Parameters parameters, OptimiserConfig config, Set<String> elsewhere) {
    this.config = config;
    this.lr = config.lr();
    for (String name : parameters.trained()) {
      if (!elsewhere.contains(name)) {
        ParameterSpec spec = parameters.spec(name);
        add(name, parameters.get(name), spec.part(), spec.lrMultiplier());
      }
    }
  }

  /**
   * Takes a tensor under its care.
   *
   * @param moving the part that is updated; all of it when empty
   * @param lrMultiplier factor on its learning rate
   */
  public void add(String name, Tensor parameter, Optional<Slices> moving, double lrMultiplier) {
    Optional<Part> part =
        moving
            .map(slices -> slices.entries(parameter.shape()))
            .map(all -> new Part(all, floats(all.length), floats(all.length)));
    long size = part.map(some -> (long) some.entries.length).orElse(parameter.numel());
    entries.put(name, new Entry(parameter, part, floats(size), floats(size), lrMultiplier));
  }

  private MemorySegment floats(long count) {
    return arena.allocate(count * Float.BYTES, ALIGNMENT);
  }

  public double lr() {
    return lr;
  }

  public void setLr(double rate) {
    lr = rate;
  }

  /**
   * Counts a step and returns its arithmetic, for whoever applies it to parameters piece by piece.
   */
  public AdamStep next() {
    steps++;
    return new AdamStep(
        steps, lr, config.beta1(), config.beta2(), config.eps(), config.weightDecay());
  }

  /** Updates every tensor whose gradient libtorch holds, and clears these gradients. */
  public void apply(AdamStep step) {
    try (PointerScope _ = new PointerScope()) {
      for (Entry entry : entries.values()) {
        Tensor gradient = entry.parameter().grad();
        if (gradient.defined()) {
          Tensor plain = gradient.contiguous();
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
