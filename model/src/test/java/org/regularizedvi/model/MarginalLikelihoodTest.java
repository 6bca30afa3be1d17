package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.anndata.AnnDataCells;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.input.InputException;
import org.regularizedvi.kernel.special.Gammas;
import org.regularizedvi.training.TrainListener;

/**
 * The estimate against the integral over z and l on a grid, in a model small enough for one: six
 * genes, a single latent dimension.
 */
final class MarginalLikelihoodTest {
  private static final int CELLS = 60;
  private static final int GENES = 6;
  private static final int GRID = 200;
  private static final double REACH = 6; // standard deviations of the priors

  @TempDir Path dir;

  private final float[][] x = new float[CELLS][GENES];

  private Path write() {
    SplittableRandom random = new SplittableRandom(3);
    int[] indptr = new int[CELLS + 1];
    int[] indices = new int[CELLS * GENES];
    float[] values = new float[CELLS * GENES];
    String[] batch = new String[CELLS];
    int stored = 0;
    for (int n = 0; n < CELLS; n++) {
      batch[n] = "b" + n % 2;
      for (int g = 0; g < GENES; g++) {
        x[n][g] = random.nextInt(g % 2 == n / 2 % 2 ? 9 : 3);
        if (x[n][g] > 0) {
          indices[stored] = g;
          values[stored++] = x[n][g];
        }
      }
      indptr[n + 1] = stored;
    }
    Path file = dir.resolve("cells.h5ad");
    Formats.write(
        file,
        NewCells.ofOne(
            CountsInMemory.of(new SparseRows(GENES, indptr, indices, values)),
            IntStream.range(0, CELLS).mapToObj(n -> "cell" + n).toList(),
            IntStream.range(0, GENES).mapToObj(g -> "g" + g).toList(),
            List.of(new Addition.ObsColumn("batch", new Column.Text(batch)))),
        IfExists.REFUSE);
    return file;
  }

  @Test
  void itTendsToTheIntegral() {
    Path folder = dir.resolve("model");
    try (AnnDataFile file = AnnDataFile.open(write())) {
      CellData data =
          CellData.read(
              new AnnDataCells(file, CountSource.x(), CountChecks.INTEGERS),
              CovariateKeys.batch("batch"));
      ModelConfig config =
          ModelConfig.recommended().with(NetworkConfig.published().withSize(8, 1, 1));
      try (AmbientRegularizedSCVI model = AmbientRegularizedSCVI.setup(data, config, 1, _ -> {})) {
        model.train(
            data,
            TrainConfig.recommended().withMaxEpochs(40).withBatchSize(16),
            TrainListener.silent());
        model.save(folder, IfExists.REFUSE);
        double[] found =
            model.marginalLogLikelihood(
                new AnnDataCells(file, CountSource.x(), CountChecks.INTEGERS), 3000, 5);
        double[] expected = integrals(folder);
        double off = 0;
        for (int n = 0; n < CELLS; n++) {
          // The weight of a rare draw may be large, so single cells are further off than their
          // mean.
          assertThat(found[n]).isCloseTo(expected[n], within(0.15));
          off += (found[n] - expected[n]) / CELLS;
        }
        assertThat(off).isCloseTo(0, within(0.015));
        double elbo =
            model.evaluate(new AnnDataCells(file, CountSource.x(), CountChecks.INTEGERS), 5).elbo();
        double mean = IntStream.range(0, CELLS).mapToDouble(n -> found[n]).average().orElseThrow();
        assertThat(mean).isGreaterThan(-elbo);
        assertThatThrownBy(
                () ->
                    model.marginalLogLikelihood(
                        new AnnDataCells(file, CountSource.x(), CountChecks.INTEGERS), 0, 5))
            .isInstanceOf(InputException.class)
            .hasMessage("n_samples must be 1 or more, but is 0.");
      }
    }
  }

  /** log of the integral of p(x | z, l) p(z) p(l), by the midpoint rule. */
  private double[] integrals(Path folder) {
    TextbookDecoder decoder = new TextbookDecoder(folder, "");
    LibraryPrior prior =
        ModelDirectory.read(folder).setup().modalities().getFirst().priors().library();
    double[][] rho = new double[GRID][];
    double[] density = new double[GRID];
    double[] standard = new double[GRID];
    double step = 2 * REACH / GRID;
    for (int i = 0; i < GRID; i++) {
      standard[i] = -REACH + (i + 0.5) * step;
      rho[i] = decoder.rho(standard[i]);
      density[i] = Math.exp(-standard[i] * standard[i] / 2) / Math.sqrt(2 * Math.PI) * step;
    }
    double[] logs = new double[CELLS];
    for (int n = 0; n < CELLS; n++) {
      int group = n % 2;
      double sum = 0;
      for (int j = 0; j < GRID; j++) {
        double l = prior.logMeans()[group] + Math.sqrt(prior.logVars()[group]) * standard[j];
        for (int i = 0; i < GRID; i++) {
          double log = 0;
          for (int g = 0; g < GENES; g++) {
            double mu =
                Math.exp(l) * (rho[i][g] + decoder.background(g, group)) * decoder.scaling(g);
            log += gammaPoisson(x[n][g], mu, decoder.dispersion(g, group));
          }
          sum += Math.exp(log) * density[i] * density[j];
        }
      }
      logs[n] = Math.log(sum);
    }
    return logs;
  }

  private static double gammaPoisson(double x, double mu, double theta) {
    return Gammas.logGamma(theta + x)
        - Gammas.logGamma(theta)
        - Gammas.logGamma(x + 1)
        + theta * Math.log(theta / (theta + mu))
        + x * Math.log(mu / (theta + mu));
  }
}
