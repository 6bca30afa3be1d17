package org.regularizedvi.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.options.Declared;
import org.regularizedvi.options.Options;
import org.regularizedvi.options.Records;
import org.regularizedvi.options.Spelling;

/**
 * Init options as the Python package names them, with its defaults: the published ones, and of the
 * later version the penalties as recommended. Starts and the library prior are given as numbers.
 */
final class GoldenConfig {
  private final JsonNode init;
  private final Set<String> unknown = new HashSet<>();

  private GoldenConfig(JsonNode init) {
    this.init = init;
    init.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(List.of("extra_encoder_kwargs", "dispersion_hyper_prior_beta"));
  }

  /**
   * @param newer whether the package's later version computed the case, whose defaults are the
   *     recommended ones but for the penalty that is ours
   */
  static MultimodalConfig of(JsonNode init, boolean newer) {
    GoldenConfig golden = new GoldenConfig(init);
    MultimodalConfig config = Options.map(defaults(newer), golden::value);
    if (!golden.unknown.isEmpty()) {
      throw new IllegalArgumentException("Unknown init options " + golden.unknown);
    }
    return config;
  }

  private static MultimodalConfig defaults(boolean newer) {
    PenaltyConfig later = Records.with(PenaltyConfig.recommended(), "decoderLatentWeightL2", 0.0);
    return new MultimodalConfig(
        (newer ? ModelConfig.recommended().with(later) : ModelConfig.published())
            .with(NetworkConfig.published().withSize(128, 10, 1).withDropout(0.1, false))
            .with(PriorConfig.published()),
        MultimodalOptions.defaults());
  }

  private Object value(Declared option, Object standing) {
    unknown.remove(option.name());
    JsonNode own = init.path(option.name());
    return switch (option.name()) {
      case "dropout_on_input" ->
          init.path("extra_encoder_kwargs").path(option.name()).asBoolean(false);
      case "dispersion_hyper_prior_mean" -> own.asDouble(hyperPriorMean());
      default -> isGiven(option, own) ? value(option, own) : standing;
    };
  }

  private double hyperPriorMean() {
    return init.path("dispersion_hyper_prior_beta").asDouble(3)
        / init.path("dispersion_hyper_prior_alpha").asDouble(9);
  }

  /** A dict is that of an option which modalities may differ in. */
  private static boolean isGiven(Declared option, JsonNode own) {
    boolean byModality = option.form() == Declared.Form.BY_MODALITY;
    return !own.isMissingNode()
        && !own.isNull()
        && (!option.said().byModality() || own.isObject() == byModality);
  }

  private static Object value(Declared option, JsonNode own) {
    return switch (option.form()) {
      case ONE -> one(option, own);
      case OPTIONAL -> Optional.of(one(option, own));
      case BY_MODALITY -> {
        Map<String, Object> values = new HashMap<>();
        own.properties()
            .forEach(entry -> values.put(entry.getKey(), one(option, entry.getValue())));
        yield values;
      }
    };
  }

  private static Object one(Declared option, JsonNode own) {
    return switch (option.kind()) {
      case WHOLE -> own.intValue();
      case NUMBER -> own.doubleValue();
      case TRUTH -> own.booleanValue();
      case CHOICE -> Spelling.choice(option.type(), own.asText()).orElseThrow();
      case NAME -> own.asText();
      case NAMES -> StreamSupport.stream(own.spliterator(), false).map(JsonNode::asText).toList();
    };
  }
}
