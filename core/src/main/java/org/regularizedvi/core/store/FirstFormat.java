package org.regularizedvi.core.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Brings a record of format 1 to today's format. Format 1 knew the published model only, so an
 * option that it does not have is as published.
 */
final class FirstFormat {
  private FirstFormat() {}

  /**
   * @param record changed in place
   * @param published the configuration of the published model
   */
  static void upgrade(ObjectNode record, JsonNode published) {
    record.put("library_global_log_mean", 0f);
    record.put("library_log_sensitivity", 0f);
    if (!(record.get("config") instanceof ObjectNode config)) {
      return; // missing: the reader says so
    }
    if (config.get("priors") instanceof ObjectNode priors
        && priors.remove("dispersion_rate") instanceof ObjectNode gamma) {
      double alpha = gamma.path("alpha").asDouble();
      double mean = gamma.path("beta").asDouble() / alpha;
      priors.putObject("dispersion_hyper_prior").put("mean", mean).put("alpha", alpha);
      record.put("dispersion_hyper_prior_mean", mean);
    }
    for (Map.Entry<String, JsonNode> part : published.properties()) {
      if (!config.has(part.getKey())) {
        config.set(part.getKey(), part.getValue());
      }
    }
  }
}
