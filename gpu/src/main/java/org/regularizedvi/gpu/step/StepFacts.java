package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.kernel.optimiser.AdamStep;

/** What a step tells all kernels: {@code struct Step} of {@code step.cuh}. */
final class StepFacts {
  private static final int WORDS = 13;

  private final Slot slot;

  StepFacts(DeviceArena arena) {
    this.slot = Slot.ofWords(arena, WORDS);
  }

  DeviceMemory device() {
    return slot.device();
  }

  /**
   * Sends the facts of a step.
   *
   * @param noise gives seed and step, where it is a function of them
   * @param klWeight what a nat of a warmed-up term of a cell adds to the loss
   * @param perCell the same of a term at full weight
   * @param share what a nat of what all cells share adds to the loss
   * @param adam the arithmetic of the step
   */
  void send(Noise noise, double klWeight, double perCell, double share, AdamStep adam) {
    int next = put(noise);
    for (double weight : new double[] {klWeight, perCell, share}) {
      slot.host().setAtIndex(JAVA_FLOAT, next++, (float) weight);
    }
    for (float number : adam.numbers()) {
      slot.host().setAtIndex(JAVA_FLOAT, next++, number);
    }
    slot.send((long) WORDS * Integer.BYTES);
  }

  /**
   * Sends what a pass without gradients tells kernels: where its draws come from.
   *
   * @param noise gives seed and step, where it is a function of them
   */
  void send(Noise noise) {
    slot.host().fill((byte) 0);
    put(noise);
    slot.send((long) WORDS * Integer.BYTES);
  }

  private int put(Noise noise) {
    long seed = noise instanceof CounterNoise own ? own.random().seed() : 0;
    long step = noise instanceof CounterNoise own ? own.step() : 0;
    int[] words = {(int) seed, (int) (seed >>> 32), (int) step};
    for (int i = 0; i < words.length; i++) {
      slot.host().setAtIndex(JAVA_INT, i, words[i]);
    }
    return words.length;
  }
}
