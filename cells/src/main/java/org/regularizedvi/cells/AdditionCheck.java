package org.regularizedvi.cells;

import java.util.List;

/** Checks additions before they are written. */
public final class AdditionCheck {
  private AdditionCheck() {}

  /**
   * Checks that each addition has an entry for each cell or feature.
   *
   * @param additions what is to be written
   * @param nObs the number of cells
   * @param nVars the number of features
   * @throws IllegalArgumentException when one has not
   */
  public static void requireSizes(List<Addition> additions, int nObs, int nVars) {
    for (Addition addition : additions) {
      switch (addition) {
        case Addition.ObsColumn(String name, Column values) -> require(name, values.size(), nObs);
        case Addition.VarColumn(String name, Column values) -> require(name, values.size(), nVars);
        case Addition.Obsm(String name, FloatMatrix values) -> require(name, values.rows(), nObs);
        case Addition.Varm(String name, FloatMatrix values) -> require(name, values.rows(), nVars);
        case Addition.Obsp(String name, SparseRows values) -> {
          require(name, values.rows(), nObs);
          requireColumns(name, values.columns(), nObs);
        }
        case Addition.OfLayer(String name, Layer values) -> {
          require(name, values.rows(), nObs);
          requireColumns(name, values.columns(), nVars);
        }
        case Addition.Uns _, Addition.OfRaw _ -> {} // raw has other features
      }
    }
  }

  private static void require(String name, int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "'%s' has %d rows, the file %d".formatted(name, found, expected));
    }
  }

  private static void requireColumns(String name, int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "'%s' has %d columns, the file %d".formatted(name, found, expected));
    }
  }
}
