package org.regularizedvi.core.result;

import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.core.term.CellTerm;

/**
 * Says how well a model explains a set of cells; lower is better.
 *
 * @param sums the terms of the loss, in nats of all cells together
 * @param nCells the number of cells evaluated
 * @param latent how much of the latent space the cells use
 * @param reconstructionOf what each modality adds to the reconstruction, nats per cell, in the
 *     model's order
 */
public record Evaluation(CellLoss sums, int nCells, LatentUse latent, double[] reconstructionOf) {
  /**
   * {@return the negative evidence lower bound as scvi-tools prints it: the sum of all terms, in
   * nats per cell}
   */
  public double elbo() {
    return sums.elbo() / nCells;
  }

  /**
   * {@return a term, in nats per cell}
   *
   * @param term the term
   */
  public double of(CellTerm term) {
    return means().of(term);
  }

  /** {@return all terms, in nats per cell} */
  public CellLoss means() {
    return sums.dividedBy(nCells);
  }
}
