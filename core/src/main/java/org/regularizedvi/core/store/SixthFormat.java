package org.regularizedvi.core.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.regularizedvi.core.config.PriorConfig;

/**
 * Brings a record of format 6 to today's format. It was written before there were measured
 * profiles, so the option for them says nothing of it.
 */
final class SixthFormat {
  private static final String STRENGTH = "ambient_profile_strength";

  private SixthFormat() {}

  /**
   * Adds the option that there was not.
   *
   * @param record changed in place
   */
  static void upgrade(ObjectNode record) {
    if (record.path("config").path("priors") instanceof ObjectNode priors
        && !priors.has(STRENGTH)) {
      priors.put(STRENGTH, PriorConfig.published().ambientProfileStrength());
    }
  }
}
