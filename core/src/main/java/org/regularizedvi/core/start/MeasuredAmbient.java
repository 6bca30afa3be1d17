package org.regularizedvi.core.start;

import java.util.OptionalDouble;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.counts.CountSummary;
import org.regularizedvi.core.prior.AmbientPrior;

/** Makes the prior of a background of a profile that was measured. */
final class MeasuredAmbient {
  /** The ambient fraction of data that tell none, where the options name none either. */
  private static final double USUAL = 0.1;

  /**
   * The level is so much less firm than the shape: it is only known by what cells lack, and a
   * sample's cells may tell more of it.
   */
  private static final double OF_LEVEL = 0.01;

  private MeasuredAmbient() {}

  /**
   * {@return the mean background of each feature over the cells}
   *
   * @param prior the prior, at whose mean the background starts
   * @param codeN the ambient category of each cell
   */
  static double[] means(AmbientPrior prior, int[] codeN) {
    int[] cellsC = new int[prior.categories()];
    for (int code : codeN) {
      cellsC[code]++;
    }
    double[] means = new double[prior.shareGC().rows()];
    for (int g = 0; g < means.length; g++) {
      for (int c = 0; c < cellsC.length; c++) {
        means[g] += prior.mean(g, c) * cellsC[c] / codeN.length;
      }
    }
    return means;
  }

  /**
   * {@return the prior of the background: its shape is that of the profile, its level what the
   * counts allow, and both are as firm as the options say}
   *
   * @param config the options of the modality
   * @param counts the counts, cells x G
   * @param summary the sums over them
   * @param codeN the ambient category of each cell
   * @param shareGC the profile of each category
   * @param unit the factor that turns a share of a cell's counts into the decoder's units
   */
  static AmbientPrior prior(
      ModelConfig config,
      Counts counts,
      CountSummary summary,
      int[] codeN,
      FloatMatrix shareGC,
      double unit) {
    int categories = shareGC.columns();
    double[] totalC = new double[categories];
    for (int n = 0; n < codeN.length; n++) {
      totalC[codeN[n]] += summary.totals()[n];
    }
    OptionalDouble[] fractions = AmbientLevel.of(counts, summary, codeN, shareGC);
    double usual = config.starts().bgInitGeneFraction().orElse(USUAL);
    double strength = config.priors().ambientProfileStrength();
    double[] levelC = new double[categories];
    double[] shapeWeightC = new double[categories];
    double[] levelWeightC = new double[categories];
    for (int c = 0; c < categories; c++) {
      levelC[c] = fractions[c].orElse(usual) * unit;
      shapeWeightC[c] = strength * totalC[c];
      levelWeightC[c] = OF_LEVEL * shapeWeightC[c];
    }
    return new AmbientPrior(shareGC, levelC, shapeWeightC, levelWeightC);
  }
}
