package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Tells how well expected counts follow observed ones: Pearson correlations of proportions, each
 * count over its cell's total, along features (over cells) and along cells (over features).
 *
 * @param perFeature mean over features that vary
 * @param perCell mean over cells with counts
 */
public record PearsonCorrelations(double perFeature, double perCell) {

  /** Cells x features of a piece at most: its rates are a matrix of that size. */
  private static final long LARGEST_PIECE = 1 << 25;

  /**
   * {@return the correlations of each modality, with one draw of z and l per cell}
   *
   * @param spec of the model
   * @param evaluator of the model
   * @param minibatches the cells, a piece at a time
   * @param random of the draws
   */
  public static List<PearsonCorrelations> of(
      NetworkSpec spec,
      Evaluator evaluator,
      Iterable<Minibatch> minibatches,
      CounterRandom random) {
    List<Sums[]> byFeature = new ArrayList<>();
    List<Mean> cells = new ArrayList<>();
    long features = 0;
    for (ModalitySpec modality : spec.modalities()) {
      Sums[] own = new Sums[modality.features()];
      Arrays.setAll(own, _ -> new Sums());
      byFeature.add(own);
      cells.add(new Mean());
      features += own.length;
    }
    int piece = (int) Math.max(1, LARGEST_PIECE / features);
    for (Minibatch minibatch : minibatches) {
      for (int from = 0; from < minibatch.size(); from += piece) {
        int to = Math.min(minibatch.size(), from + piece);
        Minibatch some = from == 0 && to == minibatch.size() ? minibatch : minibatch.rows(from, to);
        CounterNoise noise = new CounterNoise(random, CounterNoise.EVALUATION, some.cells());
        List<FloatMatrix> rates = evaluator.rates(some, noise);
        for (int m = 0; m < rates.size(); m++) {
          add(some.counts().get(m), rates.get(m).values(), byFeature.get(m), cells.get(m));
        }
      }
    }
    List<PearsonCorrelations> found = new ArrayList<>();
    for (int m = 0; m < cells.size(); m++) {
      Mean overFeatures = new Mean();
      for (Sums feature : byFeature.get(m)) {
        overFeatures.add(feature.correlation());
      }
      found.add(new PearsonCorrelations(overFeatures.get(), cells.get(m).get()));
    }
    return found;
  }

  /**
   * Adds both to an epoch of the history.
   *
   * @param row the epoch's values by metric, to which two are added
   * @param suffix of the metrics' names: the modality, and the cells that they are of
   */
  public void into(Map<String, Double> row, String suffix) {
    row.put("pearson_per_feature" + suffix, perFeature);
    row.put("pearson_per_cell" + suffix, perCell);
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

  /** Takes the mean of the correlations that exist: a feature without counts has none. */
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

  /** Keeps sums from which a correlation follows. */
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
