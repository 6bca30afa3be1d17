package org.regularizedvi.cli.reporting;

import java.time.Duration;

/** Writes times as people read them. */
public final class Durations {
  private Durations() {}

  /**
   * {@return a text as "45 s", "3 min 05 s" or "2 h 07 min"}
   *
   * @param duration rounded to seconds, and from an hour on cut to minutes
   */
  public static String text(Duration duration) {
    long seconds = duration.plusMillis(500).toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? "%d min %02d s".formatted(seconds / 60, seconds % 60)
        : "%d h %02d min".formatted(seconds / 3600, seconds % 3600 / 60);
  }
}
