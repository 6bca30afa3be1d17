package org.regularizedvi.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.simulate.FeatureKind;
import org.regularizedvi.core.simulate.ModalityPlan;
import org.regularizedvi.core.simulate.SimulatedAmbient;
import org.regularizedvi.core.simulate.Simulation;
import org.regularizedvi.core.simulate.SimulationPlan;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.model.AmbientRegularizedSCVI;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.training.TrainListener;

/**
 * Simulated cells of three batches: a model of the first two, extended by the third, against the
 * same model told that the third is the first.
 */
final class ExtensionTest {
  private static final int CELLS = 900;
  private static final int GENES = 300;
  private static final int NEW = 2;
  private static final int NEIGHBOURS = 15;

  @TempDir Path dir;

  private CellSource write(Simulation simulation, String name, IntPredicate batches, int third) {
    int[] rows =
        IntStream.range(0, CELLS)
            .filter(n -> batches.test(simulation.cells().batchN()[n]))
            .toArray();
    String[] batch =
        Arrays.stream(rows)
            .map(n -> simulation.cells().batchN()[n])
            .mapToObj(b -> "batch" + (b == NEW ? third : b))
            .toArray(String[]::new);
    Path file = dir.resolve(name);
    Formats.write(
        file,
        NewCells.ofOne(
            simulation.modalities().getFirst().counts().inOrder(rows),
            Arrays.stream(rows).mapToObj(n -> "cell" + n).toList(),
            IntStream.range(0, GENES).mapToObj(g -> "gene" + g).toList(),
            List.of(new Addition.ObsColumn("batch", new Column.Text(batch)))),
        IfExists.REFUSE);
    return Formats.open(file);
  }

  @Test
  void newCellsFindTheirTypesAndTheirBatch() {
    ModalityPlan plan =
        new ModalityPlan("rna", FeatureKind.EXPRESSION, GENES, 1500, SimulatedAmbient.even(0.3));
    Simulation simulation = Simulation.of(new SimulationPlan(CELLS, 4, 3, 0, 5, List.of(plan)));
    CovariateKeys keys =
        CovariateKeys.batch("batch").withFeatureScaling("batch").withEncoder("batch");
    ModelConfig config =
        ModelConfig.recommended().with(NetworkConfig.published().withSize(64, 8, 1));
    TrainConfig training = TrainConfig.recommended().withMaxEpochs(40).withBatchSize(128);
    try (CellSource old = write(simulation, "old.h5ad", b -> b != NEW, NEW);
        CellSource all = write(simulation, "all.h5ad", b -> true, NEW);
        CellSource forced = write(simulation, "forced.h5ad", b -> true, 0);
        CellSource fresh = write(simulation, "new.h5ad", b -> b == NEW, NEW);
        CellSource freshForced = write(simulation, "new_forced.h5ad", b -> b == NEW, 0)) {
      CellData data = CellData.read(old, keys);
      try (RegularizedModel model = AmbientRegularizedSCVI.setup(data, config, 1, _ -> {})) {
        model.train(data, training, TrainListener.silent());
        try (RegularizedModel extended =
            model.extend(all, training, TrainListener.silent(), _ -> {})) {
          assertNearer(simulation, extended.embed(all).latent(), model.embed(forced).latent());
          assertThat(extended.evaluate(fresh, 1).elbo())
              .isLessThan(model.evaluate(freshForced, 1).elbo() - 10);
          double[] ambient =
              correlations(
                  simulation, extended.learnedTerms("").background().orElseThrow().values());
          assertThat(ambient[NEW]).isGreaterThan(0.93);
          assertThat(Math.max(ambient[0], ambient[1])).isLessThan(0.9);
        }
      }
    }
  }

  /** The encoder sees the batch: a wrong one moves the cells. */
  private static void assertNearer(
      Simulation simulation, FloatMatrix extended, FloatMatrix forced) {
    assertThat(accuracy(simulation, extended))
        .isGreaterThanOrEqualTo(0.95)
        .isGreaterThan(accuracy(simulation, forced));
    assertThat(mixing(simulation, extended))
        .isGreaterThanOrEqualTo(0.83)
        .isGreaterThan(mixing(simulation, forced) + 0.04);
  }

  /** Share of the new cells of whose nearest old cells most are of their type. */
  private static double accuracy(Simulation simulation, FloatMatrix latent) {
    int[] type = simulation.cells().typeN();
    int[] fresh = cells(simulation, b -> b == NEW);
    int[][] nearest = Neighbours.of(latent, fresh, cells(simulation, b -> b != NEW), NEIGHBOURS);
    long right =
        IntStream.range(0, fresh.length)
            .filter(
                i ->
                    2 * Arrays.stream(nearest[i]).filter(n -> type[n] == type[fresh[i]]).count()
                        > NEIGHBOURS)
            .count();
    return (double) right / fresh.length;
  }

  /**
   * Share of old cells among the new cells' neighbours of their own type, over what chance gives.
   */
  private static double mixing(Simulation simulation, FloatMatrix latent) {
    int[] type = simulation.cells().typeN();
    int[] batch = simulation.cells().batchN();
    int[] fresh = cells(simulation, b -> b == NEW);
    int[][] nearest = Neighbours.of(latent, fresh, cells(simulation, _ -> true), NEIGHBOURS);
    double found = 0;
    double byChance = 0;
    for (int i = 0; i < fresh.length; i++) {
      int own = type[fresh[i]];
      int[] near = Arrays.stream(nearest[i]).filter(n -> type[n] == own).toArray();
      int[] all = cells(simulation, _ -> true);
      double of = Arrays.stream(all).filter(n -> type[n] == own).count() - 1;
      double ofOld = Arrays.stream(all).filter(n -> type[n] == own && batch[n] != NEW).count();
      found += Arrays.stream(near).filter(n -> batch[n] != NEW).count();
      byChance += near.length * ofOld / of;
    }
    return found / byChance;
  }

  private static int[] cells(Simulation simulation, IntPredicate batches) {
    return IntStream.range(0, CELLS)
        .filter(n -> batches.test(simulation.cells().batchN()[n]))
        .toArray();
  }

  /** Over the batches, of the logs of the new batch's background with each true one. */
  private static double[] correlations(Simulation simulation, FloatMatrix background) {
    double[] found =
        IntStream.range(0, GENES).mapToDouble(g -> Math.log(background.at(g, NEW))).toArray();
    double[][] truth = simulation.modalities().getFirst().features().ambientBG();
    return Arrays.stream(truth)
        .mapToDouble(
            profile ->
                Agreement.correlation(Arrays.stream(profile).map(Math::log).toArray(), found))
        .toArray();
  }
}
