package org.regularizedvi.cli.options;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.regularizedvi.core.differential.DifferentialMode;
import org.regularizedvi.core.differential.GroupChoice;
import org.regularizedvi.core.differential.SampleChoice;
import org.regularizedvi.core.result.DifferentialPlan;
import org.regularizedvi.input.InputException;
import picocli.CommandLine.Option;

/** Holds the options that say which groups are compared, and how. */
public final class DifferentialOptions {
  /** Names the modes. */
  enum Mode {
    VANILLA,
    CHANGE
  }

  @Option(
      names = "--groupby",
      paramLabel = "COLUMN",
      required = true,
      description = "Column of obs with each cell's group.")
  private String groupby;

  @Option(
      names = "--group1",
      paramLabel = "A,B|@FILE",
      description =
          "Groups that are compared, one after another; @FILE has one a line (default: every group"
              + " of the column).")
  private Optional<NameList> group1 = Optional.empty();

  @Option(
      names = "--group2",
      paramLabel = "C|rest",
      description =
          "The group that they are compared with, or rest for all other cells (default: rest).")
  private Optional<String> group2 = Optional.empty();

  @Option(
      names = "--mode",
      paramLabel = "HOW",
      description =
          "change: does expression differ by more than --delta; vanilla: is it higher in the first"
              + " group (default: change).")
  private Mode mode = Mode.CHANGE;

  @Option(
      names = "--delta",
      paramLabel = "X",
      description = "Smallest log2 fold change that counts as a change (default: 0.25).")
  private Optional<Double> delta = Optional.empty();

  @Option(
      names = "--pseudocounts",
      paramLabel = "X",
      description =
          "Added to expression before its log is taken (default: estimated from the features"
              + " without counts).")
  private Optional<Double> pseudocounts = Optional.empty();

  @Option(
      names = "--fdr-target",
      paramLabel = "X",
      description =
          "Share of false discoveries that is expected among the features called (default: 0.05).")
  private Optional<Double> fdrTarget = Optional.empty();

  @Option(
      names = "--n-samples-overall",
      paramLabel = "N",
      description = "Posterior samples of each group (default: ${DEFAULT-VALUE}).")
  private int samples = SampleChoice.SAMPLES;

  @Option(
      names = "--m-permutation",
      paramLabel = "N",
      description =
          "Compare so many pairs of samples drawn at random (default: the samples in their order).")
  private Optional<Integer> permutation = Optional.empty();

  @Option(
      names = "--batch-correction",
      description =
          "Decode both groups as of the same categories: equally many samples of each category of"
              + " the keys that the decoder is conditioned on.")
  private boolean batchCorrection;

  @Option(
      names = "--transform-batch",
      paramLabel = "KEY=CATEGORY",
      description = "With --batch-correction: only as of these categories, with commas between.")
  private KeyCategories transform = KeyCategories.none();

  @Option(
      names = "--balance-by",
      paramLabel = "COLUMN",
      description =
          "Compare cells of the same category of this column of obs, equally many of each category"
              + " that both groups have.")
  private Optional<String> balanceBy = Optional.empty();

  /**
   * {@return which groups are compared, by which question and samples}
   *
   * @param seed makes the posterior draws and picks the cells
   * @throws InputException when a number is out of range, or an option does not belong to the mode
   */
  public DifferentialPlan toPlan(long seed) {
    SampleChoice choice =
        new SampleChoice(
            samples,
            permutation.map(OptionalInt::of).orElse(OptionalInt.empty()),
            batchCorrection,
            transform.byKey(),
            balanceBy,
            seed);
    Optional<List<String>> first = group1.map(NameList::names);
    return new DifferentialPlan(new GroupChoice(groupby, first, group2), toMode(), choice);
  }

  private DifferentialMode toMode() {
    return switch (mode) {
      case CHANGE ->
          new DifferentialMode.Change(
              delta.orElse(DifferentialMode.Change.DELTA),
              pseudocounts.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
              fdrTarget.orElse(DifferentialMode.Change.FDR_TARGET));
      case VANILLA -> {
        requireAbsent("delta", delta);
        requireAbsent("pseudocounts", pseudocounts);
        requireAbsent("fdr_target", fdrTarget);
        yield new DifferentialMode.Vanilla();
      }
    };
  }

  private static void requireAbsent(String option, Optional<Double> value) {
    if (value.isPresent()) {
      throw new InputException(
          "%s is about the size of a change, which mode vanilla does not look at; leave it out or take mode change."
              .formatted(option));
    }
  }
}
