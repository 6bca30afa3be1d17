package org.regularizedvi.engine;

/**
 * Gives numbers of what the decoder of one modality made of the cells of a pass, some rows at a
 * time; as many as {@link CellDecoder#cellsAtOnce} are best.
 *
 * <p>To be called from any number of threads at once.
 */
public interface DecodedCells {
  /**
   * {@return the negative log-likelihood of each feature's counts, summed over those rows that have
   * the modality: one number per feature, nats}
   *
   * @param from first row
   * @param to the row behind the last
   */
  double[] reconstructionG(int from, int to);

  /**
   * {@return what the expected counts of some rows sum to over the features; only of a modality
   * with an additive background}
   *
   * @param from first row
   * @param to the row behind the last
   */
  ExpectedTotals totals(int from, int to);
}
