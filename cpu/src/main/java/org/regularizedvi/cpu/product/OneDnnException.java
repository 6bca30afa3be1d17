package org.regularizedvi.cpu.product;

/** Says that oneDNN refused what it was asked for, such as a type that the processor lacks. */
final class OneDnnException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private OneDnnException(int status) {
    super("oneDNN refused: status %d of dnnl_status_t".formatted(status));
  }

  /** Throws unless a function of oneDNN did what it was asked. */
  static void check(int status) {
    if (status != 0) {
      throw new OneDnnException(status);
    }
  }
}
