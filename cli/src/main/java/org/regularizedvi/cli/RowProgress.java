package org.regularizedvi.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.regularizedvi.cells.RowListener;
import org.regularizedvi.cli.reporting.Durations;

/**
 * Shows how far passes over counts are: a line that is written over on a terminal, else, where a
 * pass takes long, one for every tenth of the cells. Where a pass goes through several modalities
 * at a time, it is shown by the first.
 */
final class RowProgress implements RowListener {
  /** A pass that is over sooner needs no lines. */
  private static final long LONG_NANOS = 10_000_000_000L;

  private static final int TENTHS = 10;

  private final Console console;
  private final LongSupplier clock;
  private final LiveLine line;
  private String modality = "";
  private int seen;
  private int end;

  /** When the first rows of the pass had been read, and how many they were. */
  private long start;

  private int first;
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
    this.line = new LiveLine(console, clock.getAsLong());
  }

  @Override
  public void read(String name, int rows, int all) {
    boolean other = !name.equals(modality);
    if (other && seen < end) {
      return;
    }
    long now = clock.getAsLong();
    if (other || rows <= seen || end == 0) {
      modality = name;
      end = all;
      start = now;
      first = rows;
      tenths = 0;
    } else {
      line.draw(now, () -> text(rows, now));
      tell(rows, now);
    }
    seen = rows;
    if (rows == all) {
      line.close();
    }
  }

  private void tell(int rows, long now) {
    long reached = (long) TENTHS * rows / end;
    if (!console.live() && reached > tenths && rows < end) {
      tenths = reached;
      if (aRow(rows, now) * end > LONG_NANOS) {
        console.say(text(rows, now));
      }
    }
  }

  /** {@return nanoseconds that a row has taken} */
  private double aRow(int rows, long now) {
    return (double) (now - start) / (rows - first);
  }

  private String text(int rows, long now) {
    Duration left = Duration.ofNanos((long) (aRow(rows, now) * (end - rows)));
    return String.format(
        Locale.ROOT,
        "%scell %,d of %,d (%d %%), %s left",
        modality.isEmpty() ? "" : modality + ": ",
        rows,
        end,
        100L * rows / end,
        Durations.text(left));
  }
}
