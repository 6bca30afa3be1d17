package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.keys.CellGroups;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.DecoderConfig;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.differential.ComparedGroups;
import org.regularizedvi.core.differential.Contrast;
import org.regularizedvi.core.differential.DifferentialMode;
import org.regularizedvi.core.differential.DifferentialTable;
import org.regularizedvi.core.differential.GroupChoice;
import org.regularizedvi.core.differential.PickedCells;
import org.regularizedvi.core.differential.SampleChoice;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.core.result.DifferentialPlan;
import org.regularizedvi.core.result.Expression;
import org.regularizedvi.core.result.ExpressionPlan;
import org.regularizedvi.core.result.FeatureValues;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.input.InputException;

/** Which samples are compared: against expression of the same draws, and means over the cells. */
final class DifferentialExpressionTest {
  private static final DifferentialMode VANILLA = new DifferentialMode.Vanilla();
  private static final DifferentialMode CHANGE = DifferentialMode.Change.defaults();
  private static final long SEED = 11;

  @TempDir static Path dir;
  private static SavedSmallModel small;

  @BeforeAll
  static void train() {
    small = SavedSmallModel.in(dir);
  }

  @AfterAll
  static void close() {
    small.close();
  }

  private static CellSource source() {
    return Formats.open(small.cells());
  }

  private static GroupChoice groups(String column, String first, String second) {
    return new GroupChoice(column, Optional.of(List.of(first)), Optional.of(second));
  }

  private static SampleChoice samples(int samples) {
    return new SampleChoice(
        samples, OptionalInt.empty(), false, new LinkedHashMap<>(), Optional.empty(), SEED);
  }

  private static SampleChoice corrected(int samples, Map<String, List<String>> transform) {
    return new SampleChoice(
        samples, OptionalInt.empty(), true, new LinkedHashMap<>(transform), Optional.empty(), SEED);
  }

  private static DifferentialTable table(
      GroupChoice groups, DifferentialMode mode, SampleChoice samples) {
    try (CellSource source = source()) {
      return small
          .model()
          .differentialExpression(source, new DifferentialPlan(groups, mode, samples));
    }
  }

  private static ComparedGroups compare(
      GroupChoice groups, DifferentialMode mode, SampleChoice samples) {
    return table(groups, mode, samples).comparisons().getFirst();
  }

  /** A column by the model's order of features. */
  private static double[] column(ComparedGroups found, String name) {
    double[] values = ((Column.Numbers) found.columns().get(name)).values();
    double[] inOrder = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      inOrder[Integer.parseInt(found.features().get(i).substring(1))] = values[i];
    }
    return inOrder;
  }

  /** Expression of all features, cells x features: of one draw, or the mean of many. */
  private static float[] expression(int draws, Map<String, List<String>> transform) {
    SequencedMap<String, List<String>> to = new LinkedHashMap<>(transform);
    ExpressionPlan plan =
        new ExpressionPlan(
            OptionalDouble.of(1),
            draws,
            to,
            Optional.of(small.model().features("")),
            OptionalDouble.empty(),
            SEED,
            dir.resolve("none.h5ad"));
    try (CellSource source = source();
        Expression found = small.model().express(source, plan)) {
      return ((FeatureValues.Some) found.modalities().getFirst().values()).matrix().values();
    }
  }

  private static int picked(Contrast contrast, int combinations, SampleChoice choice) {
    PickedCells.From from = new PickedCells.From("", "", _ -> true, Optional.empty());
    return PickedCells.of(contrast, from, choice, combinations, 0).first()[0];
  }

  private static Contrast batches() {
    try (AnnDataFile file = AnnDataFile.open(small.cells())) {
      return new Contrast(CellGroups.of(file, "batch"), 0, OptionalInt.of(1));
    }
  }

  /** The only sample of a group is the first draw of the cell that was picked. */
  @Test
  void aSampleIsADrawOfAPickedCell() {
    for (Map<String, List<String>> to :
        List.of(Map.<String, List<String>>of(), Map.of("donor", List.of("d1")))) {
      SampleChoice choice = to.isEmpty() ? samples(1) : corrected(1, to);
      double[] scale1 = column(compare(groups("batch", "b0", "b1"), VANILLA, choice), "scale1");
      int cell = picked(batches(), 1, choice);
      assertThat(cell % 3).isZero();
      float[] all = expression(1, to);
      for (int g = 0; g < TestCells.GENES; g++) {
        double own = all[cell * TestCells.GENES + g];
        assertThat(scale1[g]).isCloseTo(own, within(1e-5 * own));
      }
    }
  }

  @Test
  void meansOfManySamplesAreMeansOverTheCells() {
    assertMeans(samples(3000), Map.of());
    // All categories of the decoder's key, equally many samples of each.
    assertMeans(corrected(3000, Map.of()), Map.of("donor", List.of("d0", "d1")));
  }

  private static void assertMeans(SampleChoice choice, Map<String, List<String>> to) {
    ComparedGroups found = compare(groups("donor", "d0", "d1"), VANILLA, choice);
    float[] all = expression(60, to);
    for (int side = 0; side < 2; side++) {
      double[] scale = column(found, "scale" + (side + 1));
      double off = 0;
      for (int g = 0; g < scale.length; g++) {
        double mean = 0;
        for (int n = side; n < SavedSmallModel.CELLS; n += 2) {
          mean += all[n * scale.length + g] / (SavedSmallModel.CELLS / 2);
        }
        off += Math.abs(scale[g] / mean - 1) / scale.length;
      }
      assertThat(off).isLessThan(0.02);
    }
  }

  @Test
  void countsAreThoseOfTheCellsAndTheRestIsAllOthers() {
    GroupChoice all = new GroupChoice("batch", Optional.empty(), Optional.empty());
    DifferentialTable table = table(all, CHANGE, samples(20));
    assertThat(table.comparisons())
        .extracting(own -> own.group1() + " " + own.group2())
        .containsExactly("b0 Rest", "b1 Rest", "b2 Rest");
    ComparedGroups second = table.comparisons().get(1);
    double[] mean1 = column(second, "raw_mean1");
    double[] mean2 = column(second, "raw_mean2");
    double[] shares2 = column(second, "non_zeros_proportion2");
    double[] sum = new double[TestCells.GENES];
    double[] others = new double[TestCells.GENES];
    double[] nonzero = new double[TestCells.GENES];
    for (int n = 0; n < SavedSmallModel.CELLS; n++) {
      for (int i = small.counts().indptr()[n]; i < small.counts().indptr()[n + 1]; i++) {
        int g = small.counts().indices()[i];
        (n % 3 == 1 ? sum : others)[g] += small.counts().values()[i];
        nonzero[g] += n % 3 == 1 ? 0 : 1;
      }
    }
    for (int g = 0; g < sum.length; g++) {
      assertThat(mean1[g]).isCloseTo(sum[g] / 30, within(1e-9));
      assertThat(mean2[g]).isCloseTo(others[g] / 60, within(1e-9));
      assertThat(shares2[g]).isCloseTo(nonzero[g] / 60, within(1e-9));
    }
    // A comparison does not depend on which others are asked for.
    GroupChoice one = new GroupChoice("batch", Optional.of(List.of("b1")), Optional.of("rest"));
    assertThat(new DifferentialTable(List.of(second)).rows().toList())
        .isEqualTo(table(one, CHANGE, samples(20)).rows().toList());
  }

  @Test
  void balancedGroupsHaveEquallyManySamplesOfEachCategory() {
    // By donor and batch there are six kinds of cells, 15 of each.
    try (AnnDataFile file = AnnDataFile.open(small.cells())) {
      CellGroups donor = CellGroups.of(file, "donor");
      PickedCells.From from =
          new PickedCells.From("", "", cell -> cell % 6 != 0, Optional.of(donor));
      PickedCells picked = PickedCells.of(batches(), from, samples(101), 2, 0);
      assertThat(picked.samples()).isEqualTo(100);
      assertThat(Arrays.stream(picked.first())).allMatch(cell -> cell % 3 == 0 && cell % 2 == 1);
    }
  }

  @Test
  void softmaxScalesSumToOne() {
    CellData data = TestCells.of(30, CovariateKeys.batch("batch").withNnConditioning("donor"));
    GenerativeConfig with = TestCells.smallModel().generative();
    GenerativeConfig softmax =
        new GenerativeConfig(
            with.dispersion(),
            with.latentDistribution(),
            ScaleActivation.SOFTMAX,
            with.useAdditiveBackground(),
            with.useFeatureScaling(),
            with.useBatchInDecoder(),
            DecoderConfig.defaults());
    try (CellSource source = source();
        AmbientRegularizedSCVI model =
            AmbientRegularizedSCVI.setup(data, TestCells.smallModel().with(softmax), 1, _ -> {})) {
      DifferentialPlan plan =
          new DifferentialPlan(groups("batch", "b0", "b1"), VANILLA, samples(200));
      ComparedGroups found = model.differentialExpression(source, plan).comparisons().getFirst();
      assertThat(Arrays.stream(column(found, "scale1")).sum()).isCloseTo(1, within(1e-5));
      assertThat(Arrays.stream(column(found, "scale2")).sum()).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void bitsDoNotDependOnThreads() {
    SampleChoice drawnPairs =
        new SampleChoice(
            300, OptionalInt.of(500), true, new LinkedHashMap<>(), Optional.of("donor"), SEED);
    GroupChoice groups = new GroupChoice("batch", Optional.empty(), Optional.empty());
    int before = Processor.threads();
    try {
      Processor.setThreads(1);
      List<List<String>> one = table(groups, CHANGE, drawnPairs).rows().toList();
      Processor.setThreads(3);
      assertThat(table(groups, CHANGE, drawnPairs).rows().toList()).isEqualTo(one);
    } finally {
      Processor.setThreads(before);
    }
  }

  @Test
  void whatCannotBeComparedSaysWhy() {
    assertMistake(
        groups("batch", "b0", "b9"),
        samples(5),
        "cells.h5ad: obs['batch'] has no group 'b9'; the nearest are 'b0', 'b1', 'b2'; all are [b0, b1, b2].");
    assertMistake(
        groups("batch", "b0", "b1"),
        corrected(1, Map.of()),
        "n_samples_overall must be at least 2, one for each combination of the categories of batch_correction and balance_by, but is 1.");
    assertMistake(
        groups("donor", "d0", "d1"),
        new SampleChoice(
            50, OptionalInt.empty(), false, new LinkedHashMap<>(), Optional.of("donor"), SEED),
        "cells.h5ad: balance_by needs a category of obs['donor'] with cells of both 'd0' and 'd1'; there is none.");
    assertThatThrownBy(() -> groups("batch", "b0", "b0"))
        .isInstanceOf(InputException.class)
        .hasMessage("group1 and group2 are both 'b0'; expected two different groups of 'batch'.");
  }

  private static void assertMistake(GroupChoice groups, SampleChoice samples, String message) {
    assertThatThrownBy(() -> table(groups, CHANGE, samples))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }
}
