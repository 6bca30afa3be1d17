package org.regularizedvi.data;

/**
 * Says that what a user gave cannot be used: one sentence with what was expected, what was found
 * and where (file, key, cell, gene). The program prints it and exits with code 2; everything else
 * that is thrown is a bug of ours.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
