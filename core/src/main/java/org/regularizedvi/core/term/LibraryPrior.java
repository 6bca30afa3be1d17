package org.regularizedvi.core.term;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;

/**
 * Holds the Normal priors of the log library size, one per category of {@code library_size_key}, as
 * the loss uses them, and derives them from the cells' total counts.
 *
 * <p>The variance is weighted by {@code library_log_vars_weight}, which keeps the library size from
 * absorbing biology. With a centring sensitivity s every mean is shifted by log s minus the mean of
 * all means, so that exp(l) scatters around s.
 *
 * @param logMeans the mean of each group, centred when asked for
 * @param logVars the variance of each group, already weighted
 * @param globalLogMean the mean of the groups' means before centring; 0 when not centred
 * @param logSensitivity the mean of the groups' means after centring; 0 when not centred
 */
public record LibraryPrior(
    float[] logMeans, float[] logVars, float globalLogMean, float logSensitivity) {
  /**
   * {@return priors that were not centred}
   *
   * @param logMeans the mean of the log library size of each group
   * @param logVars the variance of each group, already weighted
   */
  public static LibraryPrior uncentred(float[] logMeans, float[] logVars) {
    return new LibraryPrior(logMeans, logVars, 0, 0);
  }

  /**
   * Takes the prior from the cells' total counts: mean and population variance of the log total
   * within each group. A group without cells gets what the others have on average.
   *
   * @param totals the total count of each cell; a cell without counts enters as 0 on the log scale,
   *     with a warning
   * @param groups the place of each cell's category in the mapping
   * @param mapping the categories of {@code library_size_key}
   * @param config says how the variance is weighted and the means are centred
   * @param warnings is told about cells without counts
   * @return the prior of each category
   * @throws InputException when a group's variance is not positive, as with a single cell
   */
  public static LibraryPrior of(
      double[] totals,
      int[] groups,
      CategoryMapping mapping,
      PriorConfig config,
      Consumer<String> warnings) {
    Moments moments = Moments.of(totals, groups, mapping, warnings);
    fill(moments.mean, average(moments.mean));
    fill(moments.variance, average(moments.variance));
    return centred(
        moments.mean,
        weighted(moments.variance, config),
        config.libraryLogMeansCenteringSensitivity());
  }

  /**
   * Adds groups behind those of this prior, which stay as they are: the means of the new ones are
   * centred as these were.
   *
   * @param totals the total count of each cell of a new group
   * @param groups the place of each cell's category in the mapping
   * @param mapping the known groups, then the new ones
   * @param config says how the variance is weighted
   * @param warnings is told about cells without counts
   * @return the prior of all groups
   * @throws InputException when a new group's variance is not positive, as with a single cell
   */
  public LibraryPrior extended(
      double[] totals,
      int[] groups,
      CategoryMapping mapping,
      PriorConfig config,
      Consumer<String> warnings) {
    Moments moments = Moments.of(totals, groups, mapping, warnings);
    float[] variances = weighted(moments.variance, config);
    int size = mapping.size();
    float[] means = Arrays.copyOf(logMeans, size);
    float[] vars = Arrays.copyOf(logVars, size);
    for (int p = logMeans.length; p < size; p++) {
      boolean none = Double.isNaN(moments.mean[p]);
      double centred = moments.mean[p] - globalLogMean + logSensitivity;
      means[p] = (float) (none ? average(logMeans) : centred);
      vars[p] = none ? (float) average(logVars) : variances[p];
    }
    return new LibraryPrior(means, vars, globalLogMean, logSensitivity);
  }

  /** Holds moments of the log total within each group; NaN for one without cells. */
  private record Moments(double[] mean, double[] variance) {
    static Moments of(
        double[] totals, int[] groups, CategoryMapping mapping, Consumer<String> warnings) {
      int size = mapping.size();
      int[] cells = new int[size];
      double[] mean = new double[size];
      double[] variance = new double[size];
      int empty = 0;
      for (int n = 0; n < totals.length; n++) {
        empty += totals[n] > 0 ? 0 : 1;
        cells[groups[n]]++;
        mean[groups[n]] += log(totals[n]);
      }
      for (int p = 0; p < size; p++) {
        mean[p] = cells[p] == 0 ? Double.NaN : mean[p] / cells[p];
      }
      for (int n = 0; n < totals.length; n++) {
        variance[groups[n]] += Math.pow(log(totals[n]) - mean[groups[n]], 2);
      }
      if (empty > 0) {
        warnings.accept(
            "%,d of %s %s no counts; %s log library size enters the prior as 0; leave such cells out."
                .formatted(
                    empty,
                    Amount.of(totals.length, "cell"),
                    Amount.word(empty, "has", "have"),
                    Amount.word(empty, "its", "their")));
      }
      for (int p = 0; p < size; p++) {
        if (cells[p] > 0) {
          requireSpread(variance[p], cells[p], mapping, p);
        }
        variance[p] = cells[p] == 0 ? Double.NaN : variance[p] / cells[p];
      }
      return new Moments(mean, variance);
    }
  }

  private static float[] weighted(double[] variance, PriorConfig config) {
    float[] logVars = new float[variance.length];
    for (int p = 0; p < logVars.length; p++) {
      logVars[p] = (float) (variance[p] * config.libraryLogVarsWeight());
    }
    return logVars;
  }

  private static double average(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
  }

  private static double average(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Gives a group of which no cell has the modality what the others have on average. */
  private static void fill(double[] values, double mean) {
    for (int p = 0; p < values.length; p++) {
      values[p] = Double.isNaN(values[p]) ? mean : values[p];
    }
  }

  private static double log(double total) {
    return total > 0 ? Math.log(total) : 0;
  }

  private static void requireSpread(
      double variance, int cells, CategoryMapping mapping, int group) {
    if (!(variance > 0)) {
      throw new InputException(
          "The library size prior needs cells of different total counts in every category of '%s', but '%s' has %s; merge it with another category or leave it out."
              .formatted(
                  mapping.key(),
                  mapping.categories().get(group),
                  cells == 1 ? "a single cell" : cells + " cells of the same total"));
    }
  }

  private static LibraryPrior centred(double[] means, float[] logVars, OptionalDouble sensitivity) {
    double before = 0;
    double after = 0;
    if (sensitivity.isPresent()) {
      before = Arrays.stream(means).average().orElseThrow();
      after = Math.log(sensitivity.getAsDouble());
    }
    float[] centred = new float[means.length];
    for (int p = 0; p < centred.length; p++) {
      centred[p] = (float) (means[p] - before + after);
    }
    return new LibraryPrior(centred, logVars, (float) before, (float) after);
  }
}
