package org.regularizedvi.cells;

/** Which cells of several modalities are taken. */
public enum CellJoin {
  /** Those that are in any modality; a cell lacks the modalities that it is not in. */
  UNION,
  /** Those that are in every modality. */
  INTERSECTION
}
