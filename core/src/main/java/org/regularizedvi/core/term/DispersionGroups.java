package org.regularizedvi.core.term;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;

/**
 * Tells how the logarithms of the inverse dispersions, px_r_mu, differ between dispersion groups;
 * with bursts they are those of the technical variances.
 *
 * @param groups the names of the groups, or "all"
 * @param logs the moments over the features of each group
 * @param correlation Pearson's correlation over the features of each two groups, NaN where a group
 *     has the same logarithm everywhere
 * @param meanG the mean over the groups, one number per feature
 */
public record DispersionGroups(
    List<String> groups, List<Moments> logs, double[][] correlation, double[] meanG) {
  /** Keeps copies of the lists. */
  public DispersionGroups {
    groups = List.copyOf(groups);
    logs = List.copyOf(logs);
  }

  /** {@return the groups of a modality, read from stored parameters} */
  static DispersionGroups of(ModalitySpec spec, Parameters parameters, Schema schema) {
    InverseDispersion term = new InverseDispersion(spec);
    float[] logs = parameters.values(term.mean());
    double[][] columns = new double[term.groups()][spec.features()];
    double[] meanG = new double[spec.features()];
    List<Moments> moments = new ArrayList<>();
    for (int d = 0; d < columns.length; d++) {
      for (int g = 0; g < meanG.length; g++) {
        columns[d][g] = logs[g * columns.length + d];
        meanG[g] += columns[d][g] / columns.length;
      }
      moments.add(Moments.of(columns[d]));
    }
    double[][] correlation = new double[columns.length][columns.length];
    for (int a = 0; a < columns.length; a++) {
      for (int b = 0; b < columns.length; b++) {
        correlation[a][b] = correlation(columns[a], moments.get(a), columns[b], moments.get(b));
      }
    }
    List<String> names =
        term.byGroup() ? schema.names(Purpose.DISPERSION) : LearnedTerms.EVERY_CELL;
    return new DispersionGroups(names, moments, correlation, meanG);
  }

  private static double correlation(double[] a, Moments ofA, double[] b, Moments ofB) {
    double product = 0;
    for (int g = 0; g < a.length; g++) {
      product += (a[g] - ofA.mean()) * (b[g] - ofB.mean());
    }
    return product / a.length / (ofA.spread() * ofB.spread());
  }
}
