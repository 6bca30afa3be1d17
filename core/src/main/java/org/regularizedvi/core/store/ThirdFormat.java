package org.regularizedvi.core.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.regularizedvi.cells.InputChoices;

/**
 * Brings a record of format 3 to today's format. Format 3 did not say what was taken of the file of
 * a model's cells; everything is taken, with counts in X, unless users say otherwise.
 */
final class ThirdFormat {
  private ThirdFormat() {}

  /**
   * Adds what was taken of the file.
   *
   * @param record changed in place
   */
  static void upgrade(ObjectNode record) {
    record.set("input", StoredRecords.JSON.valueToTree(InputChoices.defaults()));
  }
}
