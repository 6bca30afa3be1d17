package org.regularizedvi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.engine.StepLosses;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;

/**
 * Holds the steps of an engine to golden numbers: loss terms of each, and the parameters after Adam
 * where a case has them.
 */
final class GoldenSteps {
  private final GoldenCase golden;

  /**
   * Takes a case.
   *
   * @param golden whose network the step that is checked trains
   */
  GoldenSteps(GoldenCase golden) {
    this.golden = golden;
  }

  /** {@return how the cases were trained, in float32} */
  StepPlan plan(int threads) {
    return StepPlan.alone(golden.nObs, OptimiserConfig.published(), Precision.FLOAT32, threads);
  }

  /** Takes all steps of the case. */
  void check(TrainingStep step) {
    int steps = 0;
    for (; golden.has("/train/step" + steps); steps++) {
      String group = "/train/step" + steps;
      losses(
          group,
          step.run(
              golden.minibatch,
              golden.noise(group + "/noise"),
              golden.attribute(group, "kl_weight")));
      step.store();
      if (golden.has(group + "/parameters_after")) {
        parameters(group + "/parameters_after");
      }
    }
    assertThat(steps).isPositive();
  }

  private void losses(String group, StepLosses losses) {
    mean(group + "/loss/loss", losses.loss());
    mean(group + "/loss/reconstruction", losses.cells().of(CellTerm.RECONSTRUCTION));
    mean(group + "/loss/kl_divergence_l", losses.cells().of(CellTerm.KL_L));
    double divergence =
        Stream.of(CellTerm.KL_Z, CellTerm.HORSESHOE_KL)
            .filter(losses.cells().nats()::containsKey)
            .mapToDouble(losses.cells()::of)
            .sum();
    mean(group + "/loss/kl_divergence_z", divergence);
    if (golden.has(group + "/loss/metric_z_sparsity_penalty")) {
      double sparsity = losses.cells().of(CellTerm.Z_SPARSITY);
      mean(group + "/loss/metric_z_sparsity_penalty", sparsity);
    }
    if (golden.has(group + "/loss/metric_n_active_dims")) {
      mean(group + "/loss/metric_n_active_dims", losses.activeDims());
    }
  }

  private void parameters(String group) {
    for (String name : golden.children(group)) {
      String path = group + "/" + name;
      GoldenTest.near(path, golden.numbers(path), golden.parameter(name), GoldenTest.GRADIENTS);
    }
  }

  private void mean(String path, double found) {
    double expected = Arrays.stream(golden.numbers(path)).average().orElseThrow();
    GoldenTest.near(path, new double[] {expected}, new double[] {found}, GoldenTest.TERMS);
  }
}
