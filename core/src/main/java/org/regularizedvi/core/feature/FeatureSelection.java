package org.regularizedvi.core.feature;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.FeatureChoice;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.GeneFilter;
import org.regularizedvi.input.InputException;

/** Finds the features of a modality that a model is trained on. */
public final class FeatureSelection {
  private FeatureSelection() {}

  /**
   * Finds the features that are chosen, going through the counts once where features must be common
   * enough and twice where the most variable are wanted.
   *
   * @param source the file
   * @param modality the name of the modality
   * @param choice what was chosen
   * @param groupOf the group of each cell, in which variable features are ranked
   * @return the columns of the features, ascending; empty when nothing was chosen, for all
   * @throws InputException when a column, file or feature is missing, or no feature is left
   */
  public static Optional<int[]> columns(
      CellSource source, String modality, FeatureChoice choice, int[] groupOf) {
    FeatureChoice own = choice.of(modality);
    return own.equals(FeatureChoice.all())
        ? Optional.empty()
        : Optional.of(columns(own, new GroupedCounts(source, modality, groupOf)));
  }

  /**
   * Finds features that are named.
   *
   * @param option what the message begins with that says what is wrong
   * @param source the file
   * @param modality the name of the modality
   * @param text a column of var that marks them, or a text file with a name a line
   * @return the columns of the features, ascending; none where the file names those of other
   *     modalities
   * @throws InputException when there is neither, or a name is that of no feature
   */
  public static int[] named(String option, CellSource source, String modality, String text) {
    return NamedChoice.columns(option, text, source.features(modality), known(source));
  }

  private static int[] columns(FeatureChoice choice, GroupedCounts counts) {
    FeatureTable table = counts.source().features(counts.modality());
    int[] named =
        choice
            .features()
            .map(text -> NamedChoice.columns("features", text, table, known(counts.source())))
            .orElseGet(() -> IntStream.range(0, table.varNames().size()).toArray());
    requireSome(named, "features", table);
    Optional<GeneFilter> filter = choice.cutoffs().filter();
    if (choice.minCells().isEmpty() && filter.isEmpty() && choice.nTopGenes().isEmpty()) {
      return named;
    }
    List<FeatureMoments> moments = counts.moments();
    int least = choice.minCells().orElse(0);
    int[] common =
        Arrays.stream(named)
            .filter(g -> moments.stream().mapToInt(own -> own.counted(g)).sum() >= least)
            .toArray();
    requireSome(common, "min_cells", table);
    if (filter.isPresent()) {
      common = Arrays.stream(common).filter(g -> takes(filter.get(), moments, g)).toArray();
      requireSome(common, "cell_count_cutoff", table);
    }
    int most = choice.nTopGenes().orElse(common.length);
    return most < common.length ? VariableFeatures.first(counts, moments, common, most) : common;
  }

  private static boolean takes(GeneFilter filter, List<FeatureMoments> moments, int feature) {
    int found = 0;
    int all = 0;
    double sum = 0;
    for (FeatureMoments group : moments) {
      found += group.counted(feature);
      all += group.cells();
      sum += group.sum(feature);
    }
    return filter.takes(found, sum, all);
  }

  private static Set<String> known(CellSource source) {
    Set<String> known = new HashSet<>();
    source.modalities().forEach(name -> known.addAll(source.features(name).varNames()));
    return known;
  }

  private static void requireSome(int[] columns, String option, FeatureTable table) {
    if (columns.length == 0) {
      throw new InputException(
          "%s leaves no feature of %s; expected at least one.".formatted(option, table.source()));
    }
  }
}
