package org.regularizedvi.core.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.TrainConfig;

/**
 * Brings a record of format 4, 5 or 6 to today's format. Options that are younger change nothing of
 * a model unless they are given, or mattered when it started alone, so what a record lacks is as
 * published; and before format 6 the parameters were always those of the last epoch.
 */
final class FourthFormat {
  private FourthFormat() {}

  /**
   * Adds the options that there were not, and the epoch whose parameters the model has.
   *
   * @param record changed in place
   */
  static void upgrade(ObjectNode record) {
    fill(record.path("input"), InputChoices.defaults());
    fill(record.path("config"), ModelConfig.published());
    fill(record.path("multimodal"), MultimodalOptions.defaults());
    fill(record.path("training"), TrainConfig.published());
    if (!record.has("kept_epoch")) {
      Iterator<JsonNode> metrics = record.path("history").elements();
      record.put("kept_epoch", metrics.hasNext() ? metrics.next().size() : 0);
    }
  }

  private static void fill(JsonNode record, Record usual) {
    fill(record, StoredRecords.JSON.<JsonNode>valueToTree(usual));
  }

  private static void fill(JsonNode record, JsonNode usual) {
    if (record instanceof ObjectNode own) {
      for (Map.Entry<String, JsonNode> part : usual.properties()) {
        if (own.has(part.getKey())) {
          fill(own.get(part.getKey()), part.getValue());
        } else {
          own.set(part.getKey(), part.getValue());
        }
      }
    }
  }
}
