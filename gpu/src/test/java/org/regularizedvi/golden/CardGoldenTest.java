package org.regularizedvi.golden;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.regularizedvi.gpu.StandIn;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.gpu.step.DeviceStep;

/**
 * Holds the step on a card to the numbers of the Python package, in float32, at the tolerances of
 * the other engines: loss terms to 1e-5, parameters after Adam to 1e-4 of a tensor's largest.
 */
final class CardGoldenTest {
  private static final Path FOLDER = Path.of("../cpu/src/test/resources/golden");

  @TestFactory
  Stream<DynamicTest> cases() {
    return Stream.of(
            "multi_batch_key",
            "multi_concatenation",
            "multi_dropout_on_input",
            "multi_modality_scaling",
            "multi_single_encoder",
            "multi_weighted_cell",
            "multi_weighted_equal",
            "multi_weighted_universal",
            "newer_multi_defaults",
            "newer_single_defaults",
            "newer_single_penalties",
            "newest_multi_ard",
            "newest_multi_burst",
            "newest_multi_horseshoe_gamma",
            "newest_multi_horseshoe_lognormal",
            "newest_single_burst",
            "newest_single_no_kl",
            "single_batch_in_decoder",
            "single_batch_key",
            "single_dropout_on_input",
            "single_gene_dispersion_two_layers",
            "single_large_counts",
            "single_logistic_normal",
            "single_no_regularisation",
            "single_purpose_keys")
        .map(name -> dynamicTest(name, () -> check(FOLDER.resolve(name + ".h5"))));
  }

  private static DeviceStep step(Device device, GoldenCase golden) {
    return new DeviceStep(
        device,
        golden.network.model(),
        new GoldenSteps(golden).plan(1),
        () -> {
          throw new IllegalStateException("nobody passes over cells here");
        });
  }

  private static void check(Path file) throws IOException {
    try (Device device = StandIn.open();
        GoldenCase golden = new GoldenCase(file);
        DeviceStep step = step(device, golden)) {
      new GoldenSteps(golden).check(step);
    }
  }
}
