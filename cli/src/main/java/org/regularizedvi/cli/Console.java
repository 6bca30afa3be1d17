package org.regularizedvi.cli;

import java.io.PrintStream;

/**
 * Takes what a command says: results to {@code out}, everything else to {@code err}.
 *
 * @param out takes results
 * @param err takes everything else
 * @param live whether {@code err} is a terminal, on which a line can be written over
 */
public record Console(PrintStream out, PrintStream err, boolean live) {
  /**
   * Warns of something that a user should look at, though the run goes on.
   *
   * @param message one sentence
   */
  public void warn(String message) {
    say("warning: " + message);
  }

  /**
   * Tells of work that is being done or has been done.
   *
   * @param message one sentence
   */
  public void say(String message) {
    clear();
    err.println(message);
  }

  /** Clears the line that may have been written over, on a terminal. */
  void clear() {
    if (live) {
      err.print("\r\033[K");
      err.flush();
    }
  }
}
