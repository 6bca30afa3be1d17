package org.regularizedvi.cells;

import java.util.HashSet;
import java.util.List;

/**
 * Holds a modality of a .h5mu to be written.
 *
 * @param name the name under which the file has it
 * @param counts cells x features
 * @param obsNames the name of each row, each once
 * @param varNames the name of each column
 * @param additions what the modality has besides
 */
public record NewModality(
    String name,
    Counts counts,
    List<String> obsNames,
    List<String> varNames,
    List<Addition> additions) {
  /**
   * Keeps copies, which nobody can change, and checks the sizes.
   *
   * @throws IllegalArgumentException when names or additions do not fit the counts, or a cell is
   *     named twice
   */
  public NewModality {
    obsNames = List.copyOf(obsNames);
    varNames = List.copyOf(varNames);
    additions = List.copyOf(additions);
    if (obsNames.size() != counts.rows() || varNames.size() != counts.columns()) {
      throw new IllegalArgumentException(
          "%d and %d names for a matrix of %d x %d in modality '%s'"
              .formatted(obsNames.size(), varNames.size(), counts.rows(), counts.columns(), name));
    }
    if (new HashSet<>(obsNames).size() != obsNames.size()) {
      throw new IllegalArgumentException("Modality '%s' names a cell twice".formatted(name));
    }
    AdditionCheck.requireSizes(additions, counts.rows(), counts.columns());
  }
}
