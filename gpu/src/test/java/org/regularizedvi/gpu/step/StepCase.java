package org.regularizedvi.gpu.step;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Stream;
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
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.config.ZSparsityPrior;
import org.regularizedvi.core.data.TestCells;

/**
 * A model that a step on the card is held to processors with.
 *
 * @param name what is special in it
 * @param maker invents so many cells and starts it
 * @param tolerance of parameters after some steps in float32, as a part of a tensor's largest
 */
record StepCase(String name, IntFunction<SmallTraining> maker, double tolerance) {
  static final int GENES = 150;
  private static final int PEAKS = 170;

  /** Makes a case in which only the order of sums differs. */
  StepCase(String name, IntFunction<SmallTraining> maker) {
    this(name, maker, 1e-4);
  }

  static Stream<StepCase> all() {
    return Stream.concat(ofOneModality(), ofTwo());
  }

  private static Stream<StepCase> ofOneModality() {
    ModelConfig penalised = TestCells.smallModel().with(new PenaltyConfig(0.1, 0.3, 0.4, 0.2));
    NetworkConfig deep = NetworkConfig.published().withSize(40, 5, 2);
    return Stream.of(
        one("recommended", TestCells.smallModel()),
        allTerms(),
        one(
            "one dispersion a gene, dropout of layers",
            penalised
                .with(generative(Dispersion.GENE, false, false, false))
                .with(deep.withDropout(0.3, false))),
        one("dropout of input", TestCells.smallModel().with(deep.withDropout(0.3, true))),
        batchNorm(),
        one(
            "logistic normal",
            TestCells.smallModel().with(with(LatentDistribution.LN, ScaleActivation.SOFTPLUS))),
        softmax(),
        bursts(),
        sparse(),
        new StepCase(
            "new categories",
            cells -> SmallTraining.extended(cells, GENES, TestCells.smallModel())),
        new StepCase("fractional and large counts", cells -> unlikeWhole(cells)),
        new StepCase(
            "size factors",
            cells -> SmallTraining.withSizeFactors(cells, GENES, TestCells.smallModel())),
        new StepCase(
            "measured background",
            cells -> SmallTraining.withMeasuredBackground(cells, GENES, TestCells.smallModel())),
        one(
            "published",
            ModelConfig.published().with(NetworkConfig.published().withSize(24, 6, 1))));
  }

  /** {@return cases that all barriers are passed in} */
  static List<StepCase> withEveryBarrier() {
    return List.of(allTerms(), batchNorm(), softmax(), bursts());
  }

  private static StepCase allTerms() {
    return one(
        "all terms and penalties",
        TestCells.smallModel()
            .with(new PenaltyConfig(0.1, 0.3, 0.4, 0.2))
            .with(generative(Dispersion.GENE_BATCH, true, true, true)));
  }

  private static StepCase one(String name, ModelConfig config) {
    return new StepCase(name, cells -> new SmallTraining(cells, GENES, config));
  }

  private static Stream<StepCase> ofTwo() {
    return Stream.concat(
        ofTwoModalities().map(StepCase::two),
        Stream.of(
                new HorseshoeConfig(HorseshoePrior.LOGNORMAL, 0.8, 0.7, 0.2),
                new HorseshoeConfig(HorseshoePrior.LOGNORMAL_MC, 0.8, 0.7, 0.2),
                new HorseshoeConfig(HorseshoePrior.GAMMA, 0.8, 0.7, 0.2),
                HorseshoeConfig.defaults())
            .map(StepCase::scaled));
  }

  /** {@return a model of which cells have scales of z, or all cells share them} */
  private static StepCase scaled(HorseshoeConfig scales) {
    LatentPriorConfig prior =
        new LatentPriorConfig(true, ZSparsityPrior.NONE, 2, false, 4, !scales.on(), scales);
    MultimodalConfig config =
        new MultimodalConfig(TestCells.smallModel().with(prior), MultimodalOptions.defaults());
    return new StepCase(
        "scales of z, %s".formatted(scales.horseshoeLatentZPriorType()),
        cells -> new SmallTraining(cells, PEAKS, GENES, config));
  }

  private static StepCase two(MultimodalConfig config) {
    LatentConfig latent = config.options().latent();
    return new StepCase(
        "two modalities, %s, %s".formatted(latent.mode(), latent.weights()),
        cells -> new SmallTraining(cells, PEAKS, GENES, config));
  }

  /** Every way to share a latent, with all that modalities need not have in common. */
  static Stream<MultimodalConfig> ofTwoModalities() {
    return Stream.concat(
        Stream.of(MultimodalConfig.recommended().options())
            .map(options -> new MultimodalConfig(TestCells.smallModel(), options)),
        Stream.of(
                new LatentConfig(LatentMode.CONCATENATION, ModalityWeights.EQUAL),
                new LatentConfig(LatentMode.SINGLE_ENCODER, ModalityWeights.EQUAL),
                new LatentConfig(LatentMode.WEIGHTED_MEAN, ModalityWeights.EQUAL),
                new LatentConfig(LatentMode.WEIGHTED_MEAN, ModalityWeights.UNIVERSAL),
                new LatentConfig(LatentMode.WEIGHTED_MEAN, ModalityWeights.CELL))
            .map(StepCase::unlike));
  }

  /** {@return a model whose modalities have no size or option in common that they need not} */
  private static MultimodalConfig unlike(LatentConfig latent) {
    ModelConfig shared =
        TestCells.smallModel()
            .with(NetworkConfig.published().withSize(24, 6, 2))
            .with(new PenaltyConfig(0.1, 0.3, 0.4, 0.2))
            .with(generative(Dispersion.GENE_BATCH, true, true, true));
    boolean mean = latent.mode() == LatentMode.WEIGHTED_MEAN;
    return new MultimodalConfig(
        shared,
        new MultimodalOptions(
            latent,
            Map.of("atac", 20),
            mean ? Map.of() : Map.of("atac", 4),
            Map.of("rna", 1),
            Map.of("atac", Dispersion.GENE),
            new DecodersByModality(
                Map.of("rna", DecoderType.BURST_FREQUENCY_SIZE), Map.of("rna", 0.3)),
            new ModalityTerms(
                Optional.of(List.of("atac", "rna")), Optional.of(List.of("rna")), true, 4),
            Map.of("atac", 0.5)));
  }

  private static StepCase batchNorm() {
    return one(
        "batch norm",
        TestCells.smallModel()
            .with(
                NetworkConfig.published()
                    .withSize(40, 5, 2)
                    .withNormalisation(NormalisedNetworks.DECODER, NormalisedNetworks.BOTH)));
  }

  /** The density's pole at zero makes much more of the last bit of a small z or hidden unit. */
  private static StepCase sparse() {
    LatentPriorConfig prior =
        new LatentPriorConfig(
            true, ZSparsityPrior.GAMMA, 6, true, 16, false, HorseshoeConfig.defaults());
    ModelConfig config = TestCells.smallModel().with(prior);
    return new StepCase(
        "sparsity of z and hidden layers", cells -> new SmallTraining(cells, GENES, config), 1e-2);
  }

  private static SmallTraining unlikeWhole(int cells) {
    return SmallTraining.withCounts(
        cells,
        GENES,
        TestCells.smallModel(),
        (place, count) -> place % 50 == 0 ? 70_000 + count : place % 3 == 0 ? count / 3 : count);
  }

  private static StepCase softmax() {
    return one(
        "softmax",
        TestCells.smallModel().with(with(LatentDistribution.NORMAL, ScaleActivation.SOFTMAX)));
  }

  private static StepCase bursts() {
    DecoderConfig decoder =
        new DecoderConfig(DecoderType.BURST_FREQUENCY_SIZE, OptionalInt.of(14), 0.7);
    return one(
        "bursts",
        TestCells.smallModel()
            .with(NetworkConfig.published().withSize(24, 6, 2))
            .with(with(LatentDistribution.NORMAL, ScaleActivation.SOFTPLUS).with(decoder)));
  }

  private static GenerativeConfig with(
      LatentDistribution distribution, ScaleActivation activation) {
    return new GenerativeConfig(
        Dispersion.GENE_BATCH,
        distribution,
        activation,
        true,
        true,
        false,
        DecoderConfig.defaults());
  }

  static GenerativeConfig generative(
      Dispersion dispersion, boolean background, boolean scaling, boolean batch) {
    return new GenerativeConfig(
        dispersion,
        LatentDistribution.NORMAL,
        ScaleActivation.SOFTPLUS,
        background,
        scaling,
        batch,
        DecoderConfig.defaults());
  }

  /** {@return such a model with invented cells} */
  SmallTraining training(int cells) {
    return maker.apply(cells);
  }

  @Override
  public String toString() {
    return name;
  }
}
