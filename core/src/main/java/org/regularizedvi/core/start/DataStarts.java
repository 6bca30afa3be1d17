package org.regularizedvi.core.start;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.config.DecoderBias;
import org.regularizedvi.core.config.DispersionInit;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.prior.DispersionHyperPrior;
import org.regularizedvi.core.prior.LibraryPrior;
import org.regularizedvi.core.prior.ModalityPriors;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.StartValues;
import org.regularizedvi.kernel.special.Softplus;

/**
 * What one modality takes from its counts before training: priors and start values.
 *
 * <p>Expression is measured as the decoder gives it, so that exp(l) times it is a count: x / total
 * times (mean total / sensitivity), or x / total where the library prior is not centred and exp(l)
 * is the total itself, or x / size factor.
 */
public record DataStarts(ModalityPriors priors, StartValues values) {
  /** Least mean that a bias starts at, in counts of an average cell. */
  private static final double LEAST_COUNT = 0.01;

  private static final double LEAST_BACKGROUND = 1e-8;

  /**
   * Goes over the counts once.
   *
   * @param library categories of {@code library_size_key}
   * @param warnings is told of cells without counts
   */
  public static DataStarts of(
      ModalitySpec spec,
      Counts counts,
      Covariates covariates,
      CategoryMapping library,
      Consumer<String> warnings) {
    ModelConfig config = spec.config();
    CountSummary summary =
        CountSummary.of(
            counts,
            sizeFactors(covariates),
            ambient(spec, covariates),
            config.starts().initDecoderBias() == DecoderBias.TOPN);
    LibraryPrior prior =
        LibraryPriors.of(
            summary.totals(),
            covariates.codes(Purpose.LIBRARY_SIZE)[0],
            library,
            config.priors(),
            warnings);
    Optional<DispersionStart> dispersion =
        config.starts().dispersionInit() == DispersionInit.DATA
            ? Optional.of(DispersionStart.of(summary, config.starts().dispersionInitBioFrac()))
            : Optional.empty();
    DispersionHyperPrior configured = config.priors().dispersionHyperPrior();
    DispersionHyperPrior hyperPrior =
        dispersion.map(start -> configured.withMean(start.mean())).orElse(configured);
    StartValues values =
        new StartValues(
            bias(spec, summary),
            background(spec, summary, unit(spec, summary)),
            dispersion.map(DispersionStart::logTheta),
            hyperPrior,
            prior.logSensitivity());
    return new DataStarts(new ModalityPriors(prior, hyperPrior), values);
  }

  /** The ambient categories that backgrounds start from. */
  static CountSummary.Ambient ambient(ModalitySpec spec, Covariates covariates) {
    return startsBackground(spec)
        ? new CountSummary.Ambient(covariates.codes(Purpose.AMBIENT), spec.categories().ambient())
        : CountSummary.Ambient.NONE;
  }

  private static boolean startsBackground(ModalitySpec spec) {
    return spec.generative().useAdditiveBackground()
        && spec.config().starts().bgInitGeneFraction().isPresent();
  }

  static double[] sizeFactors(Covariates covariates) {
    double[] factors = new double[covariates.logSizeFactor().length];
    Arrays.setAll(factors, n -> Math.exp(covariates.logSizeFactor()[n]));
    return factors;
  }

  /** Whether exp(l) scatters around a sensitivity, rather than being what counts are divided by. */
  private static boolean centred(ModalitySpec spec, CountSummary summary) {
    return spec.config().priors().libraryLogMeansCenteringSensitivity().isPresent()
        && summary.sizes() == summary.totals();
  }

  /** What a share of a cell's counts is in the decoder's units. */
  private static double unit(ModalitySpec spec, CountSummary summary) {
    PriorConfig priors = spec.config().priors();
    return centred(spec, summary)
        ? summary.meanTotal() / priors.libraryLogMeansCenteringSensitivity().orElseThrow()
        : 1;
  }

  private static Optional<float[]> bias(ModalitySpec spec, CountSummary summary) {
    DecoderBias kind = spec.config().starts().initDecoderBias();
    if (kind == DecoderBias.NONE) {
      return Optional.empty();
    }
    double unit = unit(spec, summary);
    double least = centred(spec, summary) ? LEAST_COUNT : LEAST_COUNT / summary.meanSize();
    boolean softplus = spec.generative().scaleActivation() == ScaleActivation.SOFTPLUS;
    float[] bias = new float[spec.features()];
    for (int g = 0; g < bias.length; g++) {
      double share =
          kind == DecoderBias.TOPN
              ? summary.top().orElseThrow().mean(g)
              : summary.shares()[g] / summary.cells();
      double rho = Math.max(share * unit, least);
      bias[g] = (float) (softplus ? Softplus.inverse(rho) : Math.log(rho));
    }
    return Optional.of(bias);
  }

  /**
   * @param unit what a share of a cell's counts is in the decoder's units
   */
  static Optional<float[]> background(ModalitySpec spec, CountSummary summary, double unit) {
    if (!startsBackground(spec)) {
      return Optional.empty();
    }
    double fraction = spec.config().starts().bgInitGeneFraction().orElseThrow();
    int categories = summary.cellsOf().length;
    float[] background = new float[spec.features() * categories];
    for (int c = 0; c < categories; c++) {
      for (int g = 0; g < spec.features(); g++) {
        double mean = summary.sharesByCategory()[c][g] / Math.max(1, summary.cellsOf()[c]) * unit;
        background[g * categories + c] =
            (float) Math.log(Math.max(fraction * mean, LEAST_BACKGROUND));
      }
    }
    return Optional.of(background);
  }
}
