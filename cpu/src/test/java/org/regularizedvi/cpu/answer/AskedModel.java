package org.regularizedvi.cpu.answer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.config.DecoderConfig;
import org.regularizedvi.core.config.DecoderType;
import org.regularizedvi.core.config.DecodersByModality;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.HorseshoeConfig;
import org.regularizedvi.core.config.HorseshoePrior;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.LatentPriorConfig;
import org.regularizedvi.core.config.ModalityTerms;
import org.regularizedvi.core.config.ModalityWeights;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.NormalisedNetworks;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.Model;
import org.regularizedvi.options.Records;
import org.regularizedvi.reference.ReferenceEngine;

/**
 * A model of two modalities whose every parameter matters, with cells of which some lack one or the
 * other, and what the reference engine makes of it.
 */
record AskedModel(String options, Model model, Computation reference, Minibatch minibatch)
    implements AutoCloseable {
  private static final int CELLS = 37;
  private static final CovariateKeys PLAIN = CovariateKeys.batch("batch").withSizeFactor("factor");
  private static final CovariateKeys MANY =
      CovariateKeys.none()
          .withAmbient("batch", "donor")
          .withDispersion("batch")
          .withLibrarySize("donor")
          .withNnConditioning("donor", "one")
          .withFeatureScaling("one", "batch")
          .withNnContinuous("number", "factor")
          .withEncoder("donor");

  /** What a case has in place of the published model. */
  private record Case(
      LatentMode mode,
      ModalityWeights weights,
      ScaleActivation activation,
      NormalisedNetworks layerNorm,
      NormalisedNetworks batchNorm,
      boolean keys,
      LatentPriorConfig prior) {}

  /** Models that have every option between them. */
  static Stream<AskedModel> all() {
    NormalisedNetworks both = NormalisedNetworks.BOTH;
    NormalisedNetworks none = NormalisedNetworks.NONE;
    ScaleActivation softplus = ScaleActivation.SOFTPLUS;
    ScaleActivation softmax = ScaleActivation.SOFTMAX;
    ModalityWeights equal = ModalityWeights.EQUAL;
    LatentPriorConfig normal = LatentPriorConfig.defaults();
    LatentPriorConfig ofAll = Records.with(normal, "useArdZSigmaScale", true);
    LatentPriorConfig cells =
        Records.with(normal, "horseshoe", new HorseshoeConfig(HorseshoePrior.GAMMA, 1, 1, 0.1));
    return Stream.of(
            new Case(LatentMode.CONCATENATION, equal, softplus, both, none, true, normal),
            new Case(LatentMode.CONCATENATION, equal, softmax, both, both, false, cells),
            new Case(LatentMode.SINGLE_ENCODER, equal, softplus, none, both, true, normal),
            new Case(LatentMode.WEIGHTED_MEAN, equal, softmax, both, none, true, normal),
            new Case(
                LatentMode.WEIGHTED_MEAN,
                ModalityWeights.UNIVERSAL,
                softplus,
                none,
                none,
                false,
                ofAll),
            new Case(
                LatentMode.WEIGHTED_MEAN, ModalityWeights.CELL, softplus, both, none, true, normal))
        .map(AskedModel::of);
  }

  private static AskedModel of(Case options) {
    CellData data = TestCells.ofTwo(CELLS, options.keys ? MANY : PLAIN);
    SequencedMap<String, Integer> features = new LinkedHashMap<>();
    data.modalities().forEach(own -> features.put(own.name(), own.features().size()));
    NetworkSpec spec = NetworkSpec.of(config(options), features, CategoryCounts.of(data.schema()));
    LibraryPrior prior =
        new LibraryPrior(new float[] {5, 6, 7}, new float[] {0.1f, 0.2f, 0.3f}, 6, 0);
    ModalityPriors priors =
        new ModalityPriors(prior, spec.config().priors().dispersionHyperPrior());
    Model model = new Model(spec, List.of(priors, priors), parameters(spec));
    return new AskedModel(
        options.toString(),
        model,
        new ReferenceEngine().open(model),
        data.minibatchByGroup(IntStream.range(0, CELLS).toArray()));
  }

  private static MultimodalConfig config(Case options) {
    boolean mean = options.mode == LatentMode.WEIGHTED_MEAN;
    ModelConfig shared =
        TestCells.smallModel()
            .with(options.prior)
            .with(
                NetworkConfig.published()
                    .withSize(24, 6, 2)
                    .withNormalisation(options.layerNorm, options.batchNorm))
            .with(
                new GenerativeConfig(
                    Dispersion.GENE_BATCH,
                    options.keys ? LatentDistribution.LN : LatentDistribution.NORMAL,
                    options.activation,
                    true,
                    true,
                    !options.keys,
                    DecoderConfig.defaults()));
    return new MultimodalConfig(
        shared,
        new MultimodalOptions(
            new LatentConfig(options.mode, options.weights),
            Map.of("atac", 20),
            mean ? Map.of() : Map.of("atac", 4),
            Map.of("rna", 1),
            Map.of("atac", Dispersion.GENE),
            bursts(options),
            new ModalityTerms(
                Optional.of(List.of("rna")),
                Optional.of(options.keys ? List.of("rna", "atac") : List.of("atac")),
                options.keys,
                5),
            Map.of()));
  }

  /** Some models with a softplus have bursts in one of their modalities. */
  private static DecodersByModality bursts(Case options) {
    return options.activation == ScaleActivation.SOFTPLUS && options.keys
        ? new DecodersByModality(Map.of("rna", DecoderType.BURST_FREQUENCY_SIZE), Map.of())
        : DecodersByModality.defaults();
  }

  private static Parameters parameters(NetworkSpec spec) {
    List<ParameterSpec> specs = ParameterLayout.ofAll(spec);
    SplittableRandom random = new SplittableRandom(8);
    List<float[]> values = new ArrayList<>();
    for (ParameterSpec parameter : specs) {
      float[] own = new float[parameter.size()];
      for (int i = 0; i < own.length; i++) {
        double normal = random.nextGaussian();
        own[i] =
            (float)
                (parameter.name().endsWith("running_var") ? 0.5 + normal * normal : normal / 10);
      }
      values.add(own);
    }
    return Parameters.of(specs, values);
  }

  Covariates covariates() {
    return minibatch.covariates();
  }

  /** {@return normals of a seed's own: cells x columns} */
  FloatMatrix normals(int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[CELLS * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new FloatMatrix(CELLS, columns, values);
  }

  @Override
  public void close() {
    reference.close();
    model.parameters().close();
  }

  @Override
  public String toString() {
    return options;
  }
}
