package org.regularizedvi.cpu.net;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.core.term.CellTerm;

/**
 * Holds what a pass says of each cell, by row of the minibatch.
 *
 * @param negativeLogMN negative log-likelihood of the counts by modality, nats; 0 where a cell
 *     lacks it
 * @param othersN the other terms that the model has, all encoders' and modalities' together, nats
 * @param activeN number of active latent dimensions
 */
public record CellValues(double[][] negativeLogMN, Map<CellTerm, double[]> othersN, int[] activeN) {
  /**
   * {@return values of so many cells, all 0}
   *
   * @param spec the model
   * @param cells number of cells
   */
  static CellValues ofCells(NetworkSpec spec, int cells) {
    Map<CellTerm, double[]> others = new EnumMap<>(CellTerm.class);
    for (CellTerm term : CellTerm.of(spec.config())) {
      if (term != CellTerm.RECONSTRUCTION) {
        others.put(term, new double[cells]);
      }
    }
    return new CellValues(new double[spec.modalities().size()][cells], others, new int[cells]);
  }

  /**
   * {@return a term of each cell, nats; not of the reconstruction}
   *
   * @param term one that the model has
   */
  public double[] of(CellTerm term) {
    return othersN.get(term);
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
    double[] sums = new double[activeN.length];
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
    othersN.forEach((term, nats) -> sums.put(term, sum(nats)));
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
    return Stream.concat(othersN.keySet().stream(), Stream.of(CellTerm.RECONSTRUCTION))
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
