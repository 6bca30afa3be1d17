package org.regularizedvi.cli;

import java.util.function.Supplier;

/** Writes over one line of a terminal, at most ten times a second; elsewhere it writes nothing. */
final class LiveLine implements AutoCloseable {
  private static final long REDRAW_NANOS = 100_000_000;

  private final Console console;
  private long drawn;

  /**
   * Writes nothing yet.
   *
   * @param now nanoseconds since any moment
   */
  LiveLine(Console console, long now) {
    this.console = console;
    this.drawn = now - REDRAW_NANOS;
  }

  /**
   * Writes the line anew, unless it was written just now.
   *
   * @param now nanoseconds since the same moment
   * @param text makes the line
   */
  void draw(long now, Supplier<String> text) {
    if (console.live() && now - drawn >= REDRAW_NANOS) {
      drawn = now;
      write(text.get());
    }
  }

  private void write(String text) {
    console.err().print("\r\033[K" + text);
    console.err().flush();
  }

  /** Clears the line. */
  @Override
  public void close() {
    console.clear();
  }
}
