package org.regularizedvi.core.python;

/** Gives the values of tensors by the key of their storage. */
interface Storages {
  /**
   * {@return a storage's bytes, little-endian}
   *
   * @param expected their number
   * @throws org.regularizedvi.input.InputException when there is none of this key and size
   */
  byte[] storage(String key, long expected);
}
