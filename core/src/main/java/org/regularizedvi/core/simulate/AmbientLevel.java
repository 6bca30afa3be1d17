package org.regularizedvi.core.simulate;

/**
 * How much native and ambient expression a cell has, as multiples of what a typical cell has: the
 * two shift against each other and keep the expected total.
 */
record AmbientLevel(double nativeTimes, double ambientTimes) {
  private static final AmbientLevel TYPICAL = new AmbientLevel(1, 1);

  /**
   * The level of a cell.
   *
   * @param share typical one of ambient counts, at least 0 and below 1
   * @param shift how far the logit of the cell's share is from that of the typical one
   */
  static AmbientLevel of(double share, double shift) {
    if (share == 0 || shift == 0) {
      return TYPICAL;
    }
    double odds = share / (1 - share) * Math.exp(shift);
    return new AmbientLevel(1 / (1 + odds) / (1 - share), odds / (1 + odds) / share);
  }

  /**
   * Returns the ambient fraction of the cell.
   *
   * @param typical that of a typical cell of its type and batch
   */
  double fractionOf(double typical) {
    double ambient = typical * ambientTimes;
    return ambient / (ambient + (1 - typical) * nativeTimes);
  }
}
