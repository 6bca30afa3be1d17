package org.regularizedvi.formats.hierarchy;

import java.util.List;

/**
 * Reads one array of a hierarchy, whole or by boxes, converted to the wanted kind of number. Values
 * come flattened row by row. A box is where it begins on each axis and how long it is there, and
 * lies within the array's shape. Whoever opened the array closes it.
 */
public interface StoredArray extends AutoCloseable {
  /** {@return the lengths of the axes: none for a scalar} */
  long[] shape();

  /** {@return the lengths of a chunk's axes, empty where the array is not cut into chunks} */
  long[] chunk();

  /** {@return the type of the elements, as stored} */
  ElementType type();

  /** {@return the array and its file, for a message} */
  String where();

  /** {@return the names of a record's fields, none where the elements are no records} */
  List<String> fields();

  /**
   * {@return a field of an array of records}
   *
   * @param name one of {@link #fields()}
   */
  StoredField field(String name);

  /**
   * Reads a box as float32; numbers that float32 lacks become the nearest it has.
   *
   * @param offset the place on each axis at which the box begins
   * @param count the length of the box on each axis
   * @return the values, row by row
   */
  float[] floats(long[] offset, long[] count);

  /**
   * Reads a box as float64.
   *
   * @param offset the place on each axis at which the box begins
   * @param count the length of the box on each axis
   * @return the values, row by row
   */
  double[] doubles(long[] offset, long[] count);

  /**
   * Reads a box as 32-bit whole numbers; values beyond 32 bits become the nearest int.
   *
   * @param offset the place on each axis at which the box begins
   * @param count the length of the box on each axis
   * @return the values, row by row
   */
  int[] ints(long[] offset, long[] count);

  /**
   * Reads a box as 64-bit whole numbers; unsigned 64-bit values keep their bits.
   *
   * @param offset the place on each axis at which the box begins
   * @param count the length of the box on each axis
   * @return the values, row by row
   */
  long[] longs(long[] offset, long[] count);

  /** {@return all strings, row by row} */
  String[] strings();

  /** {@return everything as float32, row by row} */
  default float[] floats() {
    return floats(new long[shape().length], shape());
  }

  /** {@return everything as float64, row by row} */
  default double[] doubles() {
    return doubles(new long[shape().length], shape());
  }

  /**
   * {@return everything as 32-bit whole numbers, row by row; values beyond 32 bits become the
   * nearest int}
   */
  default int[] ints() {
    return ints(new long[shape().length], shape());
  }

  /**
   * {@return everything as 64-bit whole numbers, row by row; unsigned 64-bit values keep their
   * bits}
   */
  default long[] longs() {
    return longs(new long[shape().length], shape());
  }

  /** Gives the array back; a second call does nothing. */
  @Override
  void close();
}
