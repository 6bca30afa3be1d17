package org.regularizedvi.gpu.driver;

/** Says what the driver refused to do. */
public final class DriverException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The driver's number for memory that is not there. */
  private static final int OUT_OF_MEMORY = 2;

  private final int code;

  /**
   * Tells of a call that failed.
   *
   * @param call the function
   * @param code what it returned
   * @param words the driver's own
   */
  DriverException(String call, int code, String words) {
    super("The NVIDIA driver answered %s with error %d, %s.".formatted(call, code, words));
    this.code = code;
  }

  /** {@return whether the device's memory is too small for what was asked of it} */
  public boolean outOfMemory() {
    return code == OUT_OF_MEMORY;
  }
}
