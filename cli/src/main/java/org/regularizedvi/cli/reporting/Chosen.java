package org.regularizedvi.cli.reporting;

import java.util.List;
import java.util.Optional;

/**
 * What the map of a report can be coloured by.
 *
 * @param features by name; empty for those that vary most
 * @param obs columns of the table of cells; empty for the model's keys and what else is there
 */
public record Chosen(Optional<List<String>> features, Optional<List<String>> obs) {
  /** Everything chosen by the program. */
  public static Chosen byItself() {
    return new Chosen(Optional.empty(), Optional.empty());
  }
}
