package org.regularizedvi.cpu.sparse;

import org.regularizedvi.kernel.sparse.SparseProduct;

/**
 * Cuts the units of a first layer into panels of equal width; the last one may be narrower. A panel
 * of a tile's weights stays near a core while the cells go by.
 *
 * @param units number of units
 */
public record UnitPanels(int units) {
  /** The largest number of units of a panel: a block of the widest vectors' products. */
  public static final int WIDTH = 128;

  /** {@return the number of panels} */
  public int count() {
    return Math.ceilDiv(units, WIDTH);
  }

  /**
   * {@return the first unit of a panel}
   *
   * @param panel its place
   */
  public int first(int panel) {
    return panel * WIDTH;
  }

  /**
   * {@return the number of units of a panel}
   *
   * @param panel its place
   */
  public int unitsOf(int panel) {
    return Math.min(WIDTH, units - first(panel));
  }

  /**
   * {@return the distance in floats between rows that hold a panel alone}
   *
   * @param panel its place
   */
  public int stride(int panel) {
    return SparseProduct.stride(unitsOf(panel));
  }
}
