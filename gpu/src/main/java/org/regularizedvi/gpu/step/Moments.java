package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.engine.OptimiserState;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.kernel.optimiser.AdamStep;

/**
 * Adam's memory on the card, by the names and in the layouts that the engine on processors has, so
 * that a training that one began the other can go on with. Copies are made when they are asked for.
 */
final class Moments implements OptimiserState, AutoCloseable {
  private static final long ALIGNMENT = 64;
  private static final String FIRST = " (first moment)";
  private static final String SECOND = " (second moment)";

  private final Device device;
  private final OptimiserConfig config;
  private final Arena arena = Arena.ofShared();
  private final SequencedMap<String, Own> all = new LinkedHashMap<>();
  private final SequencedMap<String, MemorySegment> copies = new LinkedHashMap<>();
  private double lr;
  private long steps;

  /** Copies a moment between the card and the host's layout of it. */
  interface Copy {
    void download(MemorySegment into);

    void upload(MemorySegment from);
  }

  /** A moment: how many numbers it has in the host's layout, and who copies it. */
  private record Own(long count, Copy copier) {}

  Moments(Device device, OptimiserConfig config) {
    this.device = device;
    this.config = config;
    this.lr = config.lr();
  }

  /**
   * Takes both moments of a parameter under its care.
   *
   * @param name by which the engine on processors calls it
   * @param count numbers of each in the host's layout
   */
  void add(String name, long count, Copy first, Copy second) {
    all.put(name + FIRST, new Own(count, first));
    all.put(name + SECOND, new Own(count, second));
  }

  /** {@return the host's memory for a moment, taken when it is first asked for} */
  private MemorySegment copyOf(String name) {
    return copies.computeIfAbsent(
        name, _ -> arena.allocate(all.get(name).count() * Float.BYTES, ALIGNMENT));
  }

  void setLr(double rate) {
    lr = rate;
  }

  /** Counts a step and returns its arithmetic. */
  AdamStep next() {
    steps++;
    return new AdamStep(
        steps, lr, config.beta1(), config.beta2(), config.eps(), config.weightDecay());
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public SequencedMap<String, MemorySegment> moments() {
    device.enter();
    all.forEach((name, own) -> own.copier().download(copyOf(name)));
    return Collections.unmodifiableSequencedMap(copies);
  }

  @Override
  public void restore(long taken, Map<String, float[]> stored) {
    if (!stored.keySet().equals(all.keySet())) {
      throw new IllegalArgumentException(
          "Moments of %s, expected those of %s".formatted(stored.keySet(), all.keySet()));
    }
    device.enter();
    steps = taken;
    all.forEach(
        (name, own) -> {
          MemorySegment copy = copyOf(name);
          MemorySegment.copy(stored.get(name), 0, copy, JAVA_FLOAT, 0, stored.get(name).length);
          own.copier().upload(copy);
        });
  }

  @Override
  public void close() {
    arena.close();
  }
}
