package org.regularizedvi.input;

/** Tells a user that the memory of the JVM does not hold what an input has. */
public final class MemoryException extends InputException {
  private static final long serialVersionUID = 1L;

  /**
   * Tells what does not fit.
   *
   * @param message one sentence
   */
  public MemoryException(String message) {
    super(message);
  }
}
