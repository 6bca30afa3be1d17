package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.InputFacts;
import org.regularizedvi.core.data.SetupChecks;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.InputException;

/** What is said of an input before any work. */
final class InputChecksTest {
  private static final List<String> CELLS = List.of("c0", "c1", "c2", "c3");

  @TempDir private Path folder;

  /** Four cells x three genes: the third cell and the last gene have no counts. */
  private static Counts counts(float first, float last) {
    return CountsInMemory.of(
        new SparseRows(
            3, new int[] {0, 2, 3, 3, 4}, new int[] {0, 1, 1, 0}, new float[] {first, 2, 3, last}));
  }

  private CellSource file(Counts counts, List<String> genes, Column batch) {
    Path path = folder.resolve("cells.h5ad");
    Formats.write(
        path,
        NewCells.ofOne(counts, CELLS, genes, List.of(new Addition.ObsColumn("batch", batch))),
        IfExists.REFUSE);
    return Formats.open(path);
  }

  @Test
  void allProblemsAreToldAtOnce() {
    Column batch = new Column.Text(new String[] {"a", null, "b", "a"});
    CovariateKeys keys = CovariateKeys.batch("batch").withNnConditioning("donor");
    try (CellSource cells = file(counts(-1, 0.5f), List.of("g", "h", "g"), batch)) {
      String path = folder.resolve("cells.h5ad").toString();
      assertThatThrownBy(() -> CellData.read(cells, keys))
          .isInstanceOf(InputException.class)
          .extracting(e -> ((InputException) e).problems())
          .isEqualTo(
              List.of(
                  "cells.h5ad: obs['batch'] must have a value for every cell, but 1 of 4 have none, the first is cell 'c1'.",
                  path + " has no column 'donor' in obs; the nearest are 'batch'; all are [batch].",
                  "The gene name 'g' in "
                      + path
                      + " is used twice, for genes 0 and 2 (counted from 0); --make-var-names-unique gives the later ones -1, -2 and so on.",
                  "'X' in "
                      + path
                      + " has the value -1.0 in cell 'c0', gene 'g'; expected counts of zero or more.",
                  "'X' in "
                      + path
                      + " has the value 0.5 in cell 'c3', gene 'g'; expected whole counts. X may hold normalised data: choose where the raw counts are (for example --layer counts), or take the values as they are with --allow-non-integer."));
    }
  }

  @Test
  void valuesOfAKindAreCounted() {
    Column batch = new Column.Text(new String[] {"a", "a", "b", "a"});
    try (CellSource cells = file(counts(-1, -2), List.of("g", "h", "i"), batch)) {
      assertThatThrownBy(() -> CellData.read(cells, CovariateKeys.batch("batch")))
          .hasMessageEndingWith(
              "has the value -1.0 in cell 'c0', gene 'g' (the first of 2 such values); expected counts of zero or more.");
    }
  }

  @Test
  void whatHasNoCountsIsCountedAndWarnedOf() {
    Column batch = new Column.Text(new String[] {"a", "a", "b", "a"});
    try (CellSource cells = file(counts(1, 2), List.of("g", "h", "i"), batch)) {
      CellData data = CellData.read(cells, CovariateKeys.batch("batch"));
      assertThat(data.facts()).containsExactly(new InputFacts("", 4, 3, 4, 1, 1));
      assertThat(data.facts().getFirst().density()).isCloseTo(4 / 12.0, within(1e-12));
      List<String> warnings = new ArrayList<>();
      SetupChecks.run(data, ModelConfig.recommended(), warnings::add);
      assertThat(warnings)
          .contains(
              "1 of 4 cells has no counts; it is kept, but nothing is known of it.",
              "1 of 3 features has no counts in any cell; it is kept, and costs time for nothing.",
              "ambient_covariate_keys: category 'b' of 'batch' has only 1 cell, too few to learn from; merge it with another category.");
    }
  }

  /**
   * By hand: 200 cells x 1,100 genes, 24 hidden units in encoder and decoder, 6 latent dimensions.
   */
  @Test
  void anEstimateIsTheSumOfItsParts() {
    CellData data = TestCells.of(200, CovariateKeys.batch("batch"));
    TrainConfig training = TrainConfig.recommended().withMaxEpochs(10).withTrainSize(1);
    RunEstimate estimate = RunEstimate.of(data, TestCells.smallModel(), Optional.empty(), training);
    int libraryUnits = TestCells.smallModel().network().libraryNHidden();
    long aGene =
        3 * 3 + 1 + 24 + libraryUnits + 24 + 1; // three batches; scaling, layers and a bias
    long others = 3 + 24 + 2 * 25 * 6 + libraryUnits + 2 * (libraryUnits + 1) + 7 * 24 + 2;
    long parameters = 1100 * aGene + others;
    long nonzeros = data.counts().nonzeros();
    assertThat(estimate.counts())
        .isEqualTo(14 * nonzeros + 70 * training.batchSize() * nonzeros / 200);
    assertThat(estimate.work())
        .isEqualTo(
            new RunEstimate.Work(
                6.0 * 1100 * 24 * 2000,
                1100.0 * 2000,
                (24.0 + libraryUnits) * nonzeros / 200 * 2000,
                2000,
                parameters,
                4 * 10));
    assertThat(estimate.weights())
        .isEqualTo(16 * parameters + 4 * 1100 * (24 + libraryUnits) + 2 * 1100 * 24);
    assertThat(estimate.work().time(1e-11, 2))
        .isBetween(Duration.ofMillis(4060), Duration.ofMillis(4500));
    assertThat(estimate.memory()).isGreaterThan(460_000_000);
    estimate.requireFit(estimate.memory());
    assertThatThrownBy(() -> estimate.requireFit(400_000_000))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Training needs about 0.5 GB of memory (weights 0.0 GB, counts")
        .hasMessageContaining("but this machine has 0.4 GB: ");
  }
}
