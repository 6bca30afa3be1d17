package org.regularizedvi.cpu.net;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.core.term.CellTerm;

/**
 * Holds what a pass says of each cell, by row of the minibatch.
 *
 * @param negativeLogMN negative log-likelihood of the counts by modality, nats; 0 where a cell
 *     lacks it
 * @param klZN divergence of q(z|x), all encoders' together, nats
 * @param klLN divergence of q(l|x), all modalities' together, nats
 * @param activeN number of active latent dimensions
 */
public record CellValues(double[][] negativeLogMN, double[] klZN, double[] klLN, int[] activeN) {
  /** {@return values of so many cells, all 0} */
  static CellValues ofCells(int modalities, int cells) {
    return new CellValues(
        new double[modalities][cells], new double[cells], new double[cells], new int[cells]);
  }

  /**
   * Takes what a head said of the counts of a modality.
   *
   * @param modality its place
   * @param logLikelihoodN of each cell's counts, nats
   * @param present whether each cell has the modality
   */
  public void putLogLikelihood(int modality, double[] logLikelihoodN, boolean[] present) {
    double[] negativeLogN = negativeLogMN[modality];
    for (int n = 0; n < negativeLogN.length; n++) {
      negativeLogN[n] = present[n] ? -logLikelihoodN[n] : 0;
    }
  }

  /** {@return the negative log-likelihood of all counts of each cell, nats} */
  public double[] reconstructionN() {
    double[] sums = new double[klZN.length];
    for (double[] own : negativeLogMN) {
      for (int n = 0; n < sums.length; n++) {
        sums[n] += own[n];
      }
    }
    return sums;
  }

  /** {@return the sum over the cells of each term, nats} */
  public CellLoss sums() {
    Map<CellTerm, Double> sums = new EnumMap<>(CellTerm.class);
    sums.put(CellTerm.RECONSTRUCTION, sum(reconstructionN()));
    sums.put(CellTerm.KL_Z, sum(klZN));
    sums.put(CellTerm.KL_L, sum(klLN));
    return new CellLoss(sums);
  }

  /** {@return the sum over the cells of the negative log-likelihood of each modality, nats} */
  public double[] reconstructionOf() {
    return Stream.of(negativeLogMN).mapToDouble(CellValues::sum).toArray();
  }

  /** {@return the sum over the cells of the number of active latent dimensions} */
  public double activeDims() {
    double sum = 0;
    for (int active : activeN) {
      sum += active;
    }
    return sum;
  }

  /**
   * {@return the first term that is not finite, divergences before what compares with the counts: a
   * broken draw breaks both}
   */
  public Optional<CellTerm> firstBroken() {
    CellLoss sums = sums();
    return Stream.of(CellTerm.KL_Z, CellTerm.KL_L, CellTerm.RECONSTRUCTION)
        .filter(term -> !Double.isFinite(sums.of(term)))
        .findFirst();
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
