package org.regularizedvi.core.config;

/** Where the bias of the scale decoder starts. */
public enum DecoderBias {
  /** Drawn, as every other bias. */
  NONE,
  /** At the mean over cells of a feature's counts, all cells scaled to the same total. */
  MEAN,
  /** At the mean over the top hundredth of the cells, each feature's own. */
  TOPN
}
