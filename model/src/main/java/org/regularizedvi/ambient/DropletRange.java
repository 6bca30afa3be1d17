package org.regularizedvi.ambient;

import org.regularizedvi.input.InputException;

/**
 * Says which droplets are taken for empty: those of few counts (SoupX, Young and Behjati 2020,
 * takes those of fewer than 100).
 *
 * @param minCounts the least total count of such a droplet, at least 1
 * @param maxCounts the largest
 */
public record DropletRange(int minCounts, int maxCounts) {
  /**
   * Checks the numbers.
   *
   * @throws InputException when they are no range of counts
   */
  public DropletRange {
    if (minCounts < 1) {
      throw new InputException(
          "ambient_profile_min_counts must be at least 1, but is %d.".formatted(minCounts));
    }
    if (maxCounts < minCounts) {
      throw new InputException(
          "ambient_profile_max_counts must be at least ambient_profile_min_counts, %d, but is %d."
              .formatted(minCounts, maxCounts));
    }
  }

  /** {@return from 1 to 100 counts} */
  public static DropletRange defaults() {
    return new DropletRange(1, 100);
  }

  boolean holds(double total) {
    return total >= minCounts && total <= maxCounts;
  }
}
