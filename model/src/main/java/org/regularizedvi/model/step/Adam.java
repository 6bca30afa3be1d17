package org.regularizedvi.model.step;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.kernel.optimiser.AdamStep;
import org.regularizedvi.model.config.OptimiserConfig;
import org.regularizedvi.model.net.Parameters;
import org.regularizedvi.model.torch.Tensors;

/**
 * The optimiser: owns both moments of its tensors, counts steps, holds the current learning rate.
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

  /** A tensor with its first and second moment, float32. */
  private record Entry(
      Tensor parameter, MemorySegment first, MemorySegment second, double lrMultiplier) {}

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
        add(name, parameters.get(name), parameters.lrMultiplier(name));
      }
    }
  }

  /**
   * Takes a tensor under its care.
   *
   * @param lrMultiplier factor on its learning rate
   */
  public void add(String name, Tensor parameter, double lrMultiplier) {
    long bytes = parameter.nbytes();
    MemorySegment first = arena.allocate(bytes, ALIGNMENT);
    MemorySegment second = arena.allocate(bytes, ALIGNMENT);
    entries.put(name, new Entry(parameter, first, second, lrMultiplier));
    addElsewhere(name, first, second);
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

  /**
   * Takes moments under its care that somebody else updates, for {@link #moments} and {@link
   * #restore}.
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
   * @param watch sees each before
   */
  public void apply(AdamStep step, GradientWatch watch) {
    try (PointerScope _ = new PointerScope()) {
      for (var named : entries.entrySet()) {
        Entry entry = named.getValue();
        Tensor gradient = entry.parameter().grad();
        if (gradient.defined()) {
          Tensor plain = gradient.contiguous();
          watch.see(named.getKey(), Tensors.memory(plain), plain.numel());
          step.times(entry.lrMultiplier())
              .apply(
                  Tensors.memory(entry.parameter()),
                  Tensors.memory(plain),
                  entry.first(),
                  entry.second(),
                  0,
                  entry.parameter().numel());
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
