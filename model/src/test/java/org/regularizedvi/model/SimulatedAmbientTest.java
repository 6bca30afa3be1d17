package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regularizedvi.analysis.SimulationFile;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.AmbientAmount;
import org.regularizedvi.core.config.CorrectionMethod;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.result.Correction;
import org.regularizedvi.core.result.CorrectionPlan;
import org.regularizedvi.core.simulate.FeatureKind;
import org.regularizedvi.core.simulate.FeatureTruth;
import org.regularizedvi.core.simulate.ModalityPlan;
import org.regularizedvi.core.simulate.SimulatedAmbient;
import org.regularizedvi.core.simulate.Simulation;
import org.regularizedvi.core.simulate.SimulationPlan;
import org.regularizedvi.core.simulate.TypePlan;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.anndata.AnnDataCells;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.recovery.Agreement;
import org.regularizedvi.training.TrainListener;

/** Cells whose native counts are known: what is corrected must be nearer to them. */
final class SimulatedAmbientTest {
  private static final int CELLS = 900;
  private static final int GENES = 300;

  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource
  void correctedCountsAreNearerToTheNativeOnes(AmbientAmount amount) {
    ModalityPlan plan =
        new ModalityPlan("rna", FeatureKind.EXPRESSION, GENES, 1500, SimulatedAmbient.even(0.25));
    Simulation simulation = Simulation.of(new SimulationPlan(CELLS, 4, 3, 0, 5, List.of(plan)));
    try (Correction correction = corrected(simulation, TrainConfig.recommended(), 60, amount)) {
      assertNearer(simulation, correction.modalities().getFirst());
    }
  }

  /** Batches of different ambient shares, cells of a batch nearly alike, and no gene off. */
  @Test
  void fractionsFollowTheBatches() {
    Simulation simulation = unevenBatches(CELLS, GENES, 1500);
    TrainConfig training = TrainConfig.recommended().withBatchSize(128);
    assertThat(correlation(simulation, training, 40)).isGreaterThan(0.5);
  }

  @Test
  @Tag("long")
  void fractionsFollowTheBatchesOfManyCells() {
    Simulation simulation = unevenBatches(3000, 1000, 3000);
    TrainConfig training = TrainConfig.recommended().withBatchSize(128);
    assertThat(correlation(simulation, training, 40)).isGreaterThan(0.9);
  }

  /**
   * Cells of a batch with different ambient shares, a fifth of whose genes are off in all types but
   * one: counts of genes that are off tell how much a cell has.
   */
  @Test
  void fractionsFollowTheCellsOfABatch() {
    ModalityPlan plan =
        new ModalityPlan(
            "rna", FeatureKind.EXPRESSION, 500, 3000, new SimulatedAmbient(0.2, 0.5, 0));
    Simulation simulation =
        Simulation.of(
            new SimulationPlan(CELLS, new TypePlan(4, List.of(), 0, 0.2), 3, 0, 3, List.of(plan)));
    TrainConfig training = TrainConfig.recommended().withBatchSize(128);
    double[] truth = simulation.modalities().getFirst().fractionN();
    try (Correction correction = corrected(simulation, training, 40, AmbientAmount.CELL)) {
      double[] found = correction.modalities().getFirst().ambientFraction();
      for (int batch = 0; batch < 3; batch++) {
        int[] cells = cells(simulation, batch);
        double correlation = Agreement.correlation(of(truth, cells), of(found, cells));
        System.out.printf("batch %d: fractions correlate %.3f%n", batch, correlation);
        assertThat(correlation).isGreaterThan(0.7);
      }
    }
  }

  private static int[] cells(Simulation simulation, int batch) {
    return IntStream.range(0, CELLS).filter(n -> simulation.cells().batchN()[n] == batch).toArray();
  }

  private static double[] of(double[] values, int[] cells) {
    return IntStream.of(cells).mapToDouble(n -> values[n]).toArray();
  }

  private static Simulation unevenBatches(int cells, int genes, double depth) {
    SimulatedAmbient ambient = new SimulatedAmbient(0.25, 0.2, 0.7);
    ModalityPlan plan = new ModalityPlan("rna", FeatureKind.EXPRESSION, genes, depth, ambient);
    return Simulation.of(new SimulationPlan(cells, 6, 6, 0, 3, List.of(plan)));
  }

  /** Of each cell's true ambient fraction with the one found. */
  private double correlation(Simulation simulation, TrainConfig training, int epochs) {
    double[] truth = simulation.modalities().getFirst().fractionN();
    try (Correction correction = corrected(simulation, training, epochs, AmbientAmount.MODEL)) {
      double[] found = correction.modalities().getFirst().ambientFraction();
      double correlation = Agreement.correlation(truth, found);
      System.out.printf(
          "%d cells: true and found ambient fractions correlate %.3f%n", truth.length, correlation);
      return correlation;
    }
  }

  private Correction corrected(
      Simulation simulation, TrainConfig training, int epochs, AmbientAmount amount) {
    Path cells = dir.resolve("cells.h5ad");
    SimulationFile.write(simulation, cells, IfExists.REFUSE);
    try (AnnDataFile file = AnnDataFile.open(cells)) {
      CellSource source = new AnnDataCells(file, CountSource.x(), CountChecks.INTEGERS);
      CellData data = CellData.read(source, CovariateKeys.batch("batch"));
      ModelConfig config =
          ModelConfig.recommended().with(NetworkConfig.published().withSize(64, 8, 1));
      try (AmbientRegularizedSCVI model = AmbientRegularizedSCVI.setup(data, config, 1, _ -> {})) {
        model.train(data, training.withMaxEpochs(epochs), TrainListener.silent());
        return model.correct(
            source,
            new CorrectionPlan(CorrectionMethod.EXPECTED, amount, 0, dir.resolve("out.h5ad")));
      }
    }
  }

  /** The native part of x counts is Binomial(x, rho / (rho + s)): compares with its mean. */
  private static void assertNearer(Simulation simulation, Correction.OfModality corrected) {
    FeatureTruth truth = simulation.modalities().getFirst().features();
    SparseRows raw = simulation.modalities().getFirst().counts().slice(0, CELLS);
    SparseRows left = corrected.counts().read(0, CELLS);
    double offRaw = 0;
    double offLeft = 0;
    for (int n = 0; n < CELLS; n++) {
      double[] rho = truth.rhoTG()[simulation.cells().typeN()[n]];
      double[] s = truth.ambientBG()[simulation.cells().batchN()[n]];
      float[] leftG = new float[GENES];
      for (int i = left.indptr()[n]; i < left.indptr()[n + 1]; i++) {
        leftG[left.indices()[i]] = left.values()[i];
      }
      for (int i = raw.indptr()[n]; i < raw.indptr()[n + 1]; i++) {
        int g = raw.indices()[i];
        double own = raw.values()[i] * rho[g] / (rho[g] + s[g]);
        offRaw += Math.abs(raw.values()[i] - own);
        offLeft += Math.abs(leftG[g] - own);
      }
    }
    assertThat(offLeft).isLessThan(0.5 * offRaw);
  }
}
