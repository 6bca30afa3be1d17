package org.regularizedvi.core.differential;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.cells.Column;

/**
 * Two groups compared in one modality: a row a feature, those that differ most surely first.
 *
 * @param modality empty in a model of one
 * @param group2 {@value #REST} for all other cells
 * @param columns numbers and truth values by the names that scvi-tools gives them
 */
public record ComparedGroups(
    String modality,
    String group1,
    String group2,
    List<String> features,
    SequencedMap<String, Column> columns) {
  public static final String REST = "Rest";

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

  /** The groups' names in a sentence. */
  public String comparison() {
    return group1 + " vs " + group2;
  }
}
