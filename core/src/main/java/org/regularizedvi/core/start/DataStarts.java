package org.regularizedvi.core.start;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.config.DecoderBias;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.counts.CountSummary;
import org.regularizedvi.core.prior.AmbientPrior;
import org.regularizedvi.core.prior.DispersionHyperPrior;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.core.term.BurstStart;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.core.term.DispersionStart;
import org.regularizedvi.core.term.HeadStart;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.core.term.StartValues;
import org.regularizedvi.core.term.VarianceShares;

/**
 * Holds the priors and start values that the terms of one modality take from its counts before
 * training.
 *
 * <p>Expression is measured as the decoder gives it, so that exp(l) times it is a count: x / total
 * times (mean total / sensitivity); x / total where the library prior is not centred, so that
 * exp(l) is the total itself; or x / size factor.
 *
 * @param priors the priors that come from data
 * @param values where parameters start
 */
public record DataStarts(ModalityPriors priors, StartValues values) {
  /**
   * Goes over the counts once.
   *
   * @param spec the modality
   * @param counts its counts, cells x G
   * @param covariates the keys' categories of each cell
   * @param library the categories of {@code library_size_key}
   * @param profile the measured profile of each ambient category, G x categories, where there is
   *     one
   * @param warnings is told about cells without counts
   * @return priors and start values
   */
  public static DataStarts of(
      ModalitySpec spec,
      Counts counts,
      Covariates covariates,
      CategoryMapping library,
      Optional<FloatMatrix> profile,
      Consumer<String> warnings) {
    ModelConfig config = spec.config();
    CountSummary.Ambient ambient = ambient(spec, covariates);
    CountSummary summary =
        CountSummary.of(
            counts,
            sizeFactors(covariates),
            ambient,
            config.starts().initDecoderBias() == DecoderBias.TOPN);
    LibraryPrior prior =
        LibraryPrior.of(
            summary.totals(),
            covariates.codes(Purpose.LIBRARY_SIZE)[0],
            library,
            config.priors(),
            warnings);
    LibrarySize size = new LibrarySize(spec);
    Optional<BurstSize> burstSize = BurstSize.of(spec);
    Optional<VarianceShares> shares = VarianceShares.of(summary, config.starts());
    Optional<BurstStart> bursts =
        burstSize.flatMap(term -> shares.map(own -> term.start(own, size.typicalSize(summary))));
    Optional<DispersionStart> dispersion = new InverseDispersion(spec).start(shares, bursts);
    DispersionHyperPrior configured = config.dispersionHyperPrior();
    DispersionHyperPrior hyperPrior =
        dispersion.map(start -> configured.withMean(start.mean())).orElse(configured);
    double unit = size.unit(summary);
    Optional<AmbientPrior> measured =
        profile.map(
            measuredGC ->
                MeasuredAmbient.prior(
                    config, counts, summary, ambientCodes(covariates), measuredGC, unit));
    HeadStart scale =
        new Decoder(spec)
            .start(
                summary,
                shares,
                bursts,
                measured.map(own -> MeasuredAmbient.means(own, ambientCodes(covariates))));
    StartValues values =
        new StartValues(
            scale,
            burstSize.map(term -> term.headStart(shares, bursts)).orElseGet(HeadStart::drawn),
            measured
                .flatMap(own -> AdditiveBackground.of(spec).map(term -> term.start(own)))
                .or(() -> background(spec, counts, summary, ambient, unit)),
            dispersion.map(DispersionStart::logTheta),
            hyperPrior,
            prior.logSensitivity());
    Optional<float[]> widths = new DecoderPenalties(spec).widths(scale, shares);
    return new DataStarts(new ModalityPriors(prior, hyperPrior, measured, widths), values);
  }

  /** {@return where the background starts; empty unless it does so from data} */
  static Optional<float[]> background(
      ModalitySpec spec,
      Counts counts,
      CountSummary summary,
      CountSummary.Ambient ambient,
      double unit) {
    return AdditiveBackground.of(spec)
        .filter(AdditiveBackground::startsFromData)
        .map(
            term ->
                term.start(
                    summary,
                    spec.config().starts().bgInitBound()
                        ? AmbientBound.of(counts, summary, ambient)
                        : unbounded(summary),
                    unit));
  }

  private static double[] unbounded(CountSummary summary) {
    double[] bounds = new double[summary.cellsOf().length];
    Arrays.fill(bounds, Double.POSITIVE_INFINITY);
    return bounds;
  }

  /** {@return the ambient categories that backgrounds start from} */
  static CountSummary.Ambient ambient(ModalitySpec spec, Covariates covariates) {
    return AdditiveBackground.of(spec).filter(AdditiveBackground::startsFromData).isPresent()
        ? new CountSummary.Ambient(covariates.codes(Purpose.AMBIENT), spec.categories().ambient())
        : CountSummary.Ambient.NONE;
  }

  /** {@return the ambient category of each cell, of the only key that a profile is for} */
  private static int[] ambientCodes(Covariates covariates) {
    return covariates.codes(Purpose.AMBIENT)[0];
  }

  static double[] sizeFactors(Covariates covariates) {
    double[] factors = new double[covariates.logSizeFactor().length];
    Arrays.setAll(factors, n -> Math.exp(covariates.logSizeFactor()[n]));
    return factors;
  }
}
