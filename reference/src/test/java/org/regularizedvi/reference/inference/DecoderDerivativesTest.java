package org.regularizedvi.reference.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.config.DecoderConfig;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.NormalisedNetworks;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.objective.Rates;
import org.regularizedvi.reference.torch.ParameterTensors;
import org.regularizedvi.reference.torch.Tensors;

/** Derivatives taken forward against libtorch's backward through the composed model. */
final class DecoderDerivativesTest {
  private static final int CELLS = 19;
  private static final int FEATURES = 700; // two tiles, the second one smaller
  private static final int LATENT = 6;

  /** A decoder whose every parameter matters, with cells for it. */
  private record Decoder(
      Modality modality, Covariates covariates, FloatMatrix zNK, float[] libraryN) {
    static Decoder of(
        ScaleActivation activation,
        NormalisedNetworks layer,
        NormalisedNetworks batch,
        int layers,
        boolean keys) {
      int[] none = {};
      ModelConfig config =
          ModelConfig.published()
              .with(
                  NetworkConfig.published()
                      .withSize(24, LATENT, layers)
                      .withNormalisation(layer, batch))
              .with(
                  new GenerativeConfig(
                      Dispersion.GENE_BATCH,
                      LatentDistribution.NORMAL,
                      activation,
                      true,
                      keys,
                      keys,
                      DecoderConfig.defaults()));
      CategoryCounts categories =
          new CategoryCounts(
              new int[] {3},
              keys ? new int[] {1, 2} : none,
              keys ? new int[] {2} : none,
              none,
              new int[] {3},
              3,
              3,
              keys ? 2 : 0);
      ModalitySpec spec =
          new ModalitySpec(0, StoredNames.single(), FEATURES, LATENT, config, categories);
      ParameterTensors parameters =
          ParameterTensors.over(
              Parameters.start(ParameterLayout.ofAll(NetworkSpec.single(spec)), 3));
      SplittableRandom random = new SplittableRandom(8);
      try (NoGradGuard _ = new NoGradGuard()) {
        for (ParameterSpec parameter : parameters.stored().specs()) {
          if (parameter.role() != ParameterSpec.Role.UNUSED) {
            parameters.get(parameter.name()).copy_(values(parameter, random));
          }
        }
      }
      return new Decoder(
          Modality.of(
              spec,
              new ModalityPriors(
                  new LibraryPrior(new float[3], new float[] {1, 1, 1}, 0, 0),
                  config.priors().dispersionHyperPrior()),
              parameters),
          covariates(keys),
          new FloatMatrix(CELLS, LATENT, normals(random, CELLS * LATENT)),
          normals(random, CELLS));
    }

    private static Tensor values(ParameterSpec parameter, SplittableRandom random) {
      float[] values = normals(random, parameter.size());
      for (int i = 0; i < values.length; i++) {
        values[i] =
            parameter.name().endsWith("running_var")
                ? 0.5f + values[i] * values[i]
                : 0.6f * values[i];
      }
      return Tensors.of(values, parameter.shape());
    }

    private static Covariates covariates(boolean keys) {
      Map<Purpose, int[][]> codes = new EnumMap<>(Purpose.class);
      int[] three = IntStream.range(0, CELLS).map(n -> n % 3).toArray();
      int[] two = IntStream.range(0, CELLS).map(n -> n / 2 % 2).toArray();
      for (Purpose purpose : List.of(Purpose.AMBIENT, Purpose.DISPERSION, Purpose.BATCH)) {
        codes.put(purpose, new int[][] {three});
      }
      float[][] numbers = {};
      if (keys) {
        codes.put(Purpose.NN_CONDITIONING, new int[][] {new int[CELLS], two});
        codes.put(Purpose.FEATURE_SCALING, new int[][] {two});
        SplittableRandom random = new SplittableRandom(4);
        numbers = new float[][] {normals(random, CELLS), normals(random, CELLS)};
      }
      return new Covariates(CELLS, codes, numbers, new float[0]);
    }

    private static float[] normals(SplittableRandom random, int count) {
      float[] normals = new float[count];
      for (int i = 0; i < count; i++) {
        normals[i] = (float) random.nextGaussian();
      }
      return normals;
    }

    /** One backward call a feature: cells do not mix, so their sum has each one's derivative. */
    double[] byBackward() {
      Tensor z = Tensors.of(zNK).requires_grad_(true);
      Tensor rateNG =
          Rates.of(
                  modality,
                  modality.decoder().hidden(z, covariates),
                  Tensors.of(libraryN, CELLS, 1),
                  covariates,
                  Optional.empty())
              .rateNG();
      double[] sums = new double[CELLS * LATENT];
      for (int g = 0; g < FEATURES; g++) {
        try (PointerScope _ = new PointerScope()) {
          TensorVector gradient =
              torch.grad(
                  new TensorVector(rateNG.select(1, g).sum()),
                  new TensorVector(z),
                  new TensorVector(),
                  new BoolOptional(true),
                  false,
                  false);
          double[] own = Tensors.doubles(gradient.get(0));
          for (int i = 0; i < sums.length; i++) {
            sums[i] += Math.abs(own[i]) / FEATURES;
          }
        }
      }
      return sums;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SOFTPLUS, BOTH, NONE, 1, true",
    "SOFTPLUS, NONE, NONE, 1, false",
    "SOFTPLUS, BOTH, BOTH, 3, true",
    "SOFTPLUS, NONE, BOTH, 2, false",
    "SOFTMAX, BOTH, NONE, 2, true",
    "SOFTMAX, NONE, BOTH, 1, true",
    "SOFTMAX, BOTH, NONE, 1, false"
  })
  void forwardIsBackward(
      ScaleActivation activation,
      NormalisedNetworks layerNorm,
      NormalisedNetworks batchNorm,
      int layers,
      boolean keys) {
    try (PointerScope _ = new PointerScope()) {
      Decoder decoder = Decoder.of(activation, layerNorm, batchNorm, layers, keys);
      double[] expected = decoder.byBackward();
      try (ParameterTensors _ = decoder.modality.parameters();
          DecoderDerivatives derivatives = new DecoderDerivatives(decoder.modality, 2)) {
        float[] found = derivatives.of(decoder.zNK, decoder.libraryN, decoder.covariates).values();
        for (int i = 0; i < expected.length; i++) {
          assertThat((double) found[i])
              .as("entry %d", i)
              .isCloseTo(expected[i], Percentage.withPercentage(0.005));
        }
      }
    }
  }

  @Test
  void bitsDoNotDependOnThreads() {
    try (PointerScope _ = new PointerScope()) {
      Decoder decoder =
          Decoder.of(
              ScaleActivation.SOFTPLUS, NormalisedNetworks.BOTH, NormalisedNetworks.NONE, 2, true);
      try (ParameterTensors _ = decoder.modality.parameters();
          DecoderDerivatives one = new DecoderDerivatives(decoder.modality, 1);
          DecoderDerivatives three = new DecoderDerivatives(decoder.modality, 3)) {
        assertThat(three.of(decoder.zNK, decoder.libraryN, decoder.covariates).values())
            .isEqualTo(one.of(decoder.zNK, decoder.libraryN, decoder.covariates).values());
      }
    }
  }

  /** A cell whose hidden units are all 0 is moved by nothing. */
  @Test
  void aDeadLayerHasNoAttribution() {
    try (PointerScope _ = new PointerScope()) {
      Decoder decoder =
          Decoder.of(
              ScaleActivation.SOFTPLUS, NormalisedNetworks.NONE, NormalisedNetworks.NONE, 1, false);
      try (ParameterTensors parameters = decoder.modality.parameters();
          DecoderDerivatives derivatives = new DecoderDerivatives(decoder.modality, 1)) {
        try (NoGradGuard _ = new NoGradGuard()) {
          parameters
              .get("decoder.px_decoder.fc_layers.Layer 0.0.bias")
              .fill_(Tensors.scalar(-1000));
        }
        assertThat(derivatives.of(decoder.zNK, decoder.libraryN, decoder.covariates).values())
            .containsOnly(0);
      }
    }
  }
}
