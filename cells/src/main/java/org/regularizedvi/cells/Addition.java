package org.regularizedvi.cells;

/**
 * What a run adds to a copy of an .h5ad, or to what a .h5mu has of that kind; what has the same
 * place and name is replaced.
 */
public sealed interface Addition {
  String name();

  /** A column of the table of cells. */
  record ObsColumn(String name, Column values) implements Addition {}

  /** A column of the table of features. */
  record VarColumn(String name, Column values) implements Addition {}

  /** A matrix with a row for each cell. */
  record Obsm(String name, FloatMatrix values) implements Addition {}

  /** A matrix with a row for each feature. */
  record Varm(String name, FloatMatrix values) implements Addition {}

  /** A matrix of cells x cells; the entries of a row may stand in any order, and be zero. */
  record Obsp(String name, SparseRows values) implements Addition {}

  /** A matrix of cells x features, which lies in a temporary file until it is written. */
  record OfLayer(String name, Layer values) implements Addition {}

  /** An unstructured annotation. */
  record Uns(String name, Tree value) implements Addition {}
}
