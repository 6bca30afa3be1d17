package org.regularizedvi.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.regularizedvi.cells.PassListener;
import org.regularizedvi.cli.reporting.Durations;

/**
 * Shows how far passes over counts are: a line that is written over on a terminal, else, where a
 * pass takes long, one for every tenth of it. Where a pass goes through several modalities at a
 * time, it is shown by the first.
 */
final class PassProgress implements PassListener {
  /** A pass that is over sooner needs no lines. */
  private static final long LONG_NANOS = 10_000_000_000L;

  private static final int TENTHS = 10;

  private final Console console;
  private final LongSupplier clock;
  private final LiveLine line;
  private String shown = "";
  private long seen;
  private long end;

  /** When the first part of the pass had been read, and how much that was. */
  private long start;

  private long first;
  private long tenths;

  PassProgress(Console console) {
    this(console, System::nanoTime);
  }

  /**
   * Watches with a clock of one's own.
   *
   * @param clock nanoseconds since any moment
   */
  PassProgress(Console console, LongSupplier clock) {
    this.console = console;
    this.clock = clock;
    this.line = new LiveLine(console, clock.getAsLong());
  }

  @Override
  public void read(String what, long done, long all) {
    boolean other = !what.equals(shown);
    if (other && seen < end) {
      return;
    }
    long now = clock.getAsLong();
    if (other || done <= seen || end == 0) {
      shown = what;
      end = all;
      start = now;
      first = done;
      tenths = 0;
    } else {
      line.draw(now, () -> text(done, now));
      tell(done, now);
    }
    seen = done;
    if (done == all) {
      console.clear();
    }
  }

  private void tell(long done, long now) {
    long reached = TENTHS * done / end;
    if (!console.live() && reached > tenths && done < end) {
      tenths = reached;
      if (oneTakes(done, now) * end > LONG_NANOS) {
        console.say(text(done, now));
      }
    }
  }

  /** {@return nanoseconds that one has taken} */
  private double oneTakes(long done, long now) {
    return (double) (now - start) / (done - first);
  }

  private String text(long done, long now) {
    Duration left = Duration.ofNanos((long) (oneTakes(done, now) * (end - done)));
    return String.format(
        Locale.ROOT,
        "%s %,d of %,d (%d %%), %s left",
        shown,
        done,
        end,
        100 * done / end,
        Durations.text(left));
  }
}
