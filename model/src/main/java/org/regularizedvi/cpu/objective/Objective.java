package org.regularizedvi.cpu.objective;

import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cpu.torch.Tensors;

/**
 * Joins both kinds of terms into the loss. It cannot be built without the number of training cells,
 * so nobody divides the global terms by the minibatch.
 */
public record Objective(int trainingCells) {
  public Objective {
    if (trainingCells < 1) {
      throw new IllegalArgumentException("An objective needs training cells, not " + trainingCells);
    }
  }

  /**
   * mean over cells of [the terms of a cell, those that are warmed up times the weight] + global
   * terms / training cells; a scalar in double precision.
   */
  public Tensor loss(CellTerms cells, double klWeight, GlobalTerms global) {
    return ofCells(cells, klWeight, cells.size()).add(ofAll(global));
  }

  /**
   * What some cells of a minibatch add to the loss.
   *
   * @param size cells of the minibatch
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
   * @param size cells of the minibatch
   */
  public double perCell(long size) {
    return 1.0 / size;
  }

  /** Returns what a number that belongs to parameters all cells share adds to the loss. */
  public double ofAll(double global) {
    return global / trainingCells;
  }

  /** What the parameters that all cells share add to the loss. */
  public Tensor ofAll(GlobalTerms global) {
    return global.sum().div(Tensors.scalar(trainingCells));
  }
}
