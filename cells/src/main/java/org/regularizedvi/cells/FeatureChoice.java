package org.regularizedvi.cells;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.regularizedvi.options.Option;

/**
 * Says which features of a file a model is trained on.
 *
 * @param features a column of var that marks them, or a file with their names; all where there is
 *     none
 * @param featuresOf the same for single modalities, by their names, before that of all
 * @param minCells the least number of cells that a feature has counts in
 * @param minCellsOf the same for single modalities, by their names, before that of all
 * @param cutoffs how rare and weak features may be
 * @param nTopGenes the number of the most variable features that are taken, of those that are left
 * @param nTopGenesOf the same for single modalities, by their names, before that of all
 */
public record FeatureChoice(
    @Option(
            help =
                "Train on some features: a column of var that marks them, such as highly_variable,"
                    + " or a text file with a name a line; of several modalities also MODALITY=...",
            label = "COLUMN|FILE",
            standard = "all",
            byModality = true,
            python = Option.Python.NONE)
        Optional<String> features,
    @Option(name = "features", byModality = true, python = Option.Python.NONE)
        Map<String, String> featuresOf,
    @Option(
            help = "Leave out features that fewer cells have counts of",
            byModality = true,
            python = Option.Python.NONE)
        OptionalInt minCells,
    @Option(name = "min_cells", byModality = true, python = Option.Python.NONE)
        Map<String, Integer> minCellsOf,
    GeneCutoffs cutoffs,
    @Option(
            help =
                "Train on the N features that vary most, ranked in each group of the batch or library"
                    + " size key as scanpy's flavour seurat_v3 does",
            standard = "all",
            byModality = true,
            python = Option.Python.NONE)
        OptionalInt nTopGenes,
    @Option(name = "n_top_genes", byModality = true, python = Option.Python.NONE)
        Map<String, Integer> nTopGenesOf) {
  /**
   * Checks the numbers.
   *
   * @throws org.regularizedvi.input.InputException when one is below 1
   */
  public FeatureChoice {
    featuresOf = Collections.unmodifiableMap(new TreeMap<>(featuresOf));
    minCellsOf = Collections.unmodifiableMap(new TreeMap<>(minCellsOf));
    nTopGenesOf = Collections.unmodifiableMap(new TreeMap<>(nTopGenesOf));
    NumberByModality.require("min_cells", 1, minCells, minCellsOf);
    NumberByModality.require("n_top_genes", 1, nTopGenes, nTopGenesOf);
  }

  /** {@return all features} */
  public static FeatureChoice all() {
    return new FeatureChoice(
        Optional.empty(),
        Map.of(),
        OptionalInt.empty(),
        Map.of(),
        GeneCutoffs.none(),
        OptionalInt.empty(),
        Map.of());
  }

  /**
   * {@return the choice for one modality, for which it says what it says for all}
   *
   * @param modality the name of the modality
   */
  public FeatureChoice of(String modality) {
    return new FeatureChoice(
        Optional.ofNullable(featuresOf.get(modality)).or(() -> features),
        Map.of(),
        NumberByModality.of(minCells, minCellsOf, modality),
        Map.of(),
        cutoffs.of(modality),
        NumberByModality.of(nTopGenes, nTopGenesOf, modality),
        Map.of());
  }
}
