package org.regularizedvi.cells;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Holds cells to be written into a file of their own.
 *
 * @param modalities at least one, in the order that the file tells; a single one may be named ""
 * @param shared what goes beside several modalities, a row for each of {@link #cells}
 */
public record NewCells(List<NewModality> modalities, List<Addition> shared) {
  /**
   * Keeps copies, which nobody can change, and checks the sizes.
   *
   * @throws IllegalArgumentException when there is no modality, two have the same name, or an
   *     addition has not a row for each cell
   */
  public NewCells {
    modalities = List.copyOf(modalities);
    shared = List.copyOf(shared);
    if (modalities.isEmpty()) {
      throw new IllegalArgumentException("No modalities to write");
    }
    int features = modalities.stream().mapToInt(m -> m.varNames().size()).sum();
    AdditionCheck.requireSizes(shared, cells(modalities).size(), features);
  }

  /**
   * {@return cells of one modality, which has no name}
   *
   * @param counts cells x features
   * @param obsNames the name of each row, each once
   * @param varNames the name of each column
   * @param additions what the file has besides
   */
  public static NewCells ofOne(
      Counts counts, List<String> obsNames, List<String> varNames, List<Addition> additions) {
    NewModality only = new NewModality("", counts, obsNames, varNames, additions);
    return new NewCells(List.of(only), List.of());
  }

  /**
   * {@return the cells of all modalities, each once, as they first appear, with where each modality
   * has them}
   *
   * @param modalities the modalities
   * @throws IllegalArgumentException when two modalities have the same name
   */
  public static SharedCells cells(List<NewModality> modalities) {
    SequencedMap<String, List<String>> namesOf = new LinkedHashMap<>();
    for (NewModality modality : modalities) {
      if (namesOf.put(modality.name(), modality.obsNames()) != null) {
        throw new IllegalArgumentException("Two modalities named '%s'".formatted(modality.name()));
      }
    }
    return SharedCells.match(namesOf, List.of(), CellJoin.UNION, "the new file");
  }
}
