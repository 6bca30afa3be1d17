package org.regularizedvi.core.config;

/** Says how much ambient RNA a cell is taken to have. */
public enum AmbientAmount {
  /** As much as the counts of those features tell that the cell itself hardly expresses. */
  CELL,
  /** As much as any cell of its ambient categories has for its library size. */
  MODEL
}
