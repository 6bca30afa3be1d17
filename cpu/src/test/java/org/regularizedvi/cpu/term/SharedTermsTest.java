package org.regularizedvi.cpu.term;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.regularizedvi.cpu.Differences.doubles;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.config.DecoderConfig;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.DispersionDirection;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.config.LatentPriorConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.prior.AmbientPrior;
import org.regularizedvi.core.prior.DispersionHyperPrior;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.Membership;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.core.term.FeatureScaling;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.core.term.LatentRelevance;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.core.term.ModalityScale;
import org.regularizedvi.cpu.Differences;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.engine.Model;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.kernel.special.Softplus;
import org.regularizedvi.options.Records;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.objective.Elbo;

/**
 * The terms of parameters that all cells share: values against the reference, to 1e-6 of the value,
 * derivatives against differences of the textbook's formulas, to 1e-5 of a parameter's largest.
 */
class SharedTermsTest {
  /** Several pieces of entries, which begin at different groups. */
  private static final int FEATURES = 701;

  private static final double FACTOR = 1.5;
  private static final LibraryPrior LIBRARY =
      new LibraryPrior(new float[] {0.1f, -0.2f}, new float[] {0.3f, 0.4f}, 6, 0.2f);
  static final DispersionHyperPrior HYPER_PRIOR =
      new DispersionHyperPrior(0.5, OptionalDouble.of(4));
  static final GammaPrior OF_BACKGROUND = new GammaPrior(1.5, 90);
  static final GammaPrior OF_SCALING = new GammaPrior(150, 140);
  static final PenaltyConfig PENALTIES = new PenaltyConfig(0.1, 0.2, 0.4, 0.3);

  /** Two categories of unlike profiles and strengths; the first gene has no share in the first. */
  static final AmbientPrior MEASURED = measured();

  private static final Variant ORDINARY =
      new Variant(Dispersion.GENE_BATCH, false, DispersionDirection.INVERSE_SQRT);

  /**
   * One kind of dispersion, with its prior in closed form or drawn, and what that holds to zero.
   */
  record Variant(Dispersion dispersion, boolean drawn, DispersionDirection direction)
      implements Noise {
    double power() {
      return direction == DispersionDirection.SQRT ? 0.5 : -0.5;
    }

    private Noise counted() {
      return new CounterNoise(new CounterRandom(8), 2, new int[0]);
    }

    @Override
    public void normals(Draw draw, int row, float[] out) {
      counted().normals(draw, row, out);
    }

    @Override
    public void sharedNormals(Draw draw, float[] out) {
      counted().sharedNormals(draw, out);
    }

    @Override
    public void uniforms(Draw draw, int row, float[] out) {
      counted().uniforms(draw, row, out);
    }

    @Override
    public void entryUniforms(
        Draw draw, int row, int[] columns, int first, int from, int count, float[] out) {
      counted().entryUniforms(draw, row, columns, first, from, count, out);
    }

    @Override
    public Noise rows(int from, int to) {
      return counted().rows(from, to);
    }

    @Override
    public boolean drawsDispersionPrior() {
      return drawn;
    }
  }

  static Stream<Variant> variants() {
    DispersionDirection inverse = DispersionDirection.INVERSE_SQRT;
    DispersionDirection root = DispersionDirection.SQRT;
    return Stream.of(
        new Variant(Dispersion.GENE, false, inverse),
        new Variant(Dispersion.GENE, true, root),
        new Variant(Dispersion.GENE_BATCH, false, root),
        new Variant(Dispersion.GENE_BATCH, true, inverse));
  }

  private static ModalitySpec spec(Variant variant) {
    ModelConfig config =
        TestCells.smallModel()
            .with(
                new GenerativeConfig(
                    variant.dispersion(),
                    LatentDistribution.NORMAL,
                    ScaleActivation.SOFTPLUS,
                    true,
                    true,
                    false,
                    DecoderConfig.defaults()))
            .with(
                new PriorConfig(
                    true,
                    true,
                    HYPER_PRIOR,
                    OF_BACKGROUND,
                    OF_SCALING,
                    0.5,
                    PriorConfig.recommended().libraryLogMeansCenteringSensitivity(),
                    variant.direction(),
                    1))
            .with(PENALTIES)
            .with(Records.with(LatentPriorConfig.defaults(), "useArdZSigmaScale", true));
    int[] two = {2};
    CategoryCounts categories = new CategoryCounts(two, two, two, new int[0], two, 3, 2, 1);
    return new ModalitySpec(
        0,
        StoredNames.of("rna"),
        FEATURES,
        config.network().nLatent(),
        config,
        categories,
        new Membership(true, OptionalDouble.of(7), 1));
  }

  /** Every parameter away from where it starts, so that nothing is right by being 0 or 1. */
  private static Parameters parameters(ModalitySpec spec) {
    Parameters started = Parameters.start(ParameterLayout.ofAll(NetworkSpec.single(spec)), 3);
    CounterRandom random = new CounterRandom(4);
    List<float[]> moved =
        IntStream.range(0, started.specs().size())
            .mapToObj(
                i -> {
                  float[] values = started.values(started.specs().get(i).name());
                  float[] normals = new float[values.length];
                  random.normals(0, i, 0, 0, normals, 0, normals.length);
                  for (int j = 0; j < values.length; j++) {
                    values[j] += 0.3f * normals[j];
                  }
                  return values;
                })
            .toList();
    Parameters all = Parameters.of(started.specs(), moved);
    started.close();
    return all;
  }

  private static AmbientPrior measured() {
    float[] shares = new float[2 * FEATURES];
    float[] sums = new float[2];
    CounterRandom random = new CounterRandom(6);
    random.uniforms(0, 0, 0, 0, shares, 0, shares.length);
    shares[0] = 0;
    for (int i = 0; i < shares.length; i++) {
      sums[i % 2] += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sums[i % 2];
    }
    return new AmbientPrior(
        new FloatMatrix(FEATURES, 2, shares),
        new double[] {5, 9},
        new double[] {70, 300},
        new double[] {20, 3});
  }

  private static ModalityPriors priors() {
    return new ModalityPriors(LIBRARY, HYPER_PRIOR);
  }

  private static ModalityPriors measuredPriors() {
    return new ModalityPriors(LIBRARY, HYPER_PRIOR, Optional.of(MEASURED), Optional.empty());
  }

  @Test
  void aMeasuredProfileHasThePriorOfTheReferenceAndTheTextbook() {
    ModalitySpec spec = spec(ORDINARY);
    String name = AdditiveBackground.of(spec).orElseThrow().parameter();
    try (PointerScope _ = new PointerScope();
        Arena arena = Arena.ofShared();
        Workers workers = new Workers(2);
        Parameters parameters = parameters(spec);
        Network network =
            Network.of(
                new Model(NetworkSpec.single(spec), List.of(measuredPriors()), parameters))) {
      Gradients gradients = Gradients.of(parameters, List.of(name), arena);
      double found =
          SharedTerms.of(spec, measuredPriors(), parameters, () -> 0)
              .differentiate(FACTOR, gradients, ORDINARY, workers)
              .of(GlobalTerm.BACKGROUND);
      double reference =
          new Elbo(network)
              .globalTerms(ORDINARY)
              .scalars()
              .get(GlobalTerm.BACKGROUND)
              .item_double();
      double[] raw = doubles(parameters.values(name));
      assertThat(reference).isCloseTo(TextbookTerms.measured(MEASURED, raw), within(1e-6));
      assertThat(found).isCloseTo(reference, within(1e-6 * Math.abs(reference)));
      Differences.requireSlopes(
          name,
          () -> FACTOR * TextbookTerms.measured(MEASURED, raw),
          raw,
          doubles(gradients.of(name).toArray(JAVA_FLOAT)),
          1e-5,
          40);
    }
  }

  private static SharedTerms terms(ModalitySpec spec, Parameters parameters) {
    double squares =
        TextbookTerms.squares(doubles(parameters.values(new Decoder(spec).scaleWeight())));
    double penalty = new DecoderPenalties(spec).latentL2() * squares;
    return SharedTerms.of(spec, priors(), parameters, () -> penalty);
  }

  private static GlobalLoss differentiate(
      ModalitySpec spec,
      Parameters parameters,
      double factor,
      Gradients gradients,
      Variant variant) {
    try (Workers workers = new Workers(2)) {
      return terms(spec, parameters).differentiate(factor, gradients, variant, workers);
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void valuesAreTheReferences(Variant variant) {
    ModalitySpec spec = spec(variant);
    try (PointerScope _ = new PointerScope();
        Parameters parameters = parameters(spec);
        Network network =
            Network.of(new Model(NetworkSpec.single(spec), List.of(priors()), parameters))) {
      Map<GlobalTerm, Tensor> expected = new Elbo(network).globalTerms(variant).scalars();
      GlobalLoss found = differentiate(spec, parameters, FACTOR, Gradients.none(), variant);
      expected.forEach(
          (term, scalar) -> {
            double value = scalar.item_double();
            assertThat(found.of(term))
                .as("%s", term)
                .isCloseTo(value, within(1e-6 * Math.abs(value)));
          });
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void derivativesAreTheTextbooks(Variant variant) {
    ModalitySpec spec = spec(variant);
    try (Arena arena = Arena.ofShared();
        Parameters parameters = parameters(spec)) {
      List<String> names = names(spec);
      Gradients gradients = Gradients.of(parameters, names, arena);
      names.forEach(name -> gradients.of(name).setAtIndex(JAVA_FLOAT, 0, 1));
      differentiate(spec, parameters, FACTOR, gradients, variant);
      Map<String, double[]> at = new HashMap<>();
      names.forEach(name -> at.put(name, doubles(parameters.values(name))));
      for (String name : names) {
        double[] found = doubles(gradients.of(name).toArray(JAVA_FLOAT));
        found[0] -= 1;
        Differences.requireSlopes(
            name,
            () ->
                FACTOR
                    * TextbookTerms.of(spec, variant, at).values().stream()
                        .reduce(0.0, Double::sum),
            at.get(name),
            found,
            1e-5,
            Math.ceilDiv(found.length, 17));
      }
    }
  }

  private static List<String> names(ModalitySpec spec) {
    InverseDispersion dispersion = new InverseDispersion(spec);
    LibrarySize library = new LibrarySize(spec);
    List<String> own =
        List.of(
            dispersion.mean(),
            dispersion.logSigma(),
            dispersion.rate(),
            AdditiveBackground.of(spec).orElseThrow().parameter(),
            FeatureScaling.of(spec).orElseThrow().parameter(),
            library.weightMean(),
            library.weightLogSigma(),
            ModalityScale.of(spec).orElseThrow().parameter(),
            LatentRelevance.of(spec).orElseThrow().loc(),
            LatentRelevance.of(spec).orElseThrow().logScale());
    return Stream.concat(own.stream(), new DecoderPenalties(spec).hiddenWeights().stream())
        .toList();
  }

  @Test
  void theFactorOfAModalityPassesItsGradientOn() {
    ModalitySpec spec = spec(ORDINARY);
    String name = ModalityScale.of(spec).orElseThrow().parameter();
    try (Arena arena = Arena.ofShared();
        Parameters parameters = parameters(spec)) {
      ModalityScaleTerm term = ModalityScaleTerm.of(spec, parameters).orElseThrow();
      double[] raw = doubles(parameters.values(name));
      assertThat(term.logFactor()).isCloseTo(Math.log(Softplus.value(raw[0]) / 0.7), within(1e-12));
      Gradients gradients = Gradients.of(parameters, List.of(name), arena);
      term.differentiateFactor(3, gradients);
      Differences.requireSlopes(
          name,
          () -> 3 * Math.log(Softplus.value(raw[0])),
          raw,
          doubles(gradients.of(name).toArray(JAVA_FLOAT)),
          1e-6,
          1);
    }
  }

  @Test
  void aBrokenParameterIsSeen() {
    ModalitySpec spec = spec(ORDINARY);
    for (String name : names(spec)) {
      try (Parameters parameters = parameters(spec)) {
        parameters.memory(name).setAtIndex(JAVA_FLOAT, 0, Float.NaN);
        GlobalLoss loss = differentiate(spec, parameters, 1, Gradients.none(), ORDINARY);
        assertThat(loss.firstBroken()).as(name).isPresent();
      }
    }
  }
}
