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
  private static final int IDENTITY = 0;
  private static final int EXP = 1;
  private static final int SCALING = 2;
  private static final double NORMAL_ENTROPY = 0.5 * Math.log(2 * Math.PI * Math.E);

  private final ModalitySpec spec;
  private final int genes;
  private final int stride;
  private final Optional<Parameter> background;
  private final Optional<GammaPrior> backgroundPrior;
  private final Optional<Parameter> scaling;
  private final Parameter logTheta;
  private final Parameter sigma;
  private final InverseDispersion dispersion;
  private final GammaPrior ratePrior;
  private final Optional<RateSums> rates;
  private final Optional<NoiseSource> priorNoise;

  /** A parameter as it is stored, its gradient, its table, and sums for its prior. */
  private record Parameter(
      DeviceMemory raw,
      DeviceMemory gradient,
      DeviceMemory table,
      int genes,
      int categories,
      int geneStride,
      int categoryStride,
      int tableStride,
      int transform,
      DeviceMemory values,
      DeviceMemory logs) {
    static Parameter of(
        DeviceArena arena,
        SmallParameters small,
        String name,
        int genes,
        boolean byGene,
        int transform,
        boolean prior) {
      int categories = small.count(name) / genes;
      int stride = WideWeight.stride(genes);
      int pieces = Math.ceilDiv(genes, 256) * categories;
      return new Parameter(
          small.value(name),
          small.gradient(name),
          arena.words((long) categories * stride),
          genes,
          categories,
          byGene ? categories : 1,
          byGene ? 1 : genes,
          stride,
          transform,
          prior ? arena.doubles(pieces) : DeviceMemory.NONE,
          prior ? arena.doubles(pieces) : DeviceMemory.NONE);
    }

    Struct struct(Launches launches) {
      return launches.struct(
          raw,
          gradient,
          table,
          genes,
          categories,
          geneStride,
          categoryStride,
          tableStride,
          transform);
    }

    int blocks() {
      return Math.ceilDiv(genes, 256);
    }

    int pieces() {
      return blocks() * categories;
    }

    Struct prior(Launches launches, Optional<GammaPrior> prior) {
      return launches.struct(
          prior.map(own -> (float) own.beta()).orElse(0f),
          prior.map(own -> (float) (own.alpha() - 1)).orElse(0f),
          values,
          logs);
    }
  }

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
    this.backgroundPrior = AdditiveBackground.of(spec).flatMap(AdditiveBackground::prior);
    boolean regularised = backgroundPrior.isPresent();
    this.background =
        AdditiveBackground.of(spec)
            .map(own -> Parameter.of(arena, small, own.parameter(), genes, true, EXP, regularised));
    this.scaling =
        FeatureScaling.of(spec)
            .map(own -> Parameter.of(arena, small, own.parameter(), genes, false, SCALING, true));
    this.dispersion = new InverseDispersion(spec);
    boolean contained = dispersion.contained();
    this.logTheta = Parameter.of(arena, small, dispersion.mean(), genes, true, IDENTITY, contained);
    this.sigma = Parameter.of(arena, small, dispersion.logSigma(), genes, true, EXP, false);
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

  private static void table(Frame frame, Parameter own) {
    Launches launches = frame.launches();
    launches.add(Code.GENE_TABLE, own.blocks(), own.categories(), 1, own.struct(launches));
  }

  /** {@return the tables as the head takes them} */
  Struct tables(Launches launches) {
    return launches.struct(
        background.map(Parameter::table).orElse(DeviceMemory.NONE),
        scaling.map(Parameter::table).orElse(DeviceMemory.NONE),
        logTheta.table(),
        sigma.table(),
        stride);
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
