package org.regularizedvi.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
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
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.core.term.LatentKl;
import org.regularizedvi.core.term.LatentShrinkage;
import org.regularizedvi.engine.GradientWatch;
import org.regularizedvi.reference.net.Masks;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.objective.Elbo;
import org.regularizedvi.reference.objective.GlobalTerms;
import org.regularizedvi.reference.objective.Objective;
import org.regularizedvi.reference.objective.Rates;
import org.regularizedvi.reference.step.Adam;
import org.regularizedvi.reference.term.DecoderPenaltiesTensors;
import org.regularizedvi.reference.term.LatentShrinkageTensors;
import org.regularizedvi.reference.torch.NormalPosterior;
import org.regularizedvi.reference.torch.Tensors;

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

  /** The dispersion's term without its hyper-prior; the loss holds both together. */
  private static final String PART_OF_A_TERM = "metric_dispersion_kl";

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
                    dynamicTest(file.getFileName() + ", fused", () -> CpuGolden.check(file))));
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
      Elbo elbo = new Elbo(golden.network);
      checkPass(golden, elbo, "/eval", false, 1);
      try (Adam adam =
          new Adam(golden.network.parameters(), OptimiserConfig.published(), java.util.Set.of())) {
        for (int step = 0; golden.has("/train/step" + step); step++) {
          String group = "/train/step" + step;
          Tensor loss = checkPass(golden, elbo, group, true, golden.attribute(group, "kl_weight"));
          loss.backward();
          if (golden.has(group + "/gradients")) {
            checkGradients(golden, group);
          }
          adam.apply(adam.next(), new GradientWatch());
          if (golden.has(group + "/parameters_after")) {
            for (String name : golden.children(group + "/parameters_after")) {
              if (!name.endsWith("num_batches_tracked")) {
                String path = group + "/parameters_after/" + name;
                near(path, golden.numbers(path), golden.parameter(name), GRADIENTS);
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
    near(golden, group + "/loss/reconstruction", pass.terms().of(CellTerm.RECONSTRUCTION), TERMS);
    near(golden, group + "/loss/kl_divergence_z", divergenceOfZ(pass), TERMS);
    near(golden, group + "/loss/kl_divergence_l", pass.terms().of(CellTerm.KL_L), TERMS);
    Tensor loss =
        new Objective(golden.nObs).loss(pass.terms(), klWeight, golden.minibatch.size(), global);
    near(golden, group + "/loss/loss", loss, TERMS);
    Map<String, Tensor> metrics = metrics(golden, pass, noise);
    Map<String, Tensor> outputs = outputs(golden, pass, inTraining);
    for (Modality modality : golden.network.modalities()) {
      String name = golden.names.get(modality.spec().index());
      String suffix = name.isEmpty() ? "" : "_" + name;
      if (modality.spec().generative().bursts()) {
        BurstMetrics.of(modality, pass, golden.minibatch.covariates(), inTraining)
            .forEach((metric, value) -> metrics.put(metric + suffix, value));
      } else {
        metrics.put("theta_mean" + suffix, outputs.get("theta" + part(name)).mean());
      }
    }
    for (String stored : golden.children(group + "/loss")) {
      if (stored.startsWith("metric_") && !stored.equals(PART_OF_A_TERM)) {
        String name = stored.substring("metric_".length());
        assertThat(metrics).containsKey(name);
        near(golden, group + "/loss/" + stored, metrics.get(name), TERMS);
      }
    }
    return loss;
  }

  /** What the package reports as the divergence of z: that of its scales is a part of it. */
  private static Tensor divergenceOfZ(Elbo.Pass pass) {
    return Stream.of(CellTerm.KL_Z, CellTerm.HORSESHOE_KL)
        .filter(term -> pass.terms().tensorsN().containsKey(term))
        .map(term -> pass.terms().of(term))
        .reduce(Tensor::add)
        .orElseGet(() -> torch.zeros(pass.terms().size()));
  }

  /**
   * What the package reports besides the loss; its global terms are already over n_obs. Its metrics
   * of latent dimensions take cells that lack a modality as any other.
   */
  private static Map<String, Tensor> metrics(GoldenCase golden, Elbo.Pass pass, Noise noise) {
    Map<String, Tensor> metrics = new LinkedHashMap<>();
    for (Modality modality : golden.network.modalities()) {
      DecoderPenaltiesTensors penalties =
          DecoderPenaltiesTensors.of(
              new DecoderPenalties(modality.spec()),
              modality.parameters(),
              () -> modality.decoder().scaleSquaresG());
      Map<String, Tensor> terms =
          Map.of(
              "decoder_weight_penalty", penalties.weightL2(),
              "decoder_cov_weight_penalty", penalties.covariateL2(),
              "decoder_l1_penalty", penalties.hiddenL1());
      terms.forEach(
          (name, term) -> metrics.merge(name, term.div(Tensors.scalar(golden.nObs)), Tensor::add));
    }
    for (Modality modality : golden.network.modalities()) {
      int m = modality.spec().index();
      String suffix = golden.names.get(m).isEmpty() ? "" : "_" + golden.names.get(m);
      metrics.put("recon_loss" + suffix, pass.reconstructionN().get(m).mean());
      modality.scale().ifPresent(scale -> metrics.put("modality_scale" + suffix, scale.factor()));
      modality
          .relevance()
          .ifPresent(
              scales -> {
                Tensor logSigma = scales.parameters().get(scales.term().logScale());
                Tensor mean = logSigma.exp().square().mul(Tensors.scalar(0.5)).exp();
                metrics.put("ard_z_alpha_mean" + suffix, scales.median().mul(mean).mean());
                metrics.put("ard_z_alpha_kl" + suffix, scales.divergence());
              });
      if (modality.library().term().residual()) {
        metrics.put("library_obs_w" + suffix, modality.library().meanWeight());
      }
      if (pass.klZNK().size() == golden.names.size()) {
        NormalPosterior q = pass.posteriors().latents().get(m);
        Tensor klNK =
            q.variance()
                .add(q.mean().square())
                .sub(Tensors.scalar(1))
                .sub(q.variance().log())
                .mul(Tensors.scalar(0.5));
        Tensor activeNK = klNK.gt(Tensors.scalar(LatentKl.ACTIVE_NATS));
        Tensor drawNK = q.sample(noise, Draw.of(Draw.Kind.LATENT, m));
        if (!pass.encoded().logScalesNK().isEmpty()) {
          Tensor scaleNK = pass.encoded().logScalesNK().get(m).exp();
          Tensor largeNK = scaleNK.gt(Tensors.scalar(LatentShrinkage.ACTIVE_SCALE));
          metrics.put("n_active_dims_kl_only" + suffix, meanNumber(activeNK));
          metrics.put("n_active_dims_zgamma_only" + suffix, meanNumber(largeNK));
          metrics.put("z_gamma_mean" + suffix, scaleNK.mean());
          metrics.put(
              "horseshoe_kl" + suffix,
              Masks.masked(horseshoe(pass, modality), golden.minibatch.present(m)).mean());
          activeNK = activeNK.logical_and(largeNK);
          drawNK = drawNK.mul(scaleNK);
        }
        if (modality.relevance().isPresent()) {
          drawNK = drawNK.mul(modality.relevance().get().drawn(noise));
        }
        metrics.put("z_var" + suffix, drawNK.var(0).mean());
        metrics.put("kl_z" + suffix, pass.klZNK().get(m).sum(1).mean());
        metrics.put("n_active_dims" + suffix, meanNumber(activeNK));
        metrics.put("n_dims_any_active" + suffix, activeNK.any(0).sum());
      }
    }
    if (pass.terms().tensorsN().containsKey(CellTerm.Z_SPARSITY)) {
      metrics.put("z_sparsity_penalty", pass.terms().of(CellTerm.Z_SPARSITY).mean());
    }
    if (golden.names.size() == 1) {
      metrics.put("z_var", pass.zNK().var(0).mean());
      assertThat(pass.activeDimsN().mean().item_double())
          .isCloseTo(metrics.get("n_active_dims").item_double(), within(1e-6));
    }
    return metrics;
  }

  private static Tensor meanNumber(Tensor truthsNK) {
    return truthsNK.to(torch.ScalarType.Float).sum(1).mean();
  }

  private static Tensor horseshoe(Elbo.Pass pass, Modality modality) {
    int m = modality.spec().index();
    return new LatentShrinkageTensors(LatentShrinkage.of(modality.spec()).orElseThrow())
        .divergence(pass.posteriors().logScales().get(m), pass.encoded().logScalesNK().get(m))
        .sum(1);
  }

  private static Map<String, Tensor> outputs(
      GoldenCase golden, Elbo.Pass pass, Optional<Noise> training) {
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    outputs.put("z", pass.zNK());
    List<NormalPosterior> latents = pass.posteriors().latents();
    for (int e = 0; e < latents.size(); e++) {
      boolean joint = latents.size() < golden.names.size();
      String of = joint ? "/_joint" : part(golden.names.get(e));
      outputs.put("qz_mean" + of, latents.get(e).mean());
      outputs.put("qz_var" + of, latents.get(e).variance());
    }
    for (Modality modality : golden.network.modalities()) {
      int m = modality.spec().index();
      String of = part(golden.names.get(m));
      Rates rates =
          Rates.of(
              modality,
              pass.hiddenNH().get(m),
              pass.librariesN1().get(m),
              golden.minibatch.covariates(),
              training);
      if (!pass.posteriors().libraries().isEmpty()) {
        outputs.put("ql_mean" + of, pass.posteriors().libraries().get(m).mean());
        outputs.put("ql_var" + of, pass.posteriors().libraries().get(m).variance());
      }
      outputs.put("library" + of, pass.librariesN1().get(m));
      outputs.put("px_scale" + of, rates.scaleNG());
      outputs.put("px_rate" + of, rates.rateNG());
      outputs.put("theta" + of, rates.thetaNG());
      outputs.put("log_prob" + of, Elbo.logProbability(golden.minibatch.counts().get(m), rates));
      outputs.put("masks" + of, present(golden.minibatch.present(m)));
    }
    return outputs;
  }

  /** What follows an output's name. */
  private static String part(String modality) {
    return modality.isEmpty() ? "" : "/" + modality;
  }

  private static Tensor present(boolean[] cells) {
    float[] ones = new float[cells.length];
    for (int n = 0; n < ones.length; n++) {
      ones[n] = cells[n] ? 1 : 0;
    }
    return Tensors.of(ones, ones.length);
  }

  private static void checkGradients(GoldenCase golden, String group) {
    List<String> expected = golden.children(group + "/gradients");
    for (String name : golden.network.parameters().stored().trained()) {
      Tensor gradient = golden.network.parameters().get(name).grad();
      assertThat(gradient.defined())
          .as("%s has a gradient", name)
          .isEqualTo(expected.contains(name));
      if (gradient.defined()) {
        near(golden, group + "/gradients/" + name, gradient, GRADIENTS);
      }
    }
    assertThat(golden.network.parameters().stored().trained()).containsAll(expected);
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
