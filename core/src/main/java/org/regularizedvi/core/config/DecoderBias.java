package org.regularizedvi.core.config;

/** Says where the bias of the scale decoder starts ({@code init_decoder_bias}). */
public enum DecoderBias {
  /** It is drawn, as every other bias. */
  NONE,
  /**
   * It starts at the mean over cells of each feature's counts, all cells scaled to the same total.
   */
  MEAN,
  /**
   * It starts at the mean over the top hundredth of the cells, which are other cells for each
   * feature.
   */
  TOPN
}
