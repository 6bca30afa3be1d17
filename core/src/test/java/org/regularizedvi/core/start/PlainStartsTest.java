package org.regularizedvi.core.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.regularizedvi.core.config.DispersionDirection;
import org.regularizedvi.core.config.DispersionInit;
import org.regularizedvi.core.config.EncoderStartConfig;
import org.regularizedvi.core.config.HorseshoeConfig;
import org.regularizedvi.core.config.HorseshoePrior;
import org.regularizedvi.core.config.LatentPriorConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.StartConfig;
import org.regularizedvi.core.config.ValueStartConfig;
import org.regularizedvi.core.config.VarianceStartConfig;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.ParameterSpec.Start;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Records;

/** Starts that are plain numbers or factors, in a model of two modalities of 9 and 16 units. */
final class PlainStartsTest {
  private static NetworkSpec spec(ModelConfig config) {
    MultimodalOptions options =
        Records.with(MultimodalOptions.defaults(), "nHidden", Map.of("atac", 9, "rna", 16));
    SequencedMap<String, Integer> features = new LinkedHashMap<>();
    features.put("atac", 5);
    features.put("rna", 6);
    int[] two = {2};
    CategoryCounts categories = new CategoryCounts(two, two, two, new int[0], two, 2, 2, 0);
    return NetworkSpec.of(new MultimodalConfig(config, options), features, categories);
  }

  private static Map<String, Start> starts(ModelConfig config) {
    Map<String, Start> starts = new LinkedHashMap<>();
    ParameterLayout.ofAll(spec(config)).forEach(own -> starts.put(own.name(), own.start()));
    return starts;
  }

  private static ModelConfig with(String component, Object value) {
    ModelConfig small = ModelConfig.recommended().with(NetworkConfig.published().withSize(8, 3, 1));
    StartConfig starts = Records.with(small.starts(), component, value);
    return small.with(starts);
  }

  private static double bound(Start start) {
    return ((Start.Uniform) start).bound();
  }

  private static double constant(Start start) {
    return ((Start.Constant) start).value();
  }

  @Test
  void headsOfEncoders() {
    OptionalDouble scale = OptionalDouble.of(0.2);
    Map<String, Start> starts =
        starts(with("encoders", new EncoderStartConfig(3, scale, false, true)));
    double balance = Math.sqrt(16.0 / 25);
    assertThat(bound(starts.get("encoders.rna.mean_encoder.weight")))
        .isCloseTo(3 * balance / 4, within(1e-12));
    assertThat(bound(starts.get("encoders.rna.var_encoder.weight")))
        .isCloseTo(0.1 * balance / 4, within(1e-12));
    assertThat(Math.sqrt(Math.exp(constant(starts.get("encoders.rna.var_encoder.bias"))) + 1e-4))
        .isCloseTo(0.2, within(1e-12));
    assertThat(bound(starts.get("l_encoders.rna.var_encoder.weight"))).isEqualTo(0.25);
  }

  @Test
  void headsOfTheEncoderOfScales() {
    ModelConfig softplus =
        with("encoders", new EncoderStartConfig(1, OptionalDouble.empty(), true, false));
    Map<String, Start> starts =
        starts(
            softplus.with(
                Records.with(
                    LatentPriorConfig.defaults(),
                    "horseshoe",
                    new HorseshoeConfig(HorseshoePrior.GAMMA, 1, 0.5, 0.3))));
    assertThat(constant(starts.get("horseshoe_encoders.atac.mean_encoder.bias")))
        .isEqualTo(Math.log(0.5));
    double head = constant(starts.get("horseshoe_encoders.atac.var_encoder.bias"));
    assertThat(Math.sqrt(Math.log1p(Math.exp(head)) + 1e-4)).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void numbersOfFeaturesWinOverDataAndPriors() {
    OptionalDouble noise = OptionalDouble.of(0.5);
    ValueStartConfig values =
        new ValueStartConfig(1, OptionalDouble.of(2), noise, OptionalDouble.of(-4), noise);
    Map<String, Start> starts = starts(with("values", values));
    assertThat(List.of(starts.get("px_r_mu.rna"), starts.get("additive_background.rna")))
        .containsExactly(new Start.Normal(2, 0.5), new Start.Normal(-4, 0.5));
  }

  @Test
  void dispersionsStartWhereTheirPriorPutsThem() {
    ModelConfig prior = with("dispersionInit", DispersionInit.PRIOR);
    for (DispersionDirection direction : DispersionDirection.values()) {
      ModelConfig config =
          prior.with(Records.with(prior.priors(), "dispersionPriorDirection", direction));
      Start.Normal start = (Start.Normal) starts(config).get("px_r_mu.rna");
      double rate = config.dispersionHyperPrior().rate();
      InverseDispersion term = new InverseDispersion(spec(config).modalities().getFirst());
      assertThat(term.ofPrior(rate)).isCloseTo(Math.exp(start.mean()), withinPercentage(1e-9));
      assertThat(Math.pow(term.ofPrior(rate), term.power()))
          .isCloseTo(1 / rate, withinPercentage(1e-9));
    }
  }

  @Test
  void aShareOfTheVarianceIsNamedWhereItDoesNotFit() {
    VarianceStartConfig variance =
        VarianceStartConfig.defaults().withFractions(OptionalDouble.empty(), OptionalDouble.of(1));
    StartConfig prior =
        Records.with(StartConfig.recommended(), "dispersionInit", DispersionInit.PRIOR);
    assertThatThrownBy(() -> prior.with(variance))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("decoder_burst_size_init_variance_target_fraction needs ");
  }
}
