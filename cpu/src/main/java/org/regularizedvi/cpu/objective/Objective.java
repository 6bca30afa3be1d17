package org.regularizedvi.cpu.objective;

import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cpu.torch.Tensors;
import org.regularizedvi.engine.StepPlan;

/**
 * Joins both kinds of terms into the loss. It cannot be built without the number of training cells,
 * so nobody divides the global terms by the minibatch.
 *
 * @param trainingCells of all workers
 * @param ranks number of workers whose losses add up to the loss; each adds an equal part of the
 *     global terms
 */
public record Objective(int trainingCells, int ranks) {
  public Objective {
    if (trainingCells < 1 || ranks < 1) {
      throw new IllegalArgumentException(
          "An objective of %d training cells and %d workers".formatted(trainingCells, ranks));
    }
  }

  /** The objective of a training's steps. */
  public static Objective of(StepPlan plan) {
    return new Objective(plan.trainingCells(), plan.peers().ranks());
  }

  /**
   * mean over cells of [the terms of a cell, those that are warmed up times the weight] + global
   * terms / training cells; a scalar in double precision. Of several workers each has its share.
   *
   * @param size cells of the step, all workers' together
   */
  public Tensor loss(CellTerms cells, double klWeight, long size, GlobalTerms global) {
    return ofCells(cells, klWeight, size).add(ofAll(global));
  }

  /**
   * What some cells of a step add to the loss.
   *
   * @param size cells of the step, all workers' together
   */
  public Tensor ofCells(CellTerms cells, double klWeight, long size) {
    return cells.tensorsN().entrySet().stream()
        .map(
            term ->
                term.getKey().warmedUp() ? warmedUp(term.getValue(), klWeight) : term.getValue())
        .reduce(Tensor::add)
        .orElseThrow()
        .sum()
        .div(Tensors.scalar(size));
  }

  private static Tensor warmedUp(Tensor termN, double klWeight) {
    return termN.mul(Tensors.scalar(klWeight));
  }

  /**
   * Returns what one nat of one cell adds to the loss at full weight.
   *
   * @param size cells of the step, all workers' together
   */
  public double perCell(long size) {
    return 1.0 / size;
  }

  /** Returns what a number that belongs to parameters all cells share adds to the loss. */
  public double ofAll(double global) {
    return global / ((double) trainingCells * ranks);
  }

  /** What the parameters that all cells share add to the loss. */
  public Tensor ofAll(GlobalTerms global) {
    return global.sum().div(Tensors.scalar((double) trainingCells * ranks));
  }
}
