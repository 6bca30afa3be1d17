package org.regularizedvi.cells;

/**
 * Takes a feature that is found in many cells, or in some and then strongly.
 *
 * @param cells a feature must have counts in more cells than these
 * @param share a feature with counts in more than this share of the cells is taken in any case
 * @param nonzeroMean any other must have a mean above this over the cells that have a count of it
 */
public record GeneFilter(int cells, double share, double nonzeroMean) {
  /**
   * {@return whether a feature is taken}
   *
   * @param found the number of cells with a count of it
   * @param sum the sum of its counts
   * @param all the number of cells
   */
  public boolean takes(int found, double sum, int all) {
    return found > share * all || found > cells && sum / found > nonzeroMean;
  }
}
