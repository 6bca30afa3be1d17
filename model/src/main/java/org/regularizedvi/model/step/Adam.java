package org.regularizedvi.model.step;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
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
public final class Adam implements AutoCloseable {
  /** Native memory starts on cache lines, as the vector loops like it. */
  private static final long ALIGNMENT = 64;

  private final OptimiserConfig config;
  private final Arena arena = Arena.ofShared();
  private final Map<String, Entry> entries = new LinkedHashMap<>();
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
    entries.put(
        name,
        new Entry(
            parameter,
            arena.allocate(bytes, ALIGNMENT),
            arena.allocate(bytes, ALIGNMENT),
            lrMultiplier));
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
