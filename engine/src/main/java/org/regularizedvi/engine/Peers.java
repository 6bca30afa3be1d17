package org.regularizedvi.engine;

import java.lang.foreign.MemorySegment;

/**
 * Connects the workers that compute a training together, each with parameters of its own that start
 * equal and stay equal: one of them adds up with the others through this.
 *
 * <p>Each takes its share of a step's cells, and what it computes is its share of the loss: the
 * terms of its cells, and of the terms that all cells share one part in {@link #ranks}. What the
 * shares add up to is the step's, so a step adds up before the optimiser, and nobody else does.
 *
 * <p>Both sums are asked for by one thread, on every worker in the same order, and give every
 * worker the same bits.
 */
public interface Peers {
  /** {@return this worker's place among all, from 0} */
  int rank();

  /** {@return the number of workers, at least 1} */
  int ranks();

  /**
   * Replaces each entry of a gradient by its sum over all workers.
   *
   * @param parameter its name
   * @param gradient float32 in native memory, of the same length on every worker
   */
  void sum(String parameter, MemorySegment gradient);

  /**
   * {@return each number's sum over all workers}
   *
   * @param numbers as many on every worker
   */
  double[] sum(double... numbers);

  /** {@return a worker that is alone: what it computes is the whole} */
  static Peers none() {
    return new Peers() {
      @Override
      public int rank() {
        return 0;
      }

      @Override
      public int ranks() {
        return 1;
      }

      @Override
      public void sum(String parameter, MemorySegment gradient) {}

      @Override
      public double[] sum(double... numbers) {
        return numbers;
      }
    };
  }
}
