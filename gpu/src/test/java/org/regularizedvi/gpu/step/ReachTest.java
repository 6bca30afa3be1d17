package org.regularizedvi.gpu.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.engine.StepLosses;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.gpu.StandIn;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Declared;
import org.regularizedvi.options.Options;

/**
 * No option of a model is ignored: with each at another value the step on the card does what the
 * one on processors does.
 */
final class ReachTest {
  private static final int CELLS = 22;
  private static final int GENES = 130;

  @TestFactory
  Stream<DynamicTest> everyOption() {
    return Options.values(TestCells.smallModel()).entrySet().stream()
        .flatMap(
            option ->
                others(option.getKey(), option.getValue()).stream()
                    .map(
                        value ->
                            dynamicTest(
                                "%s %s".formatted(option.getKey().name(), value),
                                () -> check(option.getKey(), value))));
  }

  /** Each option of models of several modalities has another value in a model that is computed. */
  @Test
  void everyOptionOfSeveralModalities() {
    Map<Declared, Object> standing = Options.values(MultimodalOptions.defaults());
    List<String> computed =
        StepCase.ofTwoModalities()
            .flatMap(own -> Options.values(own.options()).entrySet().stream())
            .filter(option -> !option.getValue().equals(standing.get(option.getKey())))
            .map(option -> option.getKey().name())
            .toList();
    assertThat(standing.keySet().stream().map(Declared::name)).allMatch(computed::contains);
  }

  private static List<Object> others(Declared option, Object standing) {
    if (option.form() == Declared.Form.OPTIONAL) {
      Optional<?> own = (Optional<?>) standing;
      return others(option, own.map(Object.class::cast), true);
    }
    return others(option, Optional.of(standing), false);
  }

  private static List<Object> others(Declared option, Optional<Object> own, boolean optional) {
    List<Object> values = new ArrayList<>();
    switch (option.kind()) {
      case TRUTH -> values.add(!(boolean) own.orElse(false));
      case WHOLE -> values.add((int) own.orElse(7) + 1);
      case NUMBER -> values.add((double) own.orElse(0.0) == 0 ? 0.4 : (double) own.get() * 0.7);
      case CHOICE -> {
        for (Object constant : option.type().getEnumConstants()) {
          if (!own.equals(Optional.of(constant))) {
            values.add(constant);
          }
        }
      }
      case NAME, NAMES ->
          throw new IllegalStateException("No other value is known of " + option.name());
    }
    return optional ? values.stream().<Object>map(Optional::of).toList() : values;
  }

  private static void check(Declared option, Object value) {
    Optional<ModelConfig> config = with(option, value);
    if (config.isEmpty()) {
      return;
    }
    try (Device device = StandIn.open();
        SmallTraining here = new SmallTraining(CELLS, GENES, config.get());
        SmallTraining there = new SmallTraining(CELLS, GENES, config.get());
        DeviceStep found = there.onCard(device, Precision.FLOAT32);
        TrainingStep wanted = here.onProcessors(Precision.FLOAT32)) {
      List<StepLosses> losses = here.run(wanted, 0, 2);
      List<StepLosses> own = there.run(found, 0, 2);
      for (int s = 0; s < losses.size(); s++) {
        assertThat(own.get(s).loss()).isCloseTo(losses.get(s).loss(), withinPercentage(1e-3));
      }
    }
  }

  /** {@return the options with one at another value; empty where the others do not let it} */
  private static Optional<ModelConfig> with(Declared option, Object value) {
    try {
      return Optional.of(
          Options.map(
              TestCells.smallModel(),
              (each, standing) -> each.name().equals(option.name()) ? value : standing));
    } catch (InputException _) {
      return Optional.empty();
    }
  }
}
