package org.regularizedvi.core.prior;

import java.util.Arrays;
import org.regularizedvi.cells.FloatMatrix;

/**
 * Describes the prior of a background whose profile was measured, in droplets without cells.
 *
 * <p>Of a category whose profile is a (adding up to 1), the background s is split into its level S
 * = sum of s and its shape s / S. The shape is held to a as by w counts of which each gene has the
 * share a: minus the log density is w KL(a || s / S). The level is held to L as log S is by a Gamma
 * distribution of shape v and mean L: v (S / L - 1 - log(S / L)). Both are 0 where s = L a. With v
 * = w the s of the genes are independent, each Gamma of shape w a and mean L a.
 *
 * @param shareGC a: features x ambient categories; those of a category add up to 1, or are all 0
 *     where none was measured
 * @param levelC L, above 0, in the units of the decoder; 1 where no profile was measured
 * @param shapeWeightC w, at least 0; 0 where no profile was measured
 * @param levelWeightC v, at least 0; 0 where no profile was measured
 */
public record AmbientPrior(
    FloatMatrix shareGC, double[] levelC, double[] shapeWeightC, double[] levelWeightC) {
  /**
   * {@return minus the log density of one category's background, without what does not depend on
   * it: 0 at its mean, nats}
   *
   * @param category the place of the category
   * @param divergence KL(a || s / S)
   * @param sum S
   */
  public double negativeLog(int category, double divergence, double sum) {
    double times = sum / levelC[category];
    return shapeWeightC[category] * divergence
        + levelWeightC[category] * (times - 1 - Math.log(times));
  }

  /**
   * {@return the same with further categories behind these, of which no profile was measured}
   *
   * @param categories the number of all categories
   */
  public AmbientPrior extended(int categories) {
    float[] shares = new float[Math.multiplyExact(shareGC.rows(), categories)];
    for (int g = 0; g < shareGC.rows(); g++) {
      for (int c = 0; c < categories(); c++) {
        shares[g * categories + c] = shareGC.at(g, c);
      }
    }
    double[] levels = Arrays.copyOf(levelC, categories);
    Arrays.fill(levels, categories(), categories, 1);
    return new AmbientPrior(
        new FloatMatrix(shareGC.rows(), categories, shares),
        levels,
        Arrays.copyOf(shapeWeightC, categories),
        Arrays.copyOf(levelWeightC, categories));
  }

  /** {@return the number of ambient categories} */
  public int categories() {
    return levelC.length;
  }

  /**
   * {@return the mean of the background of one gene, 0 where no profile was measured}
   *
   * @param feature the place of the gene
   * @param category the place of the category
   */
  public double mean(int feature, int category) {
    return shareGC.at(feature, category) * levelC[category];
  }
}
