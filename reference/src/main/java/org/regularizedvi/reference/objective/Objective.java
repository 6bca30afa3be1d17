package org.regularizedvi.reference.objective;

import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Joins both kinds of terms into the loss. It cannot be built without the number of training cells,
 * so nobody divides the global terms by the minibatch.
 *
 * @param trainingCells number of training cells
 */
public record Objective(int trainingCells) {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException when there is no training cell
   */
  public Objective {
    if (trainingCells < 1) {
      throw new IllegalArgumentException(
          "An objective of %d training cells".formatted(trainingCells));
    }
  }

  /**
   * {@return the objective of a training's steps}
   *
   * @param plan has the number of training cells
   */
  public static Objective of(StepPlan plan) {
    return new Objective(plan.trainingCells());
  }

  /**
   * {@return the loss, a scalar in double precision: mean over cells of [the terms of a cell, those
   * that are warmed up times the weight] + global terms / training cells}
   *
   * @param cells the terms of the cells
   * @param klWeight of the terms that are warmed up, between 0 and 1
   * @param size number of cells of the step
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
   * @param size number of cells of the step
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
    return global / trainingCells;
  }

  /**
   * {@return the share in the loss of the parameters that all cells share: a scalar in double
   * precision}
   *
   * @param global the terms of those parameters
   */
  public Tensor ofAll(GlobalTerms global) {
    return global.sum().div(Tensors.scalar((double) trainingCells));
  }
}
