package org.regularizedvi.gpu.driver;

/** Says that there is no driver or no card, as the end of a sentence. */
public final class MissingDeviceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MissingDeviceException(String what) {
    super(what);
  }

  MissingDeviceException(String what, Throwable cause) {
    super(what, cause);
  }
}
