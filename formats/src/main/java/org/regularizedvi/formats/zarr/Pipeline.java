package org.regularizedvi.formats.zarr;

import java.nio.ByteOrder;
import java.util.List;

/**
 * Turns the bytes of a chunk into its elements, in row-major order.
 *
 * @param order of the bytes of an element
 * @param axes which of the chunk's axes is the first, the second, ... of what was written
 * @param codecs as they were applied
 */
record Pipeline(ElementFormat format, ByteOrder order, Transposition axes, List<ByteCodec> codecs) {
  /** {@return a pipeline that decodes the same bytes as other elements} */
  Pipeline of(ElementFormat other) {
    return new Pipeline(other, order, axes, codecs);
  }

  /**
   * Decodes a chunk.
   *
   * @param shape of the chunk
   * @param count the product of its lengths
   * @param scratch where the elements may lie
   * @throws DamagedChunk when the bytes do not hold so many elements
   */
  Elements decode(byte[] encoded, long[] shape, int count, Scratch scratch) {
    boolean fixed = format.bytes() != ElementFormat.ANY;
    long size = fixed ? (long) count * format.bytes() : ByteCodec.UNKNOWN;
    byte[] bytes = encoded;
    for (int i = codecs.size() - 1; i >= 0; i--) {
      bytes =
          i == 0
              ? codecs.getFirst().decode(bytes, size, scratch)
              : codecs.get(i).decode(bytes, ByteCodec.UNKNOWN);
    }
    if (fixed && bytes.length != size) {
      throw new DamagedChunk("it holds %,d bytes, expected %,d".formatted(bytes.length, size));
    }
    if (axes.straight()) {
      return format.elements(bytes, order, count);
    }
    int[] sources = axes.sources(shape, count);
    return fixed
        ? format.elements(Transposition.moved(bytes, sources, format.bytes()), order, count)
        : Texts.varying(bytes, count).moved(sources);
  }
}
