package org.regularizedvi.core.differential;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.cells.Column;

/**
 * Holds the result of comparing two groups in one modality: a row for each feature; the features
 * that differ most surely come first.
 *
 * @param modality the name of the modality, empty in a model of one
 * @param group1 the name of the first group
 * @param group2 the name of the second group, {@value #REST} for all other cells
 * @param features the name of each row's feature
 * @param columns numbers and truth values by the names that scvi-tools gives them, a value for each
 *     row
 */
public record ComparedGroups(
    String modality,
    String group1,
    String group2,
    List<String> features,
    SequencedMap<String, Column> columns) {
  /** The name of the second group when it is all other cells. */
  public static final String REST = "Rest";

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when a column has not one value for each feature
   */
  public ComparedGroups {
    features = List.copyOf(features);
    columns = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(columns));
    for (var entry : columns.entrySet()) {
      if (entry.getValue().size() != features.size()) {
        throw new IllegalArgumentException(
            "column %s has %d rows for %d features"
                .formatted(entry.getKey(), entry.getValue().size(), features.size()));
      }
    }
  }

  /** {@return the names of the groups, as they stand in a sentence} */
  public String comparison() {
    return group1 + " vs " + group2;
  }
}
