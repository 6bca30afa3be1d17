package org.regularizedvi.formats.zarr;

/** Says what is wrong with the bytes of a chunk, as the part of a sentence that names the chunk. */
final class DamagedChunk extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedChunk(String problem) {
    super(problem);
  }

  DamagedChunk(String problem, Throwable cause) {
    super(problem, cause);
  }
}
