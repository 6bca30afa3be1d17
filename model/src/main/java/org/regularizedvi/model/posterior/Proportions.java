package org.regularizedvi.model.posterior;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.regularizedvi.data.SparseRows;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.model.net.CounterNoise;
import org.regularizedvi.model.net.Minibatch;
import org.regularizedvi.model.net.Network;
import org.regularizedvi.model.objective.Elbo;
import org.regularizedvi.model.objective.Rates;
import org.regularizedvi.model.torch.Tensors;

/**
 * Do expected counts follow observed ones? Pearson correlations of proportions, each count over its
 * cell's total, along features (over cells) and along cells (over features).
 *
 * @param perFeature mean over features that vary
 * @param perCell mean over cells with counts
 */
public record Proportions(double perFeature, double perCell) {

  /** The first modality's correlations, with one draw of z and l a cell. */
  public static Proportions correlations(
      Network network, Iterable<Minibatch> minibatches, CounterRandom random) {
    Elbo elbo = Elbo.composed(network);
    int features = network.modalities().getFirst().spec().features();
    Sums[] byFeature = new Sums[features];
    Arrays.setAll(byFeature, _ -> new Sums());
    Mean cells = new Mean();
    for (Minibatch minibatch : minibatches) {
      try (PointerScope _ = new PointerScope();
          NoGradGuard _ = new NoGradGuard()) {
        CounterNoise noise = new CounterNoise(random, CounterNoise.EVALUATION, minibatch.cells());
        Elbo.Pass pass = elbo.pass(minibatch, noise, false);
        Rates rates =
            Rates.of(
                network.modalities().getFirst(),
                pass.hiddenNH().getFirst(),
                pass.librariesN1().getFirst(),
                minibatch.covariates(),
                Optional.empty());
        add(minibatch.counts().getFirst(), Tensors.floats(rates.rateNG()), byFeature, cells);
      }
    }
    Mean overFeatures = new Mean();
    for (Sums feature : byFeature) {
      overFeatures.add(feature.correlation());
    }
    return new Proportions(overFeatures.get(), cells.get());
  }

  /** Adds both as history metrics. */
  public void into(Map<String, Double> row, String cells) {
    row.put("pearson_per_feature_" + cells, perFeature);
    row.put("pearson_per_cell_" + cells, perCell);
  }

  private static void add(SparseRows counts, float[] rates, Sums[] byFeature, Mean cells) {
    int features = counts.columns();
    double[] totals = counts.totals();
    double[] observed = new double[features];
    for (int n = 0; n < counts.rows(); n++) {
      if (totals[n] == 0) {
        continue;
      }
      Arrays.fill(observed, 0);
      for (int i = counts.indptr()[n]; i < counts.indptr()[n + 1]; i++) {
        observed[counts.indices()[i]] = counts.values()[i] / totals[n];
      }
      double expectedTotal = 0;
      for (int g = 0; g < features; g++) {
        expectedTotal += rates[n * features + g];
      }
      Sums cell = new Sums();
      for (int g = 0; g < features; g++) {
        double expected = rates[n * features + g] / expectedTotal;
        cell.add(observed[g], expected);
        byFeature[g].add(observed[g], expected);
      }
      cells.add(cell.correlation());
    }
  }

  /** Mean of the correlations that exist: a feature without counts has none. */
  private static final class Mean {
    private double sum;
    private long n;

    void add(double correlation) {
      if (Double.isFinite(correlation)) {
        sum += correlation;
        n++;
      }
    }

    double get() {
      return sum / n;
    }
  }

  /** Sums from which a correlation follows. */
  private static final class Sums {
    private long n;
    private double x;
    private double y;
    private double xx;
    private double yy;
    private double xy;

    void add(double a, double b) {
      n++;
      x += a;
      y += b;
      xx += a * a;
      yy += b * b;
      xy += a * b;
    }

    double correlation() {
      double varX = xx - x * x / n;
      double varY = yy - y * y / n;
      return (xy - x * y / n) / Math.sqrt(varX * varY);
    }
  }
}
