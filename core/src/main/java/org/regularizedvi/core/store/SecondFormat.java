package org.regularizedvi.core.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.regularizedvi.core.config.LrSchedule;

/**
 * Brings a record of format 2 to today's format. Format 2 knew a single modality only; what it says
 * about its features becomes the first entry of a list. Learning rates stayed as they were.
 */
final class SecondFormat {
  private static final List<String> OF_THE_MODALITY =
      List.of(
          "library_log_means",
          "library_log_vars",
          "library_global_log_mean",
          "library_log_sensitivity",
          "dispersion_hyper_prior_mean",
          "features",
          "data_digest");

  private SecondFormat() {}

  /**
   * @param record changed in place
   */
  static void upgrade(ObjectNode record) {
    record.putNull("multimodal");
    ObjectNode modality = record.putArray("modalities").addObject();
    modality.put("name", "");
    for (String name : OF_THE_MODALITY) {
      JsonNode value = record.remove(name);
      if (value != null) {
        modality.set(name, value);
      } // missing: the reader says so
    }
    if (record.get("training") instanceof ObjectNode training
        && training.get("optimiser") instanceof ObjectNode optimiser) {
      optimiser.put("lr_schedule", LrSchedule.CONSTANT.name());
    }
  }
}
