package org.regularizedvi.data.hdf5;

/** A call of libhdf5 failed; the message is the library's own account, outermost function first. */
final class Hdf5Exception extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Hdf5Exception(String message) {
    super(message);
  }
}
