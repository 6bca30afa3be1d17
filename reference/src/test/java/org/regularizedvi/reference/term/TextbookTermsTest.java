package org.regularizedvi.reference.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
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
import org.regularizedvi.core.term.LatentKl;
import org.regularizedvi.core.term.LatentRelevance;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.core.term.ModalityScale;
import org.regularizedvi.engine.Model;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.kernel.special.Softplus;
import org.regularizedvi.options.Records;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.objective.Elbo;
import org.regularizedvi.reference.torch.NormalPosterior;
import org.regularizedvi.reference.torch.Tensors;

/** The tensors of each term against what the term says of itself in double precision. */
class TextbookTermsTest {
  private static final int FEATURES = 7;
  private static final float[] WIDTHS = {0.5f, 1, 1.5f, 2, 3, 5, 8};
  private static final LibraryPrior LIBRARY =
      new LibraryPrior(new float[] {0.1f, -0.2f}, new float[] {0.3f, 0.4f}, 6, 0);

  private static ModalitySpec spec(Dispersion dispersion) {
    ModelConfig config =
        TestCells.smallModel()
            .with(
                new GenerativeConfig(
                    dispersion,
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
                    new DispersionHyperPrior(0.5, OptionalDouble.of(4)),
                    new GammaPrior(1.5, 90),
                    new GammaPrior(150, 140),
                    0.5,
                    PriorConfig.recommended().libraryLogMeansCenteringSensitivity(),
                    DispersionDirection.INVERSE_SQRT,
                    1))
            .with(new PenaltyConfig(0.1, 0.2, 0.4, 0.3))
            .with(Records.with(LatentPriorConfig.defaults(), "useArdZSigmaScale", true));
    int[] two = {2};
    CategoryCounts categories = new CategoryCounts(two, two, two, new int[0], two, 3, 2, 0);
    return new ModalitySpec(
        0,
        StoredNames.of("rna"),
        FEATURES,
        config.network().nLatent(),
        config,
        categories,
        new Membership(true, OptionalDouble.of(5), 1));
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

  @ParameterizedTest
  @EnumSource(Dispersion.class)
  void globalTermsAreTheTextbooks(Dispersion dispersion) {
    ModalitySpec spec = spec(dispersion);
    ModalityPriors priors =
        new ModalityPriors(
            LIBRARY,
            spec.config().priors().dispersionHyperPrior(),
            Optional.empty(),
            Optional.of(WIDTHS));
    try (PointerScope _ = new PointerScope();
        Parameters parameters = parameters(spec);
        Network network =
            Network.of(new Model(NetworkSpec.single(spec), List.of(priors), parameters))) {
      CounterNoise noise = new CounterNoise(new CounterRandom(0), 0, new int[0]);
      Map<GlobalTerm, Tensor> found = new Elbo(network).globalTerms(noise).scalars();
      Map<GlobalTerm, Double> expected = textbook(spec, priors, parameters);
      assertThat(found.keySet()).isEqualTo(expected.keySet());
      expected.forEach(
          (term, value) ->
              assertThat(found.get(term).item_double())
                  .as("%s", term)
                  .isCloseTo(value, within(1e-6 * Math.abs(value))));
    }
  }

  private static Map<GlobalTerm, Double> textbook(
      ModalitySpec spec, ModalityPriors priors, Parameters parameters) {
    Map<GlobalTerm, Double> terms = new EnumMap<>(GlobalTerm.class);
    InverseDispersion dispersion = new InverseDispersion(spec);
    double[] rates = doubles(parameters.values(dispersion.rate()));
    terms.put(
        GlobalTerm.DISPERSION,
        InverseDispersion.containment(
            dispersion.power(),
            parameters.values(dispersion.mean()),
            parameters.values(dispersion.logSigma()),
            Arrays.stream(rates).map(Softplus::value).toArray(),
            priors.dispersion().gamma()));
    AdditiveBackground background = AdditiveBackground.of(spec).orElseThrow();
    GammaPrior backgroundPrior = background.prior().orElseThrow();
    terms.put(
        GlobalTerm.BACKGROUND,
        -Arrays.stream(doubles(parameters.values(background.parameter())))
            .map(AdditiveBackground::value)
            .map(backgroundPrior::logDensity)
            .sum());
    FeatureScaling scaling = FeatureScaling.of(spec).orElseThrow();
    terms.put(
        GlobalTerm.SCALING,
        -Arrays.stream(doubles(parameters.values(scaling.parameter())))
            .map(FeatureScaling::value)
            .map(scaling.prior()::logDensity)
            .sum());
    LibrarySize library = new LibrarySize(spec);
    terms.put(
        GlobalTerm.LIBRARY_WEIGHT,
        LibrarySize.weightDivergence(
            parameters.values(library.weightMean())[0],
            parameters.values(library.weightLogSigma())[0],
            library.weightPriorRate()));
    ModalityScale scale = ModalityScale.of(spec).orElseThrow();
    terms.put(GlobalTerm.MODALITY_SCALE, -scale.prior().logDensity(scale.read(parameters)));
    terms.put(GlobalTerm.DECODER_PENALTIES, penalties(spec, parameters));
    LatentRelevance relevance = LatentRelevance.of(spec).orElseThrow();
    float[] loc = parameters.values(relevance.loc());
    float[] logScale = parameters.values(relevance.logScale());
    terms.put(
        GlobalTerm.ARD,
        IntStream.range(0, loc.length)
            .mapToDouble(k -> LatentRelevance.divergence(loc[k], logScale[k]))
            .sum());
    return terms;
  }

  private static double penalties(ModalitySpec spec, Parameters parameters) {
    DecoderPenalties penalties = new DecoderPenalties(spec);
    float[] scale = parameters.values(new Decoder(spec).scaleWeight());
    double relative = 0;
    for (int i = 0; i < scale.length; i++) {
      double width = WIDTHS[i / (scale.length / spec.features())];
      relative += Math.pow(scale[i] / width, 2);
    }
    double sum = 0;
    double absolute = 0;
    for (String name : penalties.hiddenWeights()) {
      sum += squares(parameters.values(name));
      absolute += Arrays.stream(doubles(parameters.values(name))).map(Math::abs).sum();
    }
    String first = penalties.hiddenWeights().getFirst();
    int columns = (int) parameters.spec(first).shape()[1];
    float[] weight = parameters.values(first);
    double covariates =
        IntStream.range(0, weight.length)
            .filter(i -> i % columns >= penalties.firstCovariateColumn())
            .mapToDouble(i -> (double) weight[i] * weight[i])
            .sum();
    assertThat(penalties.firstCovariateColumn() + penalties.covariateColumns()).isEqualTo(columns);
    return 0.1 * (squares(scale) + sum)
        + 0.2 * covariates
        + 0.4 * spec.decoder().hidden() / 512 * (relative + sum - covariates)
        + 0.3 * absolute;
  }

  private static double squares(float[] values) {
    return Arrays.stream(doubles(values)).map(v -> v * v).sum();
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  @ParameterizedTest
  @EnumSource(Dispersion.class)
  void divergencesOfCellsAreTheTextbooks(Dispersion dispersion) {
    ModalitySpec spec = spec(dispersion);
    int[] groups = {1, 0, 1};
    Covariates covariates =
        new Covariates(
            3, Map.of(Purpose.LIBRARY_SIZE, new int[][] {groups}), new float[0][], new float[0]);
    float[] means = {0.5f, -1, 2};
    float[] variances = {0.2f, 1.5f, 0.9f};
    try (PointerScope _ = new PointerScope();
        Parameters parameters = parameters(spec);
        Network network =
            Network.of(
                new Model(
                    NetworkSpec.single(spec),
                    List.of(new ModalityPriors(LIBRARY, DispersionHyperPrior.defaults())),
                    parameters))) {
      NormalPosterior q = new NormalPosterior(Tensors.of(means, 3, 1), Tensors.of(variances, 3, 1));
      double[] ofLibrary =
          Tensors.doubles(network.modalities().getFirst().library().divergence(q, covariates));
      double[] ofLatent = Tensors.doubles(LatentKlTensors.perDimension(q));
      for (int n = 0; n < 3; n++) {
        double prior = LIBRARY.logMeans()[groups[n]];
        double spread = LIBRARY.logVars()[groups[n]];
        assertThat(ofLibrary[n])
            .isCloseTo(LibrarySize.divergence(means[n], variances[n], prior, spread), within(1e-5));
        assertThat(ofLatent[n]).isCloseTo(LatentKl.of(means[n], variances[n]), within(1e-6));
      }
    }
  }
}
