package org.regularizedvi.cpu.split;

import java.lang.foreign.MemorySegment;

/** Gives numbers of genes, of which each worker has made those of its own. */
public interface SharedParts {
  /**
   * {@return the bytes of what a worker has made}
   *
   * @param rank the worker
   */
  long bytes(int rank);

  /**
   * Copies what this worker has made.
   *
   * @param rank this worker
   * @param into takes it
   */
  void pack(int rank, MemorySegment into);

  /**
   * Takes what another worker has made.
   *
   * @param rank the worker
   * @param part holds it
   */
  void unpack(int rank, MemorySegment part);
}
