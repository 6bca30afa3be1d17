package org.regularizedvi.core.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.regularizedvi.cells.FeatureNames;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.view.EnsemblIds;
import org.regularizedvi.cells.view.NamedFeatures;
import org.regularizedvi.core.config.MissingFeatures;
import org.regularizedvi.input.Amount;

/**
 * Shows a file's features as a trained model knows them.
 *
 * @param modality the name of the modality
 * @param features the names of the model's features
 */
public record QueryFeatures(String modality, List<String> features) {
  /** The share of a model's features that a file may lack without a warning. */
  private static final double LACKING = 0.2;

  /**
   * {@return the table under the names that the model has}
   *
   * @param table the file's features of the modality
   * @param names how they are called
   * @throws org.regularizedvi.input.InputException when there is no such column
   */
  public FeatureTable named(FeatureTable table, FeatureNames names) {
    FeatureTable named = NamedFeatures.of(table, modality, names);
    return names.stripVersions() ? inSpelling(named) : named;
  }

  /** Names features as the model does where the names differ in the versions of Ensembl ids. */
  private FeatureTable inSpelling(FeatureTable table) {
    Map<String, String> spelling = new HashMap<>();
    features.forEach(name -> spelling.put(EnsemblIds.withoutVersion(name), name));
    return new NamedFeatures(
        table,
        table.varNames().stream().map(name -> spelling.getOrDefault(name, name)).toList(),
        List.of());
  }

  /**
   * {@return the table with what it lacks taken as zero, where that may be}
   *
   * @param table the features under the names that the model has
   * @param missing what becomes of those that are missing
   * @param say is told, in a sentence each, what is taken as zero or ignored
   */
  public FeatureTable filled(FeatureTable table, MissingFeatures missing, Consumer<String> say) {
    AbsentFeatures absent = new AbsentFeatures(table, features);
    List<String> lacking = absent.names();
    int found = features.size() - lacking.size();
    if (table.varNames().size() > found) {
      say.accept(
          "%s has %s"
              .formatted(
                  table.source(),
                  Amount.of(
                      table.varNames().size() - found,
                      "feature that the model does not know; it is ignored",
                      "features that the model does not know; they are ignored")));
    }
    if (missing == MissingFeatures.ERROR || lacking.isEmpty() || found == 0) {
      return table;
    }
    say.accept(
        "%s%s; %s taken as zero in every cell"
            .formatted(
                lacking.size() > LACKING * features.size() ? "warning: " : "",
                absent.words(),
                Amount.word(lacking.size(), "it is", "they are")));
    return new NamedFeatures(table, table.varNames(), lacking);
  }
}
