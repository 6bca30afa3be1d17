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
   * @param scratch where the result may lie
   * @throws DamagedChunk when they cannot be decoded, before memory is taken that they cannot fill
   */
  byte[] decode(byte[] encoded, long size, Scratch scratch);

  /** Decodes bytes to an array of their own. */
  default byte[] decode(byte[] encoded, long size) {
    return decode(encoded, size, new Scratch());
  }
}
