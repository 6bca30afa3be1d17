package org.regularizedvi.cpu.net;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.regularizedvi.cpu.Differences.doubles;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.ModalityWeights;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.data.Presence;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.term.LatentSharing;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.cpu.Differences;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.TextbookProducts;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.engine.Model;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Every way to join the parts of z: against the reference, and its derivatives against differences
 * of the textbook's formulas, both to 2e-6 of the largest.
 */
class LatentCombinationTest {
  private static final int CELLS = 6;
  private static final int MODALITIES = 3;

  /** Cells with all modalities, with some, with one and with none. */
  private static final Presence PRESENCE =
      new Presence(
          List.of(
              new boolean[] {true, true, false, false, false, true},
              new boolean[] {true, false, true, false, false, true},
              new boolean[] {true, true, true, true, false, true}));

  private final Arena arena = Arena.ofAuto();
  private final SplittableRandom random = new SplittableRandom(3);

  static Stream<LatentConfig> modes() {
    return Stream.of(
        new LatentConfig(LatentMode.CONCATENATION, ModalityWeights.EQUAL),
        new LatentConfig(LatentMode.SINGLE_ENCODER, ModalityWeights.EQUAL),
        new LatentConfig(LatentMode.WEIGHTED_MEAN, ModalityWeights.EQUAL),
        new LatentConfig(LatentMode.WEIGHTED_MEAN, ModalityWeights.UNIVERSAL),
        new LatentConfig(LatentMode.WEIGHTED_MEAN, ModalityWeights.CELL));
  }

  private static NetworkSpec spec(LatentConfig latent) {
    boolean mean = latent.mode() == LatentMode.WEIGHTED_MEAN;
    MultimodalOptions options =
        MultimodalOptions.defaults()
            .with(latent)
            .withNLatent(mean ? Map.of() : Map.of("atac", 4, "protein", 1));
    SequencedMap<String, Integer> features = new LinkedHashMap<>();
    features.put("atac", 3);
    features.put("protein", 2);
    features.put("rna", 5);
    int[] one = {1};
    return NetworkSpec.of(
        new MultimodalConfig(TestCells.smallModel(), options),
        features,
        new CategoryCounts(one, one, one, new int[0], one, 1, 1, 0));
  }

  /** Logits that are not all the same. */
  private static Parameters parameters(NetworkSpec spec) {
    Parameters parameters = Parameters.start(ParameterLayout.ofAll(spec), 9);
    names(spec)
        .forEach(
            name -> {
              for (int i = 0; i < MODALITIES; i++) {
                parameters.memory(name).setAtIndex(JAVA_FLOAT, i, 0.4f * i - 0.5f);
              }
            });
    return parameters;
  }

  /** The names of the parameters of a combination. */
  private static List<String> names(NetworkSpec spec) {
    return spec.latent().mode() == LatentMode.WEIGHTED_MEAN
        ? new LatentSharing(spec).stored().stream().map(own -> own.name()).toList()
        : List.of();
  }

  private void fill(Matrix matrix) {
    for (int n = 0; n < matrix.rows(); n++) {
      for (int k = 0; k < matrix.columns(); k++) {
        matrix.set(n, k, (float) random.nextGaussian());
      }
    }
  }

  /** {@return a combination that was joined and split, in two blocks of rows} */
  private LatentCombination used(NetworkSpec spec, Parameters parameters, Gradients gradients) {
    LatentCombination combination =
        LatentCombination.of(spec, parameters, gradients, new TextbookProducts());
    combination.reserve(arena, CELLS);
    combination.parts().forEach(this::fill);
    combination.join(PRESENCE, 0, 2);
    combination.join(PRESENCE, 2, CELLS);
    fill(combination.jointGradient());
    combination.split(0, 4);
    combination.split(4, CELLS);
    combination.differentiateParameters(CELLS);
    return combination;
  }

  @ParameterizedTest
  @MethodSource("modes")
  void jointLatentsAreTheReferences(LatentConfig latent) {
    NetworkSpec spec = spec(latent);
    ModalityPriors priors =
        new ModalityPriors(
            LibraryPrior.uncentred(new float[1], new float[] {1}),
            spec.config().priors().dispersionHyperPrior());
    try (PointerScope _ = new PointerScope();
        Parameters parameters = parameters(spec);
        Network network =
            Network.of(new Model(spec, List.of(priors, priors, priors), parameters))) {
      LatentCombination combination =
          used(spec, parameters, Gradients.of(parameters, parameters.trained(), arena));
      List<Tensor> parts =
          combination.parts().stream().map(part -> Tensors.of(part.numbers())).toList();
      requireNear(network.latent().joint(parts, PRESENCE), combination.joint());
      assertThat(combination.weights().isPresent())
          .isEqualTo(network.latent().weights(parts, PRESENCE).isPresent());
      combination
          .weights()
          .ifPresent(
              found -> requireNear(network.latent().weights(parts, PRESENCE).orElseThrow(), found));
    }
  }

  private static void requireNear(Tensor expected, Matrix found) {
    assertThat(found.numbers().values()).containsExactly(Tensors.floats(expected), within(2e-6f));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void derivativesAreTheTextbooks(LatentConfig latent) {
    NetworkSpec spec = spec(latent);
    try (Parameters parameters = parameters(spec)) {
      Gradients gradients = Gradients.of(parameters, parameters.trained(), arena);
      LatentCombination combination = used(spec, parameters, gradients);
      List<double[]> parts = new ArrayList<>();
      combination.parts().forEach(part -> parts.add(doubles(part.numbers().values())));
      Map<String, double[]> at = new LinkedHashMap<>();
      names(spec).forEach(name -> at.put(name, doubles(parameters.values(name))));
      double[] by = doubles(combination.jointGradient().numbers().values());
      for (int p = 0; p < parts.size(); p++) {
        Differences.requireSlopes(
            "part " + p,
            () -> textbook(spec, parts, at, by),
            parts.get(p),
            doubles(combination.partGradients().get(p).numbers().values()),
            2e-6,
            1);
      }
      at.forEach(
          (name, values) ->
              Differences.requireSlopes(
                  name,
                  () -> textbook(spec, parts, at, by),
                  values,
                  doubles(gradients.of(name).toArray(JAVA_FLOAT)),
                  2e-6,
                  1));
    }
  }

  /** {@return the sum of the joint z, each number times its own weight} */
  private static double textbook(
      NetworkSpec spec, List<double[]> parts, Map<String, double[]> at, double[] by) {
    int joint = spec.jointLatent();
    double loss = 0;
    for (int n = 0; n < CELLS; n++) {
      double[] z = new double[joint];
      int next = 0;
      for (int m = 0; m < parts.size(); m++) {
        int own = parts.get(m).length / CELLS;
        boolean mean = spec.latent().mode() == LatentMode.WEIGHTED_MEAN;
        double weight = mean ? weights(spec, parts, at, n)[m] : 1;
        for (int k = 0; k < own; k++) {
          z[mean ? k : next++] += weight * parts.get(m)[n * own + k];
        }
      }
      for (int k = 0; k < joint; k++) {
        loss += by[n * joint + k] * z[k];
      }
    }
    return loss;
  }

  private static double[] weights(
      NetworkSpec spec, List<double[]> parts, Map<String, double[]> at, int n) {
    int own = spec.jointLatent();
    boolean none = PRESENCE.cells().stream().noneMatch(has -> has[n]);
    double[] weights = new double[MODALITIES];
    double sum = 0;
    for (int m = 0; m < MODALITIES; m++) {
      double logit =
          switch (spec.latent().weights()) {
            case EQUAL -> 0;
            case UNIVERSAL -> at.get(LatentSharing.WEIGHTS)[m];
            case CELL -> at.get(LatentSharing.WEIGHT_NET + ".bias")[m];
          };
      if (spec.latent().weights() == ModalityWeights.CELL) {
        double[] weight = at.get(LatentSharing.WEIGHT_NET + ".weight");
        for (int i = 0; i < MODALITIES * own; i++) {
          logit += weight[m * MODALITIES * own + i] * parts.get(i / own)[n * own + i % own];
        }
      }
      weights[m] = none || PRESENCE.cells().get(m)[n] ? Math.exp(logit) : 0;
      sum += weights[m];
    }
    double all = sum;
    return IntStream.range(0, MODALITIES).mapToDouble(m -> weights[m] / all).toArray();
  }
}
