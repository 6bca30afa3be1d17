package org.regularizedvi.model.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.regularizedvi.model.config.OptimiserConfig;
import org.regularizedvi.model.net.Modality;
import org.regularizedvi.model.net.Noise;
import org.regularizedvi.model.objective.Elbo;
import org.regularizedvi.model.objective.GlobalTerms;
import org.regularizedvi.model.objective.Objective;
import org.regularizedvi.model.objective.Rates;
import org.regularizedvi.model.step.Adam;
import org.regularizedvi.model.torch.Tensors;

/**
 * Holds the model to the numbers of the Python package, every random draw supplied: {@code mvn
 * verify -Dgolden.dir=DIR} checks the cases of another folder.
 *
 * <p>Both sides compute in float32, so differences are rounding: outputs and loss terms agree to
 * 1e-5, gradients and parameters to 1e-4 of the tensor's largest value.
 */
final class GoldenTest {
  static final double TERMS = 1e-5;
  static final double GRADIENTS = 1e-4;

  @TestFactory
  Stream<DynamicTest> everyCase() throws IOException {
    Path dir = folder();
    List<Path> cases;
    try (Stream<Path> files = Files.list(dir)) {
      cases = files.filter(f -> f.toString().endsWith(".h5")).sorted().toList();
    }
    assertThat(cases).as("golden cases in %s", dir).isNotEmpty();
    return cases.stream()
        .flatMap(
            file ->
                Stream.of(
                    dynamicTest(file.getFileName() + ", composed", () -> check(file)),
                    dynamicTest(file.getFileName() + ", fused", () -> FusedGolden.check(file))));
  }

  /**
   * A folder given on Maven's command line is meant from where Maven was called, the folder above
   * this module.
   */
  private static Path folder() {
    Path given = Path.of(System.getProperty("golden.dir", "src/test/resources/golden"));
    return Files.isDirectory(given) ? given : Path.of("..").resolve(given);
  }

  private static void check(Path file) throws IOException {
    try (PointerScope _ = new PointerScope();
        GoldenCase golden = new GoldenCase(file)) {
      Elbo elbo = Elbo.composed(golden.network);
      checkPass(golden, elbo, "/eval", false, 1);
      try (Adam adam =
          new Adam(golden.network.parameters(), OptimiserConfig.defaults(), java.util.Set.of())) {
        for (int step = 0; golden.has("/train/step" + step); step++) {
          String group = "/train/step" + step;
          Tensor loss = checkPass(golden, elbo, group, true, golden.attribute(group, "kl_weight"));
          loss.backward();
          if (golden.has(group + "/gradients")) {
            checkGradients(golden, group);
          }
          adam.apply(adam.next());
          if (golden.has(group + "/parameters_after")) {
            for (String name : golden.children(group + "/parameters_after")) {
              if (!name.endsWith("num_batches_tracked")) {
                near(
                    golden,
                    group + "/parameters_after/" + name,
                    golden.network.parameters().get(name),
                    GRADIENTS);
              }
            }
          }
        }
      }
    }
  }

  private static Tensor checkPass(
      GoldenCase golden, Elbo elbo, String group, boolean training, double klWeight) {
    RecordedNoise noise = golden.noise(group + "/noise");
    Optional<Noise> inTraining = training ? Optional.of(noise) : Optional.empty();
    Elbo.Pass pass = elbo.pass(golden.minibatch, noise, training);
    GlobalTerms global = elbo.globalTerms(noise);
    if (golden.has(group + "/output")) {
      outputs(golden, pass, inTraining)
          .forEach(
              (name, tensor) -> {
                if (golden.has(group + "/output/" + name)) {
                  near(golden, group + "/output/" + name, tensor, TERMS);
                }
              });
    }
    near(golden, group + "/loss/reconstruction", pass.terms().reconstruction(), TERMS);
    near(golden, group + "/loss/kl_divergence_z", pass.terms().klZ(), TERMS);
    near(golden, group + "/loss/kl_divergence_l", pass.terms().klL(), TERMS);
    Tensor loss = new Objective(golden.nObs).loss(pass.terms(), klWeight, global);
    near(golden, group + "/loss/loss", loss, TERMS);
    Map<String, Tensor> metrics = metrics(golden, pass, global);
    metrics.put("theta_mean", outputs(golden, pass, inTraining).get("theta").mean());
    metrics.forEach(
        (name, tensor) -> {
          String path = group + "/loss/metric_" + name;
          if (golden.has(path)) {
            near(golden, path, tensor, TERMS);
          }
        });
    return loss;
  }

  /** What the package reports besides the loss; its global terms are already over n_obs. */
  private static Map<String, Tensor> metrics(
      GoldenCase golden, Elbo.Pass pass, GlobalTerms global) {
    Map<String, Tensor> metrics = new LinkedHashMap<>();
    Map<String, Tensor> terms =
        Map.of(
            "decoder_weight_penalty", global.penalties().weightL2(),
            "decoder_cov_weight_penalty", global.penalties().covariateL2(),
            "decoder_l1_penalty", global.penalties().hiddenL1());
    terms.forEach((name, term) -> metrics.put(name, term.div(Tensors.scalar(golden.nObs))));
    metrics.put("n_active_dims", pass.activeDimsN().mean());
    metrics.put(
        "n_dims_any_active",
        pass.klZNK()
            .getFirst()
            .amax(new long[] {0}, false)
            .gt(Tensors.scalar(Elbo.Pass.ACTIVE_NATS))
            .sum());
    metrics.put("z_var", pass.zNK().var(0).mean());
    golden
        .network
        .modalities()
        .getFirst()
        .observedLibrary(golden.network.priors().getFirst().library())
        .ifPresent(observed -> metrics.put("library_obs_w", observed.mean()));
    return metrics;
  }

  private static Map<String, Tensor> outputs(
      GoldenCase golden, Elbo.Pass pass, Optional<Noise> training) {
    Modality modality = golden.network.modalities().getFirst();
    Rates rates =
        Rates.of(
            modality,
            pass.hiddenNH().getFirst(),
            pass.librariesN1().getFirst(),
            golden.minibatch.covariates(),
            training);
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    outputs.put("qz_mean", pass.latents().getFirst().mean());
    outputs.put("qz_var", pass.latents().getFirst().variance());
    outputs.put("z", pass.zNK());
    if (!pass.libraries().isEmpty()) {
      outputs.put("ql_mean", pass.libraries().getFirst().mean());
      outputs.put("ql_var", pass.libraries().getFirst().variance());
    }
    outputs.put("library", pass.librariesN1().getFirst());
    outputs.put("px_scale", rates.scaleNG());
    outputs.put("px_rate", rates.rateNG());
    outputs.put("theta", rates.thetaNG());
    outputs.put("log_prob", Elbo.logProbability(golden.minibatch.counts().getFirst(), rates));
    return outputs;
  }

  private static void checkGradients(GoldenCase golden, String group) {
    List<String> expected = golden.children(group + "/gradients");
    for (String name : golden.network.parameters().trained()) {
      Tensor gradient = golden.network.parameters().get(name).grad();
      assertThat(gradient.defined())
          .as("%s has a gradient", name)
          .isEqualTo(expected.contains(name));
      if (gradient.defined()) {
        near(golden, group + "/gradients/" + name, gradient, GRADIENTS);
      }
    }
    assertThat(golden.network.parameters().trained()).containsAll(expected);
  }

  /** Compares with the golden numbers; the tolerance is relative to the largest of them. */
  static void near(GoldenCase golden, String path, Tensor tensor, double tolerance) {
    near(path, golden.numbers(path), Tensors.doubles(tensor), tolerance);
  }

  static void near(String path, double[] expected, double[] found, double tolerance) {
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(found).as(path).hasSameSizeAs(expected);
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(found[i] - expected[i]);
      assertThat(difference)
          .as("%s [%d]: expected %s, found %s", path, i, expected[i], found[i])
          .isLessThanOrEqualTo(tolerance * largest);
      worst = Math.max(worst, difference / largest);
    }
    if (Boolean.getBoolean("golden.print")) {
      System.out.printf("%-75s %.1e%n", path, worst);
    }
  }
}
