package org.regularizedvi.core.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.input.InputException;

final class LibraryPriorsTest {
  private static final CategoryMapping WELLS = new CategoryMapping("well", List.of("A", "B"));
  private static final double[] TOTALS = {10, 20, 40, 100, 400};
  private static final int[] GROUPS = {0, 0, 0, 1, 1};

  @Test
  void takesMeanAndPopulationVarianceOfLogTotals() {
    LibraryPrior prior = prior(OptionalDouble.empty());
    double meanA = Math.log(20);
    double varianceA = 2 * Math.pow(Math.log(2), 2) / 3;
    assertThat(prior.logMeans()[0]).isCloseTo((float) meanA, within(1e-6f));
    assertThat(prior.logVars()[0]).isCloseTo((float) (0.5 * varianceA), within(1e-6f));
    assertThat(prior.logMeans()[1]).isCloseTo((float) Math.log(200), within(1e-6f));
  }

  @Test
  void centresTheMeanOfAllMeansAtTheSensitivity() {
    LibraryPrior prior = prior(OptionalDouble.of(0.5));
    assertThat((prior.logMeans()[0] + prior.logMeans()[1]) / 2)
        .isCloseTo((float) Math.log(0.5), within(1e-6f));
    assertThat(prior.logMeans()[1] - prior.logMeans()[0])
        .isCloseTo((float) Math.log(10), within(1e-6f));
  }

  @Test
  void countsAnEmptyCellAsZeroAndSaysSo() {
    List<String> warnings = new ArrayList<>();
    LibraryPrior prior =
        LibraryPrior.of(
            new double[] {0, Math.E, 5, 6},
            new int[] {0, 0, 1, 1},
            WELLS,
            PriorConfig.recommended().withCentering(OptionalDouble.empty()),
            warnings::add);
    assertThat(prior.logMeans()[0]).isCloseTo(0.5f, within(1e-6f));
    assertThat(warnings).singleElement().asString().contains("1 of 4 cells has no counts");
  }

  @Test
  void refusesAGroupOfOneCell() {
    assertThatThrownBy(
            () ->
                LibraryPrior.of(
                    new double[] {5, 6, 7},
                    new int[] {0, 0, 1},
                    WELLS,
                    PriorConfig.recommended(),
                    _ -> {}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'B' has a single cell");
  }

  /** A new group lies where it would if its cells had been there, but moves no other. */
  @Test
  void newGroupsAreCentredAsTheKnownOnesWere() {
    LibraryPrior known = prior(OptionalDouble.of(0.5));
    LibraryPrior extended =
        known.extended(
            new double[] {50, 200},
            new int[] {3, 3},
            new CategoryMapping("well", List.of("A", "B", "empty", "C")),
            PriorConfig.recommended(),
            _ -> {});
    assertThat(Arrays.copyOf(extended.logMeans(), 2)).isEqualTo(known.logMeans());
    assertThat(Arrays.copyOf(extended.logVars(), 2)).isEqualTo(known.logVars());
    // A's mean is log 20, C's log 100.
    assertThat(extended.logMeans()[3] - known.logMeans()[0])
        .isCloseTo((float) Math.log(5), within(1e-6f));
    assertThat(extended.logVars()[3])
        .isCloseTo((float) (0.5 * Math.pow(Math.log(2), 2)), within(1e-6f));
    assertThat(extended.logMeans()[2]).isCloseTo((float) Math.log(0.5), within(1e-6f));
    assertThat(extended.globalLogMean()).isEqualTo(known.globalLogMean());
  }

  private static LibraryPrior prior(OptionalDouble sensitivity) {
    return LibraryPrior.of(
        TOTALS, GROUPS, WELLS, PriorConfig.recommended().withCentering(sensitivity), _ -> {});
  }
}
