package org.regularizedvi.cells;

import java.util.List;
import java.util.stream.Stream;

/**
 * Describes something that a run adds to a copy of its input: to the tables of an .h5ad, or to the
 * same tables of an .h5mu. It replaces what has the same place and name.
 */
public sealed interface Addition {
  /** {@return the name under which the file has it} */
  String name();

  /**
   * {@return additions with others before them, without those that they replace: of the same place
   * and name}
   *
   * @param others what a file has, or would have
   * @param additions what comes into it besides
   */
  static List<Addition> replacing(Stream<Addition> others, List<Addition> additions) {
    return Stream.concat(
            others.filter(
                other ->
                    additions.stream()
                        .noneMatch(
                            own ->
                                own.getClass() == other.getClass()
                                    && own.name().equals(other.name()))),
            additions.stream())
        .toList();
  }

  /**
   * Adds a column of the table of cells.
   *
   * @param name its name
   * @param values an entry for each cell
   */
  record ObsColumn(String name, Column values) implements Addition {}

  /**
   * Adds a column of the table of features.
   *
   * @param name its name
   * @param values an entry for each feature
   */
  record VarColumn(String name, Column values) implements Addition {}

  /**
   * Adds a matrix with a row for each cell.
   *
   * @param name its name
   * @param values cells x columns
   */
  record Obsm(String name, FloatMatrix values) implements Addition {}

  /**
   * Adds a matrix with a row for each feature.
   *
   * @param name its name
   * @param values features x columns
   */
  record Varm(String name, FloatMatrix values) implements Addition {}

  /**
   * Adds a matrix of cells x cells.
   *
   * @param name its name
   * @param values the rows; the entries of a row may stand in any order, and be zero
   */
  record Obsp(String name, SparseRows values) implements Addition {}

  /**
   * Adds a matrix of cells x features. It lies in a temporary file until it is written.
   *
   * @param name its name
   * @param values cells x features
   */
  record OfLayer(String name, Layer values) implements Addition {}

  /**
   * Adds to what has features of its own in raw: a column or matrix of these, or a matrix of cells
   * x these, which goes into obsm, as raw has no layers.
   *
   * @param addition the addition
   */
  record OfRaw(Addition addition) implements Addition {
    @Override
    public String name() {
      return addition.name();
    }
  }

  /**
   * Adds an unstructured annotation.
   *
   * @param name its name
   * @param value the annotation
   */
  record Uns(String name, Tree value) implements Addition {}
}
