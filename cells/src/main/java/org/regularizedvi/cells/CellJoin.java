package org.regularizedvi.cells;

/** Says which cells of several modalities are taken. */
public enum CellJoin {
  /** Cells are taken that are in any modality; a cell lacks the modalities that it is not in. */
  UNION,
  /** Cells are taken that are in every modality. */
  INTERSECTION
}
