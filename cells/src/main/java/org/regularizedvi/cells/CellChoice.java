package org.regularizedvi.cells;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.regularizedvi.options.Option;

/**
 * Says which cells of a file are taken.
 *
 * @param minCounts the least total count of a cell, in each modality that it has
 * @param minCountsOf the same for single modalities, by their names, before that of all
 * @param maxCounts the largest total count of a cell, in each modality that it has
 * @param maxCountsOf the same for single modalities, by their names, before that of all
 * @param cellsWhere conditions {@code column=value} or {@code column!=value} on columns of obs:
 *     several values that one column is to have are alternatives, all else must hold
 */
public record CellChoice(
    @Option(
            help = "Leave out cells with fewer counts in a modality that they have",
            byModality = true,
            python = Option.Python.NONE)
        OptionalInt minCounts,
    @Option(name = "min_counts", byModality = true, python = Option.Python.NONE)
        Map<String, Integer> minCountsOf,
    @Option(
            help = "Leave out cells with more counts in a modality",
            byModality = true,
            python = Option.Python.NONE)
        OptionalInt maxCounts,
    @Option(name = "max_counts", byModality = true, python = Option.Python.NONE)
        Map<String, Integer> maxCountsOf,
    @Option(
            help =
                "Take cells by a column of obs, COLUMN=VALUE or COLUMN!=VALUE; may be given several"
                    + " times: values of one column are alternatives, all else must hold",
            label = "CONDITION,..",
            repeatable = true,
            python = Option.Python.NONE)
        List<String> cellsWhere) {
  /**
   * Checks the numbers and keeps copies, which nobody can change.
   *
   * @throws org.regularizedvi.input.InputException when a number is below 0
   */
  public CellChoice {
    minCountsOf = Collections.unmodifiableMap(new TreeMap<>(minCountsOf));
    maxCountsOf = Collections.unmodifiableMap(new TreeMap<>(maxCountsOf));
    cellsWhere = List.copyOf(cellsWhere);
    NumberByModality.require("min_counts", 0, minCounts, minCountsOf);
    NumberByModality.require("max_counts", 0, maxCounts, maxCountsOf);
  }

  /** {@return all cells} */
  public static CellChoice all() {
    return new CellChoice(OptionalInt.empty(), Map.of(), OptionalInt.empty(), Map.of(), List.of());
  }

  /**
   * {@return the least total count of a cell that has a modality; empty for any}
   *
   * @param modality the name of the modality
   */
  public OptionalInt least(String modality) {
    return NumberByModality.of(minCounts, minCountsOf, modality);
  }

  /**
   * {@return the largest total count of a cell in a modality; empty for any}
   *
   * @param modality the name of the modality
   */
  public OptionalInt most(String modality) {
    return NumberByModality.of(maxCounts, maxCountsOf, modality);
  }
}
