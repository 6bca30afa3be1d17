package org.regularizedvi.core.result;

import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.core.term.CellTerm;

/**
 * How well a model explains a set of cells; lower is better.
 *
 * @param sums nats of all cells together, term by term
 * @param nCells cells evaluated
 * @param latent how much of the latent space the cells use
 * @param reconstructionOf nats per cell that each modality adds to the reconstruction, in the order
 *     of the model
 */
public record Evaluation(CellLoss sums, int nCells, LatentUse latent, double[] reconstructionOf) {
  /** The negative evidence lower bound as scvi-tools prints it: all terms, in nats per cell. */
  public double elbo() {
    return sums.elbo() / nCells;
  }

  /** One term, in nats per cell. */
  public double of(CellTerm term) {
    return means().of(term);
  }

  /** All terms, in nats per cell. */
  public CellLoss means() {
    return sums.dividedBy(nCells);
  }
}
