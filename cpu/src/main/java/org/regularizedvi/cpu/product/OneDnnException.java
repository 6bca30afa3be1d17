package org.regularizedvi.cpu.product;

/** Says that oneDNN refused what it was asked for, such as a type that the processor lacks. */
final class OneDnnException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What oneDNN answers when the machine has no memory left. */
  private static final int OUT_OF_MEMORY = 1;

  private OneDnnException(int status) {
    super("oneDNN refused: status %d of dnnl_status_t".formatted(status));
  }

  /**
   * Throws unless a function of oneDNN did what it was asked.
   *
   * @throws OutOfMemoryError in the words of an arena that found no memory
   */
  static void check(int status) {
    if (status == OUT_OF_MEMORY) {
      throw new OutOfMemoryError("Unable to allocate native memory for a product of matrices");
    }
    if (status != 0) {
      throw new OneDnnException(status);
    }
  }
}
