package org.regularizedvi.cells;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.regularizedvi.options.Option;

/**
 * Says which features are found often enough, or strongly enough where they are found, as {@code
 * filter_genes} of cell2location does. Features of a modality are filtered where one of the cutoffs
 * is given; the others then have their defaults.
 *
 * @param cellCountCutoff of how many cells a feature must have counts in more
 * @param cellCountCutoffOf the same for single modalities, by their names, before that of all
 * @param cellPercentageCutoff2 the share of cells: a feature with counts in more is taken, whatever
 *     its mean
 * @param cellPercentageCutoff2Of the same for single modalities
 * @param nonzMeanCutoff what the mean over the cells with a count must exceed in a feature with
 *     counts in fewer
 * @param nonzMeanCutoffOf the same for single modalities
 */
public record GeneCutoffs(
    @Option(
            help =
                "Leave out features that are rare or weak: those with counts in N cells or fewer, and"
                    + " those below both cutoffs that follow",
            standard = "15 where one of these three is given",
            byModality = true,
            python = Option.Python.NONE)
        OptionalInt cellCountCutoff,
    @Option(name = "cell_count_cutoff", byModality = true, python = Option.Python.NONE)
        Map<String, Integer> cellCountCutoffOf,
    @Option(
            help =
                "Take features with counts in more than this share of cells, whatever their mean",
            standard = "0.05 where one of these three is given",
            byModality = true,
            python = Option.Python.NONE)
        OptionalDouble cellPercentageCutoff2,
    @Option(name = "cell_percentage_cutoff2", byModality = true, python = Option.Python.NONE)
        Map<String, Double> cellPercentageCutoff2Of,
    @Option(
            help = "Take rarer features whose mean over the cells with a count is above this",
            standard = "1.12 where one of these three is given",
            byModality = true,
            python = Option.Python.NONE)
        OptionalDouble nonzMeanCutoff,
    @Option(name = "nonz_mean_cutoff", byModality = true, python = Option.Python.NONE)
        Map<String, Double> nonzMeanCutoffOf) {
  private static final int CELL_COUNT = 15;
  private static final double CELL_SHARE = 0.05;
  private static final double NONZERO_MEAN = 1.12;

  /**
   * Checks the numbers and keeps copies, which nobody can change.
   *
   * @throws org.regularizedvi.input.InputException when a number is below 0, or a share above 1
   */
  public GeneCutoffs {
    cellCountCutoffOf = Collections.unmodifiableMap(new TreeMap<>(cellCountCutoffOf));
    cellPercentageCutoff2Of = Collections.unmodifiableMap(new TreeMap<>(cellPercentageCutoff2Of));
    nonzMeanCutoffOf = Collections.unmodifiableMap(new TreeMap<>(nonzMeanCutoffOf));
    NumberByModality.require("cell_count_cutoff", 0, cellCountCutoff, cellCountCutoffOf);
    NumberByModality.requireIn(
        "cell_percentage_cutoff2", 1, cellPercentageCutoff2, cellPercentageCutoff2Of);
    NumberByModality.requireIn(
        "nonz_mean_cutoff", Double.MAX_VALUE, nonzMeanCutoff, nonzMeanCutoffOf);
  }

  /** {@return no cutoff: nothing is filtered} */
  public static GeneCutoffs none() {
    return new GeneCutoffs(
        OptionalInt.empty(),
        Map.of(),
        OptionalDouble.empty(),
        Map.of(),
        OptionalDouble.empty(),
        Map.of());
  }

  /**
   * {@return the cutoffs of one modality, for which they say what they say for all}
   *
   * @param modality the name of the modality
   */
  public GeneCutoffs of(String modality) {
    return new GeneCutoffs(
        NumberByModality.of(cellCountCutoff, cellCountCutoffOf, modality),
        Map.of(),
        NumberByModality.of(cellPercentageCutoff2, cellPercentageCutoff2Of, modality),
        Map.of(),
        NumberByModality.of(nonzMeanCutoff, nonzMeanCutoffOf, modality),
        Map.of());
  }

  /** {@return the filter that is said for every modality; empty where no cutoff is given} */
  public Optional<GeneFilter> filter() {
    boolean none =
        cellCountCutoff.isEmpty() && cellPercentageCutoff2.isEmpty() && nonzMeanCutoff.isEmpty();
    return none
        ? Optional.empty()
        : Optional.of(
            new GeneFilter(
                cellCountCutoff.orElse(CELL_COUNT),
                cellPercentageCutoff2.orElse(CELL_SHARE),
                nonzMeanCutoff.orElse(NONZERO_MEAN)));
  }
}
