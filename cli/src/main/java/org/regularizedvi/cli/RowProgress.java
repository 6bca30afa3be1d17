package org.regularizedvi.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.regularizedvi.cells.store.RowListener;
import org.regularizedvi.cli.reporting.Durations;

/**
 * Shows how far a pass over cells is: a line that is written over on a terminal, else, where the
 * pass takes long, one for every tenth of the cells.
 */
final class RowProgress implements RowListener, AutoCloseable {
  /** A pass that is over sooner needs no lines. */
  private static final long LONG_NANOS = 10_000_000_000L;

  private static final int TENTHS = 10;

  private final Console console;
  private final LongSupplier clock;
  private final LiveLine line;
  private String modality = "";
  private long start;
  private long told;
  private long tenths;

  RowProgress(Console console) {
    this(console, System::nanoTime);
  }

  /**
   * Watches with a clock of one's own.
   *
   * @param clock nanoseconds since any moment
   */
  RowProgress(Console console, LongSupplier clock) {
    this.console = console;
    this.clock = clock;
    this.told = clock.getAsLong();
    this.start = told;
    this.line = new LiveLine(console, told);
  }

  @Override
  public void written(String name, int rows, int all) {
    long now = clock.getAsLong();
    if (!name.equals(modality)) {
      modality = name;
      start = told;
      tenths = 0;
    }
    told = now;
    line.draw(now, () -> text(rows, all, now));
    if (!console.live() && (long) TENTHS * rows / all > tenths) {
      tenths = (long) TENTHS * rows / all;
      if (rows < all && (now - start) * ((double) all / rows) > LONG_NANOS) {
        console.say(text(rows, all, now));
      }
    }
  }

  private String text(int rows, int all, long now) {
    Duration left = Duration.ofNanos((long) ((now - start) * ((double) (all - rows) / rows)));
    return String.format(
        Locale.ROOT,
        "%scell %,d of %,d (%d %%), %s left",
        modality.isEmpty() ? "" : modality + ": ",
        rows,
        all,
        100L * rows / all,
        Durations.text(left));
  }

  @Override
  public void close() {
    line.close();
  }
}
