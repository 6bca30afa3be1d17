package org.regularizedvi.formats.hierarchy;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes groups, arrays and attributes to one file or folder, or to one group of it. Groups must
 * exist before what is in them, and no path may be taken: {@link #delete} first. Not before {@link
 * #close} returns is all of it written.
 */
public interface HierarchyOutput extends AutoCloseable {
  /**
   * {@return a view of a group, valid while this is open; it need not be closed}
   *
   * @param group the path of the group, which need not exist yet
   */
  HierarchyOutput within(String group);

  /** {@return a view for reading what is there, valid while this is open} */
  Hierarchy reader();

  /**
   * Makes a group.
   *
   * @param group the path of the group, whose parent must exist
   */
  void group(String group);

  /**
   * Removes a group or array with all in it, if there is one.
   *
   * @param object the path of the group or array
   */
  void delete(String object);

  /**
   * Writes an array of numbers or truth values in parts.
   *
   * @param array the path of the new array
   * @param type what the parts hold, in the byte order of this machine; truth values as bytes
   * @param shape no axis makes a scalar
   * @param parts heap buffers; together all values, row by row; each of whole rows of the first
   *     axis
   * @param storage how the array lies on disk
   */
  void numbers(
      String array,
      ElementType type,
      long[] shape,
      Stream<? extends Buffer> parts,
      Storage storage);

  /**
   * Writes strings of variable length in UTF-8.
   *
   * @param array the path of the new array
   * @param shape the length of each axis; no axis makes a scalar
   * @param values the strings, row by row
   */
  void texts(String array, long[] shape, String... values);

  /**
   * Writes records, as AnnData's encoding "rec-array" has them: text of variable length where the
   * container knows that, else of the length of the longest.
   *
   * @param array the path of the new array, in a file or store that began empty
   * @param shape the length of each axis; no axis makes a scalar
   * @param fields the fields of a record, at least one, each with a value for every record
   */
  void records(String array, long[] shape, List<NewField> fields);

  /**
   * Writes an array without a value.
   *
   * @param array the path of the new array
   */
  void nothing(String array);

  /**
   * Gives an object an attribute.
   *
   * @param object the path of a group or array that exists
   * @param name the name of the attribute; one of that name is replaced
   * @param value the value
   */
  void attribute(String object, String name, Attribute value);

  /** Writes out everything and closes; a second call does nothing, nor does one on a view. */
  @Override
  void close();

  /**
   * Gives an object an attribute that is one string.
   *
   * @param object the path of a group or array that exists
   * @param name the name of the attribute; one of that name is replaced
   * @param value the string
   */
  default void attribute(String object, String name, String value) {
    attribute(object, name, new Attribute.Text(value));
  }

  /**
   * Gives an object an attribute that is an axis of strings.
   *
   * @param object the path of a group or array that exists
   * @param name the name of the attribute; one of that name is replaced
   * @param values the strings
   */
  default void attribute(String object, String name, List<String> values) {
    attribute(object, name, new Attribute.Texts(values));
  }

  /**
   * Gives an object an attribute that is one signed 64-bit whole number.
   *
   * @param object the path of a group or array that exists
   * @param name the name of the attribute; one of that name is replaced
   * @param value the number
   */
  default void attribute(String object, String name, long value) {
    attribute(object, name, new Attribute.Whole(value));
  }

  /**
   * Gives an object an attribute that is an axis of signed 64-bit whole numbers.
   *
   * @param object the path of a group or array that exists
   * @param name the name of the attribute; one of that name is replaced
   * @param values the numbers
   */
  default void attribute(String object, String name, long[] values) {
    attribute(object, name, new Attribute.Wholes(values));
  }

  /**
   * Gives an object an attribute that is one truth value.
   *
   * @param object the path of a group or array that exists
   * @param name the name of the attribute; one of that name is replaced
   * @param value the truth value
   */
  default void attribute(String object, String name, boolean value) {
    attribute(object, name, new Attribute.Flag(value));
  }

  /**
   * Writes numbers as 32-bit floating point.
   *
   * @param array the path of the new array
   * @param shape the length of each axis; no axis makes a scalar
   * @param values the numbers, row by row
   * @param storage how the array lies on disk
   */
  default void floats(String array, long[] shape, float[] values, Storage storage) {
    floats(array, shape, Stream.of(values), storage);
  }

  /**
   * Writes one axis of 32-bit floating point in parts.
   *
   * @param array the path of the new array
   * @param length the number of values of all parts together
   * @param parts the values, part after part
   * @param storage how the array lies on disk
   */
  default void floats(String array, long length, Stream<float[]> parts, Storage storage) {
    floats(array, new long[] {length}, parts, storage);
  }

  /**
   * Writes a matrix of 32-bit floating point in parts of whole rows.
   *
   * @param array the path of the new array
   * @param shape the length of each axis, all parts together
   * @param parts the values row by row, part after part
   * @param storage how the array lies on disk
   */
  default void floats(String array, long[] shape, Stream<float[]> parts, Storage storage) {
    numbers(array, ElementType.FLOAT32, shape, parts.map(FloatBuffer::wrap), storage);
  }

  /**
   * Writes numbers as 64-bit floating point.
   *
   * @param array the path of the new array
   * @param shape the length of each axis; no axis makes a scalar
   * @param values the numbers, row by row
   * @param storage how the array lies on disk
   */
  default void doubles(String array, long[] shape, double[] values, Storage storage) {
    whole(array, ElementType.FLOAT64, shape, DoubleBuffer.wrap(values), storage);
  }

  /**
   * Writes one axis of signed 8-bit whole numbers.
   *
   * @param array the path of the new array
   * @param values the numbers
   * @param storage how the array lies on disk
   */
  default void bytes(String array, byte[] values, Storage storage) {
    axis(array, ElementType.INT8, values.length, ByteBuffer.wrap(values), storage);
  }

  /**
   * Writes one axis of signed 16-bit whole numbers.
   *
   * @param array the path of the new array
   * @param values the numbers
   * @param storage how the array lies on disk
   */
  default void shorts(String array, short[] values, Storage storage) {
    axis(array, ElementType.INT16, values.length, ShortBuffer.wrap(values), storage);
  }

  /**
   * Writes one axis of signed 32-bit whole numbers.
   *
   * @param array the path of the new array
   * @param values the numbers
   * @param storage how the array lies on disk
   */
  default void ints(String array, int[] values, Storage storage) {
    axis(array, ElementType.INT32, values.length, IntBuffer.wrap(values), storage);
  }

  /**
   * Writes one axis of unsigned 32-bit whole numbers.
   *
   * @param array the path of the new array
   * @param values the bits of the numbers
   * @param storage how the array lies on disk
   */
  default void unsignedInts(String array, int[] values, Storage storage) {
    axis(array, ElementType.UINT32, values.length, IntBuffer.wrap(values), storage);
  }

  /**
   * Writes one axis of signed 32-bit whole numbers in parts.
   *
   * @param array the path of the new array
   * @param length the number of values of all parts together
   * @param parts the values, part after part
   * @param storage how the array lies on disk
   */
  default void ints(String array, long length, Stream<int[]> parts, Storage storage) {
    numbers(array, ElementType.INT32, new long[] {length}, parts.map(IntBuffer::wrap), storage);
  }

  /**
   * Writes numbers as signed 64-bit whole ones.
   *
   * @param array the path of the new array
   * @param shape the length of each axis; no axis makes a scalar
   * @param values the numbers, row by row
   * @param storage how the array lies on disk
   */
  default void longs(String array, long[] shape, long[] values, Storage storage) {
    whole(array, ElementType.INT64, shape, LongBuffer.wrap(values), storage);
  }

  /**
   * Writes truth values.
   *
   * @param array the path of the new array
   * @param shape the length of each axis; no axis makes a scalar
   * @param values the truth values, row by row
   */
  default void flags(String array, long[] shape, boolean[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    whole(array, ElementType.FLAG, shape, ByteBuffer.wrap(bytes), Storage.PLAIN);
  }

  private void axis(String array, ElementType type, long length, Buffer values, Storage storage) {
    whole(array, type, new long[] {length}, values, storage);
  }

  private void whole(String array, ElementType type, long[] shape, Buffer values, Storage storage) {
    numbers(array, type, shape, Stream.of(values), storage);
  }
}
