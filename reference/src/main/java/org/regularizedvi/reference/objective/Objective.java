package org.regularizedvi.reference.objective;

import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Joins both kinds of terms into the loss. It cannot be built without the number of training cells,
 * so nobody divides the global terms by the minibatch.
 *
 * @param trainingCells number of training cells, all workers' together
 * @param ranks number of workers whose losses add up to the loss; each adds an equal part of the
 *     global terms
 */
public record Objective(int trainingCells, int ranks) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when there is no training cell or no worker
   */
  public Objective {
    if (trainingCells < 1 || ranks < 1) {
      throw new IllegalArgumentException(
          "An objective of %d training cells and %d workers".formatted(trainingCells, ranks));
    }
  }

  /**
   * {@return the objective of a training's steps}
   *
   * @param plan number of training cells and the workers
   */
  public static Objective of(StepPlan plan) {
    return new Objective(plan.trainingCells(), plan.peers().ranks());
  }

  /**
   * {@return the loss, a scalar in double precision: mean over cells of [the terms of a cell, those
   * that are warmed up times the weight] + global terms / training cells} Of several workers each
   * has its share.
   *
   * @param cells the terms of this worker's cells
   * @param klWeight of the terms that are warmed up, between 0 and 1
   * @param size number of cells of the step, all workers' together
   * @param global the terms of parameters that all cells share
   */
  public Tensor loss(CellTerms cells, double klWeight, long size, GlobalTerms global) {
    return ofCells(cells, klWeight, size).add(ofAll(global));
  }

  /**
   * {@return the share of some cells of a step in the loss: a scalar in double precision}
   *
   * @param cells the terms of these cells
   * @param klWeight of the terms that are warmed up, between 0 and 1
   * @param size number of cells of the step, all workers' together
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
   * {@return what a number that belongs to parameters all cells share adds to the loss}
   *
   * @param global the number, nats
   */
  public double ofAll(double global) {
    return global / ((double) trainingCells * ranks);
  }

  /**
   * {@return the share in the loss of the parameters that all cells share: a scalar in double
   * precision}
   *
   * @param global the terms of those parameters
   */
  public Tensor ofAll(GlobalTerms global) {
    return global.sum().div(Tensors.scalar((double) trainingCells * ranks));
  }
}
