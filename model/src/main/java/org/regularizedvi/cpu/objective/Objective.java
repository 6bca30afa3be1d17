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
   * mean over cells of [reconstruction + weight * KL z + KL l] + global terms / training cells; a
   * scalar in double precision.
   */
  public Tensor loss(CellTerms cells, double klWeight, GlobalTerms global) {
    return ofCells(cells, klWeight, cells.reconstruction().size(0)).add(ofAll(global));
  }

  /**
   * What some cells of a minibatch add to the loss.
   *
   * @param size cells of the minibatch
   */
  public Tensor ofCells(CellTerms cells, double klWeight, long size) {
    return cells
        .reconstruction()
        .add(cells.klZ().mul(Tensors.scalar(klWeight)))
        .add(cells.klL())
        .sum()
        .div(Tensors.scalar(size));
  }

  /** What the parameters that all cells share add to the loss. */
  public Tensor ofAll(GlobalTerms global) {
    return global.sum().div(Tensors.scalar(trainingCells));
  }
}
