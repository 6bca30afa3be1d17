package org.regularizedvi.formats.zarr;

/**
 * Lends one thread the memory that it decodes chunks in, again and again: what was lent before is
 * overwritten. Most chunks of an array have one size, and memory for each of them would be as much
 * again as the array.
 */
final class Scratch {
  private byte[] decoded = {};
  private byte[] block = {};

  /** {@return so many bytes for what a chunk becomes, whatever they hold} */
  byte[] decoded(int length) {
    if (decoded.length != length) {
      decoded = new byte[length];
    }
    return decoded;
  }

  /** {@return so many bytes for a part of a chunk on its way, whatever they hold} */
  byte[] block(int length) {
    if (block.length != length) {
      block = new byte[length];
    }
    return block;
  }
}
