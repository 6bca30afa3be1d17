package org.regularizedvi.formats.zarr;

/** Undoes one step of what the bytes of a chunk went through. */
interface ByteCodec {
  /** The size of something that only its encoded form tells. */
  long UNKNOWN = -1;

  /**
   * Decodes bytes.
   *
   * @param size how many there should be, or {@link #UNKNOWN}; a result of another size is
   *     another's to refuse
   * @throws DamagedChunk when they cannot be decoded, before memory is taken that they cannot fill
   */
  byte[] decode(byte[] encoded, long size);
}
