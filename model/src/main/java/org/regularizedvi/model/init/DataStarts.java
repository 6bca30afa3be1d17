package org.regularizedvi.model.init;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.regularizedvi.data.CountMatrix;
import org.regularizedvi.data.schema.CategoryMapping;
import org.regularizedvi.data.schema.Covariates;
import org.regularizedvi.data.schema.Purpose;
import org.regularizedvi.kernel.special.Softplus;
import org.regularizedvi.model.config.DecoderBias;
import org.regularizedvi.model.config.DispersionInit;
import org.regularizedvi.model.config.ModelConfig;
import org.regularizedvi.model.config.ScaleActivation;
import org.regularizedvi.model.net.ModalitySpec;
import org.regularizedvi.model.net.StartValues;
import org.regularizedvi.model.prior.DispersionHyperPrior;
import org.regularizedvi.model.prior.LibraryPrior;
import org.regularizedvi.model.prior.ModalityPriors;

/**
 * What one modality takes from its counts before training: priors and start values.
 *
 * <p>Expression is measured as the decoder gives it, so that exp(l) times it is a count: x / total
 * times (mean total / sensitivity), or x / total where the library prior is not centred and exp(l)
 * is the total itself.
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
      CountMatrix counts,
      Covariates covariates,
      CategoryMapping library,
      Consumer<String> warnings) {
    ModelConfig config = spec.config();
    boolean byCategory = startsBackground(spec);
    CountSummary summary =
        CountSummary.of(
            counts,
            byCategory ? covariates.codes(Purpose.AMBIENT) : new int[0][],
            byCategory ? spec.categories().ambient() : new int[0],
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
            background(spec, summary),
            dispersion.map(DispersionStart::logTheta),
            hyperPrior,
            prior.logSensitivity());
    return new DataStarts(new ModalityPriors(prior, hyperPrior), values);
  }

  private static boolean startsBackground(ModalitySpec spec) {
    return spec.generative().useAdditiveBackground()
        && spec.config().starts().bgInitGeneFraction().isPresent();
  }

  /** What a share of a cell's counts is in the decoder's units. */
  private static double unit(ModelConfig config, CountSummary summary) {
    OptionalDouble sensitivity = config.priors().libraryLogMeansCenteringSensitivity();
    return sensitivity.isPresent() ? summary.meanTotal() / sensitivity.getAsDouble() : 1;
  }

  private static Optional<float[]> bias(ModalitySpec spec, CountSummary summary) {
    DecoderBias kind = spec.config().starts().initDecoderBias();
    if (kind == DecoderBias.NONE) {
      return Optional.empty();
    }
    boolean centred = spec.config().priors().libraryLogMeansCenteringSensitivity().isPresent();
    double unit = unit(spec.config(), summary);
    double least = centred ? LEAST_COUNT : LEAST_COUNT / summary.meanTotal();
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

  private static Optional<float[]> background(ModalitySpec spec, CountSummary summary) {
    if (!startsBackground(spec)) {
      return Optional.empty();
    }
    double fraction = spec.config().starts().bgInitGeneFraction().orElseThrow();
    double unit = unit(spec.config(), summary);
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
