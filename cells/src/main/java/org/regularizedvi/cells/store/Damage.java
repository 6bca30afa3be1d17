package org.regularizedvi.cells.store;

import java.io.IOException;

/** Tells that a store does not hold what was written into it. */
final class Damage extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Tells what is wrong.
   *
   * @param message a clause
   */
  Damage(String message) {
    super(message);
  }
}
