package org.regularizedvi.model.train;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.kernel.optimiser.AdamStep;
import org.regularizedvi.model.config.OptimiserConfig;
import org.regularizedvi.model.net.Parameters;
import org.regularizedvi.model.torch.Tensors;

/**
 * The optimiser of all trained parameters: owns both moments, counts steps, holds the current
 * learning rate.
 */
public final class Adam implements AutoCloseable {
  /** Native memory starts on cache lines, as the vector loops like it. */
  private static final long ALIGNMENT = 64;

  private final Parameters parameters;
  private final OptimiserConfig config;
  private final Arena arena = Arena.ofShared();
  private final Map<String, Moments> moments = new LinkedHashMap<>();
  private double lr;
  private long steps;

  /** First and second moment of a parameter, float32. */
  public record Moments(MemorySegment first, MemorySegment second) {}

  public Adam(Parameters parameters, OptimiserConfig config) {
    this.parameters = parameters;
    this.config = config;
    this.lr = config.lr();
    for (String name : parameters.trained()) {
      long bytes = parameters.get(name).nbytes();
      moments.put(
          name, new Moments(arena.allocate(bytes, ALIGNMENT), arena.allocate(bytes, ALIGNMENT)));
    }
  }

  public double lr() {
    return lr;
  }

  public void setLr(double rate) {
    lr = rate;
  }

  public long steps() {
    return steps;
  }

  public Moments moments(String name) {
    return moments.get(name);
  }

  /**
   * Counts a step and returns its arithmetic, for whoever applies it to parameters piece by piece.
   */
  public AdamStep next() {
    steps++;
    return new AdamStep(
        steps, lr, config.beta1(), config.beta2(), config.eps(), config.weightDecay());
  }

  /** Updates every parameter whose gradient libtorch holds, and clears these gradients. */
  public void apply(AdamStep step) {
    for (Map.Entry<String, Moments> entry : moments.entrySet()) {
      Tensor parameter = parameters.get(entry.getKey());
      Tensor gradient = parameter.grad();
      if (gradient.defined()) {
        step.apply(
            Tensors.memory(parameter),
            Tensors.memory(gradient.contiguous()),
            entry.getValue().first(),
            entry.getValue().second(),
            0,
            parameter.numel());
        parameter.mutable_grad().reset();
      }
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
