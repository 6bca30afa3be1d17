package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.core.term.FeatureScaling;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/**
 * The parameters that genes have of their own, background, scaling and dispersion: the tables that
 * the head reads, the gradients that it gives, and the priors.
 */
final class GeneTerms {
  private static final double NORMAL_ENTROPY = 0.5 * Math.log(2 * Math.PI * Math.E);

  private final ModalitySpec spec;
  private final int genes;
  private final int stride;
  private final Optional<GeneParameter> background;
  private final Optional<GammaPrior> backgroundPrior;
  private final Optional<MeasuredBackground> measured;
  private final Optional<GeneParameter> scaling;
  private final GeneParameter logTheta;
  private final GeneParameter sigma;
  private final InverseDispersion dispersion;
  private final GammaPrior ratePrior;
  private final Optional<RateSums> rates;
  private final Optional<NoiseSource> priorNoise;

  /** What is known of each group's rate. */
  private record RateSums(
      DeviceMemory raw,
      DeviceMemory gradient,
      DeviceMemory rates,
      DeviceMemory roots,
      MemorySegment hostRates,
      MemorySegment hostRoots) {
    static RateSums of(DeviceArena arena, SmallParameters small, String name) {
      int groups = small.count(name);
      long bytes = (long) groups * Double.BYTES;
      return new RateSums(
          small.value(name),
          small.gradient(name),
          arena.doubles(groups),
          arena.doubles(groups),
          arena.pinned(bytes),
          arena.pinned(bytes));
    }
  }

  GeneTerms(
      DeviceArena arena,
      ModalitySpec spec,
      ModalityPriors priors,
      SmallParameters small,
      NoiseSources sources) {
    this.spec = spec;
    this.genes = spec.features();
    this.stride = WideWeight.stride(genes);
    this.backgroundPrior =
        AdditiveBackground.of(spec)
            .filter(_ -> priors.ambient().isEmpty())
            .flatMap(AdditiveBackground::prior);
    boolean regularised = backgroundPrior.isPresent();
    this.background =
        AdditiveBackground.of(spec)
            .map(
                own ->
                    GeneParameter.of(
                        arena,
                        small,
                        own.parameter(),
                        genes,
                        true,
                        GeneParameter.EXP,
                        regularised));
    this.measured =
        background.flatMap(
            own -> priors.ambient().map(prior -> new MeasuredBackground(arena, prior, own)));
    this.scaling =
        FeatureScaling.of(spec)
            .map(
                own ->
                    GeneParameter.of(
                        arena, small, own.parameter(), genes, false, GeneParameter.SCALING, true));
    this.dispersion = new InverseDispersion(spec);
    boolean contained = dispersion.contained();
    this.logTheta =
        GeneParameter.of(
            arena, small, dispersion.mean(), genes, true, GeneParameter.IDENTITY, contained);
    this.sigma =
        GeneParameter.of(
            arena, small, dispersion.logSigma(), genes, true, GeneParameter.EXP, false);
    this.ratePrior = priors.dispersion().gamma();
    this.rates =
        contained ? Optional.of(RateSums.of(arena, small, dispersion.rate())) : Optional.empty();
    this.priorNoise =
        rates.map(
            _ ->
                sources.add(
                    Draw.of(Draw.Kind.DISPERSION_PRIOR, spec.index()),
                    NoiseSource.Form.SHARED_NORMALS,
                    genes * dispersion.groups()));
  }

  /** Adds the launches that compute the tables. */
  void prepare(Frame frame) {
    background.ifPresent(own -> table(frame, own));
    scaling.ifPresent(own -> table(frame, own));
    table(frame, logTheta);
    table(frame, sigma);
  }

  private static void table(Frame frame, GeneParameter own) {
    Launches launches = frame.launches();
    launches.add(Code.GENE_TABLE, own.blocks(), own.categories(), 1, own.struct(launches));
  }

  /** {@return the tables as the head takes them} */
  Struct tables(Launches launches) {
    return launches.struct(
        background.map(GeneParameter::table).orElse(DeviceMemory.NONE),
        scaling.map(GeneParameter::table).orElse(DeviceMemory.NONE),
        logTheta.table(),
        sigma.table(),
        stride);
  }

  /** {@return the number of ambient categories; 0 without a background} */
  int ambientCategories() {
    return background.map(GeneParameter::categories).orElse(0);
  }

  /** {@return the number of rows of scaling factors; 1 where features are not scaled} */
  int scalingRows() {
    return scaling.map(GeneParameter::categories).orElse(1);
  }

  /**
   * Adds the launches that compute the gradients.
   *
   * @param drawn whether the expectation in the dispersion's prior is a draw
   * @param geneSums what the head summed up
   */
  void differentiate(
      Frame frame, GeneSegments segments, DeviceMemory geneSums, boolean drawn, Sums sums) {
    Launches launches = frame.launches();
    background.ifPresent(
        own -> {
          launches.add(
              Code.DIFFERENTIATE_BACKGROUND,
              own.blocks(),
              own.categories(),
              1,
              own.struct(launches),
              segments.ofBackground(launches),
              geneSums,
              stride,
              frame.step(),
              own.prior(launches, backgroundPrior),
              backgroundPrior.isPresent() ? 1 : 0);
          if (backgroundPrior.isPresent()) {
            sums.add(frame, Sums.Sum.BACKGROUND, own.values(), own.pieces());
            sums.add(frame, Sums.Sum.LOG_BACKGROUND, own.logs(), own.pieces());
          }
        });
    measured.ifPresent(own -> own.differentiate(frame));
    scaling.ifPresent(
        own -> {
          launches.add(
              Code.DIFFERENTIATE_SCALING,
              own.blocks(),
              own.categories(),
              1,
              own.struct(launches),
              segments.ofScaling(launches),
              segments.struct(launches),
              geneSums,
              stride,
              frame.step(),
              own.prior(launches, Optional.of(new FeatureScaling(spec).prior())));
          sums.add(frame, Sums.Sum.SCALING, own.values(), own.pieces());
          sums.add(frame, Sums.Sum.LOG_SCALING, own.logs(), own.pieces());
        });
    Struct containment = containment(frame, drawn);
    launches.add(
        Code.DIFFERENTIATE_DISPERSION,
        logTheta.blocks(),
        logTheta.categories(),
        1,
        logTheta.struct(launches),
        sigma.struct(launches),
        segments.ofDispersion(launches),
        geneSums,
        stride,
        frame.step(),
        containment);
    if (rates.isPresent()) {
      launches.addLine(
          Code.DIFFERENTIATE_RATES,
          logTheta.categories(),
          containment,
          logTheta.blocks(),
          genes,
          frame.step());
      sums.add(frame, Sums.Sum.LOG_SIGMA, logTheta.logs(), logTheta.pieces());
    }
  }

  private Struct containment(Frame frame, boolean drawn) {
    return frame
        .launches()
        .struct(
            rates.map(RateSums::raw).orElse(DeviceMemory.NONE),
            rates.map(RateSums::gradient).orElse(DeviceMemory.NONE),
            (float) dispersion.power(),
            drawn ? 1 : 0,
            NoiseSource.struct(priorNoise, frame),
            ratePrior.alpha(),
            ratePrior.beta(),
            logTheta.values(),
            logTheta.logs(),
            rates.map(RateSums::rates).orElse(DeviceMemory.NONE),
            rates.map(RateSums::roots).orElse(DeviceMemory.NONE));
  }

  /** Asks for what the priors' values need; it is there when the card has come so far. */
  void fetch() {
    measured.ifPresent(MeasuredBackground::fetch);
    rates.ifPresent(
        own -> {
          own.rates().download(own.hostRates());
          own.roots().download(own.hostRoots());
        });
  }

  /** Adds the values of the priors, nats per data set. */
  void addValues(Sums sums, GlobalNats nats) {
    if (background.isPresent() && backgroundPrior.isPresent()) {
      nats.add(
          GlobalTerm.BACKGROUND,
          negativeLog(
              backgroundPrior.get(),
              genes * background.get().categories(),
              sums.of(Sums.Sum.BACKGROUND),
              sums.of(Sums.Sum.LOG_BACKGROUND)));
    }
    measured.ifPresent(own -> own.addValue(nats));
    scaling.ifPresent(
        own ->
            nats.add(
                GlobalTerm.SCALING,
                negativeLog(
                    new FeatureScaling(spec).prior(),
                    genes * own.categories(),
                    sums.of(Sums.Sum.SCALING),
                    sums.of(Sums.Sum.LOG_SCALING))));
    rates.ifPresent(own -> nats.add(GlobalTerm.DISPERSION, containment(own, sums)));
  }

  private double containment(RateSums own, Sums sums) {
    double entropy = genes * logTheta.categories() * NORMAL_ENTROPY + sums.of(Sums.Sum.LOG_SIGMA);
    double value = 0;
    for (int d = 0; d < logTheta.categories(); d++) {
      double lambda = own.hostRates().getAtIndex(JAVA_DOUBLE, d);
      double roots = own.hostRoots().getAtIndex(JAVA_DOUBLE, d);
      value += lambda * roots - genes * Math.log(lambda) - ratePrior.logDensity(lambda);
    }
    return value - entropy;
  }

  /** {@return minus the log density of all numbers together under one prior, nats} */
  private static double negativeLog(GammaPrior prior, int count, double sum, double sumOfLogs) {
    double logNormaliser = prior.logDensity(1) + prior.beta();
    return prior.beta() * sum - (prior.alpha() - 1) * sumOfLogs - count * logNormaliser;
  }
}
