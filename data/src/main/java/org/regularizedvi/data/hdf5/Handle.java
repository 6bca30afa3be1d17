package org.regularizedvi.data.hdf5;

/** An id that libhdf5 gave out, given back on close. */
record Handle(long id) implements AutoCloseable {
  @Override
  public void close() {
    LibHdf5.ID_RELEASE.call(id);
  }
}
