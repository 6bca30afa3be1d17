package org.regularizedvi.formats.hierarchy;

import java.util.List;

/**
 * One array of a hierarchy, read whole or by boxes and converted to the wanted kind of number.
 * Values come flattened row by row. A box is where it begins on each axis and how long it is there,
 * and lies within the array's shape. Whoever opened the array closes it.
 */
public interface StoredArray extends AutoCloseable {
  /** Returns the lengths of the axes: none for a scalar. */
  long[] shape();

  /** Returns the lengths of a chunk's axes, empty where the array is not cut into chunks. */
  long[] chunk();

  ElementType type();

  /** Names array and file for a message. */
  String where();

  /** Returns the names of a record's fields, none where the elements are no records. */
  List<String> fields();

  /**
   * Returns a field of an array of records.
   *
   * @param name one of {@link #fields()}
   */
  StoredField field(String name);

  /** Reads a box as float32; numbers that float32 lacks become the nearest it has. */
  float[] floats(long[] offset, long[] count);

  /** Reads a box as float64. */
  double[] doubles(long[] offset, long[] count);

  /** Reads a box; values beyond 32 bits become the nearest int. */
  int[] ints(long[] offset, long[] count);

  /** Reads a box; unsigned 64-bit values keep their bits. */
  long[] longs(long[] offset, long[] count);

  /** Reads all strings. */
  String[] strings();

  /** Reads everything as float32. */
  default float[] floats() {
    return floats(new long[shape().length], shape());
  }

  /** Reads everything as float64. */
  default double[] doubles() {
    return doubles(new long[shape().length], shape());
  }

  /** Reads everything; values beyond 32 bits become the nearest int. */
  default int[] ints() {
    return ints(new long[shape().length], shape());
  }

  /** Reads everything; unsigned 64-bit values keep their bits. */
  default long[] longs() {
    return longs(new long[shape().length], shape());
  }

  /** Gives the array back; a second call does nothing. */
  @Override
  void close();
}
