package org.regularizedvi.cpu.term;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.prior.AmbientPrior;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.core.term.FeatureScaling;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.core.term.LatentRelevance;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.core.term.ModalityScale;
import org.regularizedvi.kernel.special.Softplus;

/** The terms of parameters that all cells share, by their formulas in double precision. */
final class TextbookTerms {
  private TextbookTerms() {}

  /**
   * {@return the prior of a measured background, each of whose categories has two genes or more}
   */
  static double measured(AmbientPrior prior, double[] rawGC) {
    double nats = 0;
    int categories = prior.categories();
    for (int c = 0; c < categories; c++) {
      double sum = 0;
      for (int i = c; i < rawGC.length; i += categories) {
        sum += Math.exp(rawGC[i]);
      }
      double divergence = 0;
      for (int i = c; i < rawGC.length; i += categories) {
        double share = prior.shareGC().values()[i];
        divergence += share == 0 ? 0 : share * Math.log(share / (Math.exp(rawGC[i]) / sum));
      }
      double times = sum / prior.levelC()[c];
      nats +=
          prior.shapeWeightC()[c] * divergence
              + prior.levelWeightC()[c] * (times - 1 - Math.log(times));
    }
    return nats;
  }

  /** {@return every term at some parameters, by name, nats per data set} */
  static Map<GlobalTerm, Double> of(
      ModalitySpec spec, SharedTermsTest.Variant variant, Map<String, double[]> at) {
    Map<GlobalTerm, Double> terms = new EnumMap<>(GlobalTerm.class);
    InverseDispersion dispersion = new InverseDispersion(spec);
    terms.put(
        GlobalTerm.DISPERSION,
        containment(
            at.get(dispersion.mean()),
            at.get(dispersion.logSigma()),
            Arrays.stream(at.get(dispersion.rate())).map(Softplus::value).toArray(),
            variant));
    terms.put(
        GlobalTerm.BACKGROUND,
        -Arrays.stream(at.get(AdditiveBackground.of(spec).orElseThrow().parameter()))
            .map(raw -> SharedTermsTest.OF_BACKGROUND.logDensity(Math.exp(raw)))
            .sum());
    terms.put(
        GlobalTerm.SCALING,
        -Arrays.stream(at.get(FeatureScaling.of(spec).orElseThrow().parameter()))
            .map(raw -> SharedTermsTest.OF_SCALING.logDensity(Softplus.value(raw) / 0.7))
            .sum());
    LibrarySize library = new LibrarySize(spec);
    terms.put(
        GlobalTerm.LIBRARY_WEIGHT,
        LibrarySize.weightDivergence(
            at.get(library.weightMean())[0],
            at.get(library.weightLogSigma())[0],
            library.weightPriorRate()));
    double raw = at.get(ModalityScale.of(spec).orElseThrow().parameter())[0];
    terms.put(
        GlobalTerm.MODALITY_SCALE, -new GammaPrior(7, 7).logDensity(Softplus.value(raw) / 0.7));
    terms.put(GlobalTerm.DECODER_PENALTIES, penalties(new DecoderPenalties(spec), at));
    LatentRelevance relevance = LatentRelevance.of(spec).orElseThrow();
    terms.put(GlobalTerm.ARD, relevance(at.get(relevance.loc()), at.get(relevance.logScale())));
    return terms;
  }

  /** The prior's moments are those of Exponential(1): mean and variance 1. */
  private static double relevance(double[] mu, double[] logSigma) {
    double variance = Math.log(1 + 1.0);
    double mean = Math.log(1.0) - variance / 2;
    double term = 0;
    for (int k = 0; k < mu.length; k++) {
      double own = Math.exp(2 * logSigma[k]);
      double away = mu[k] - mean;
      term += Math.log(Math.sqrt(variance)) - logSigma[k] - 0.5;
      term += (own + away * away) / (2 * variance);
    }
    return term;
  }

  private static double containment(
      double[] mu, double[] logSigma, double[] lambda, SharedTermsTest.Variant variant) {
    Optional<float[]> normals =
        variant.drawn() ? Optional.of(new float[mu.length]) : Optional.empty();
    normals.ifPresent(all -> variant.sharedNormals(Draw.of(Draw.Kind.DISPERSION_PRIOR, 0), all));
    double term = 0;
    for (double own : lambda) {
      term -= SharedTermsTest.HYPER_PRIOR.gamma().logDensity(own);
    }
    for (int i = 0; i < mu.length; i++) {
      int place = i;
      double sigma = Math.exp(logSigma[i]);
      double root =
          normals
              .map(all -> Math.exp(variant.power() * (mu[place] + sigma * all[place])))
              .orElseGet(() -> Math.exp(variant.power() * mu[place] + sigma * sigma / 8));
      double own = lambda[i % lambda.length];
      term -= logSigma[i] + 0.5 * Math.log(2 * Math.PI * Math.E);
      term -= Math.log(own) - own * root;
    }
    return term;
  }

  private static double penalties(DecoderPenalties own, Map<String, double[]> at) {
    PenaltyConfig factors = SharedTermsTest.PENALTIES;
    double absolute = 0;
    double squares = 0;
    for (String name : own.hiddenWeights()) {
      absolute += Arrays.stream(at.get(name)).map(Math::abs).sum();
      squares += squares(at.get(name));
    }
    double[] first = at.get(own.hiddenWeights().getFirst());
    int columns = own.firstCovariateColumn() + own.covariateColumns();
    double oneHot = 0;
    for (int i = 0; i < first.length; i++) {
      oneHot += i % columns >= own.firstCovariateColumn() ? first[i] * first[i] : 0;
    }
    return factors.decoderWeightL2() * squares
        + factors.decoderCovWeightL2() * oneHot
        + factors.decoderLatentWeightL2() * own.spec().decoder().hidden() / 512 * (squares - oneHot)
        + factors.decoderHiddenL1() * absolute;
  }

  /** {@return the sum of squares} */
  static double squares(double[] values) {
    return Arrays.stream(values).map(v -> v * v).sum();
  }
}
