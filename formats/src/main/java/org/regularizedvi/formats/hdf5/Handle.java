package org.regularizedvi.formats.hdf5;

/**
 * Holds an id that libhdf5 gave out and gives it back on close; made and closed inside the lock.
 */
record Handle(long id) implements AutoCloseable {
  private static long open;

  Handle {
    open++;
  }

  /** Returns how many were made and not closed yet. */
  static long open() {
    Hdf5Lock.requireHeld();
    return open;
  }

  @Override
  public void close() {
    open--;
    LibHdf5.ID_RELEASE.call(id);
  }
}
