package org.regularizedvi.formats.hierarchy;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.regularizedvi.input.InputException;

/**
 * Gives the groups, arrays and attributes of one file opened for reading, or of one group of it.
 * Paths are names joined by '/', counted from the root or that group; a '.' within a name means
 * nothing special. Any thread may call. What cannot be read ends in an {@link InputException} that
 * names file and path.
 */
public interface Hierarchy extends AutoCloseable {
  /** Says what a path leads to. */
  enum Kind {
    /** It leads to a group. */
    GROUP,
    /** It leads to an array with values. */
    ARRAY,
    /** It leads to an array without a value, which is how None may be stored. */
    NULL,
    /** It leads to nothing. */
    MISSING,
    /** It leads to something else, such as a type with a name. */
    OTHER
  }

  /** {@return the place of the file or folder} */
  Path path();

  /**
   * {@return a view of a group, valid while this is open; closing it leaves this open}
   *
   * @param group the path of the group, which need not exist
   */
  Hierarchy within(String group);

  /**
   * {@return the names in a group, sorted}
   *
   * @param group the path of the group
   */
  List<String> children(String group);

  /**
   * {@return the names of an object's attributes, sorted}
   *
   * @param path the path of a group or array
   */
  List<String> attributes(String path);

  /**
   * {@return whether a path leads to something}
   *
   * @param path the path
   */
  boolean exists(String path);

  /**
   * {@return what a path leads to}
   *
   * @param path the path
   */
  Kind kind(String path);

  /**
   * Opens an array to read it in parts; the caller closes it.
   *
   * @param path the path of the array
   * @return the array
   * @throws InputException when there is none
   */
  StoredArray array(String path);

  /**
   * {@return whether an object has an attribute}
   *
   * @param path the path of a group or array
   * @param name the name of the attribute
   */
  boolean hasAttribute(String path, String name);

  /**
   * {@return an attribute as what it is}
   *
   * @param path the path of a group or array
   * @param name the name of the attribute
   * @throws InputException when there is none, or it is neither text nor numbers
   */
  Attribute attribute(String path, String name);

  /**
   * {@return an attribute that is an array of strings; of a single string, it alone}
   *
   * @param path the path of a group or array
   * @param name the name of the attribute
   * @throws InputException when there is none, or it is no text
   */
  List<String> attributeTexts(String path, String name);

  /**
   * {@return an attribute that is an array of numbers; of a single number or truth value, it alone}
   *
   * @param path the path of a group or array
   * @param name the name of the attribute
   * @throws InputException when there is none, or it is no number
   */
  double[] attributeNumbers(String path, String name);

  /**
   * {@return an attribute that is an array of whole numbers; of a single one, it alone}
   *
   * @param path the path of a group or array
   * @param name the name of the attribute
   * @throws InputException when there is none, or it is no number
   */
  long[] attributeLongs(String path, String name);

  /**
   * {@return the path of an object counted from the root}
   *
   * @param path the path, counted from this group
   */
  String at(String path);

  /** Closes the file and everything opened from it; a second call does nothing. */
  @Override
  void close();

  /**
   * {@return an object and this file, for a message}
   *
   * @param path the path of the object
   */
  default String where(String path) {
    return "'%s' in %s".formatted(at(path), path());
  }

  /**
   * {@return an attribute that is a single string}
   *
   * @param path the path of a group or array
   * @param name the name of the attribute
   * @throws InputException when there is none, or it is not one string
   */
  default String attributeText(String path, String name) {
    List<String> texts = attributeTexts(path, name);
    if (texts.size() != 1) {
      throw new InputException(
          "Attribute '%s' of %s should be one string, found %d."
              .formatted(name, where(path), texts.size()));
    }
    return texts.getFirst();
  }

  /**
   * {@return an attribute that is a single number}
   *
   * @param path the path of a group or array
   * @param name the name of the attribute
   * @throws InputException when there is none, or it is not one number
   */
  default double attributeNumber(String path, String name) {
    double[] numbers = attributeNumbers(path, name);
    if (numbers.length != 1) {
      throw new InputException(
          "Attribute '%s' of %s should be one number, found %d."
              .formatted(name, where(path), numbers.length));
    }
    return numbers[0];
  }

  /**
   * {@return the lengths of an array's axes: none for a scalar}
   *
   * @param array the path of the array
   */
  default long[] shape(String array) {
    return from(array, StoredArray::shape);
  }

  /**
   * {@return the type of an array's elements, as stored}
   *
   * @param array the path of the array
   */
  default ElementType type(String array) {
    return from(array, StoredArray::type);
  }

  /**
   * {@return a whole array as float32, row by row}
   *
   * @param array the path of the array
   */
  default float[] floats(String array) {
    return from(array, a -> a.floats());
  }

  /**
   * {@return a whole array as float64, row by row}
   *
   * @param array the path of the array
   */
  default double[] doubles(String array) {
    return from(array, a -> a.doubles());
  }

  /**
   * {@return a whole array as 32-bit whole numbers, row by row; values beyond 32 bits become the
   * nearest int}
   *
   * @param array the path of the array
   */
  default int[] ints(String array) {
    return from(array, a -> a.ints());
  }

  /**
   * {@return a whole array as 64-bit whole numbers, row by row; unsigned 64-bit values keep their
   * bits}
   *
   * @param array the path of the array
   */
  default long[] longs(String array) {
    return from(array, a -> a.longs());
  }

  /**
   * {@return all strings of an array, row by row}
   *
   * @param array the path of the array
   */
  default String[] strings(String array) {
    return from(array, StoredArray::strings);
  }

  private <T> T from(String path, Function<StoredArray, T> read) {
    try (StoredArray array = array(path)) {
      return read.apply(array);
    }
  }
}
