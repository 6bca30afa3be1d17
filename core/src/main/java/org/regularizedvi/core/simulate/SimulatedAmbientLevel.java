package org.regularizedvi.core.simulate;

/**
 * Says how much native and ambient expression a cell has, as multiples of those of a typical cell.
 * If one rises the other falls, so that the expected total stays.
 */
record SimulatedAmbientLevel(double nativeTimes, double ambientTimes) {
  private static final SimulatedAmbientLevel TYPICAL = new SimulatedAmbientLevel(1, 1);

  /**
   * {@return the level of a cell}
   *
   * @param share the ambient share of a typical cell's counts, at least 0 and below 1
   * @param shift how far the logit of the cell's share is from that of the typical cell
   */
  static SimulatedAmbientLevel of(double share, double shift) {
    if (share == 0 || shift == 0) {
      return TYPICAL;
    }
    double odds = share / (1 - share) * Math.exp(shift);
    return new SimulatedAmbientLevel(1 / (1 + odds) / (1 - share), odds / (1 + odds) / share);
  }

  /**
   * {@return the ambient fraction of the cell}
   *
   * @param typical that of a typical cell of its type and batch
   */
  double fractionOf(double typical) {
    double ambient = typical * ambientTimes;
    return ambient / (ambient + (1 - typical) * nativeTimes);
  }
}
