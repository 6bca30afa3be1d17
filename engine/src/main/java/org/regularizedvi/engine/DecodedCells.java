package org.regularizedvi.engine;

/**
 * What the decoder of one modality made of the cells of a pass, some rows at a time; as many as
 * {@link CellDecoder#cellsAtOnce} are best.
 *
 * <p>To be called from any number of threads at once.
 */
public interface DecodedCells {
  /**
   * Returns the negative log-likelihood of each feature's counts, summed over those of the rows
   * {@code from} to {@code to - 1} that have the modality, nats.
   */
  double[] reconstructionG(int from, int to);

  /**
   * Returns what the expected counts of the rows {@code from} to {@code to - 1} sum to; only of a
   * modality with an additive background.
   */
  ExpectedTotals totals(int from, int to);
}
