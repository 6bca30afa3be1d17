package org.regularizedvi.cells;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.regularizedvi.options.Option;

/**
 * Says how the features of a file are called.
 *
 * @param featureNames the column of var that names them; where none is given, the index does
 * @param featureNamesOf the column in single modalities, by their names, before that of all
 * @param stripVersions whether the versions of Ensembl ids are left out
 * @param makeVarNamesUnique whether names that repeat an earlier one are changed
 */
public record FeatureNames(
    @Option(
            help =
                "Column of var with the names of the features, such as gene_ids; of several"
                    + " modalities also MODALITY=COLUMN with commas between",
            label = "COLUMN",
            standard = "the index",
            byModality = true,
            python = Option.Python.NONE)
        Optional<String> featureNames,
    @Option(name = "feature_names", byModality = true, python = Option.Python.NONE)
        Map<String, String> featureNamesOf,
    @Option(
            help = "Leave out the versions of Ensembl ids: ENSG00000141510 for ENSG00000141510.18",
            python = Option.Python.NONE)
        boolean stripVersions,
    @Option(
            help =
                "Give names that repeat an earlier one -1, -2 and so on, as anndata's function of"
                    + " this name does",
            python = Option.Python.NONE)
        boolean makeVarNamesUnique) {
  /** Keeps copies, which nobody can change. */
  public FeatureNames {
    featureNamesOf = Collections.unmodifiableMap(new TreeMap<>(featureNamesOf));
  }

  /** {@return the names as the index of var has them} */
  public static FeatureNames index() {
    return new FeatureNames(Optional.empty(), Map.of(), false, false);
  }

  /**
   * {@return the column that names the features of a modality; empty for the index}
   *
   * @param modality the name of the modality
   */
  public Optional<String> column(String modality) {
    return Optional.ofNullable(featureNamesOf.get(modality)).or(() -> featureNames);
  }

  /** {@return the same names, but from the index instead of a column} */
  public FeatureNames byIndex() {
    return new FeatureNames(Optional.empty(), Map.of(), stripVersions, makeVarNamesUnique);
  }
}
