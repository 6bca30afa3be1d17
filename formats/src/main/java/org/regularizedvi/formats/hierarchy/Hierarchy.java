package org.regularizedvi.formats.hierarchy;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.regularizedvi.input.InputException;

/**
 * Groups, arrays and attributes of one file opened for reading, or of one group of it. Paths are
 * names joined by '/', counted from the root or that group; a '.' within a name means nothing
 * special. Any thread may call. What cannot be read ends in an {@link InputException} that names
 * file and path.
 */
public interface Hierarchy extends AutoCloseable {
  /** What a path leads to; NULL is an array without a value, MISSING nothing. */
  enum Kind {
    GROUP,
    ARRAY,
    NULL,
    MISSING,
    OTHER
  }

  Path path();

  /**
   * Returns a view of a group, valid while this is open; closing it leaves this open.
   *
   * @param group a path, which need not exist
   */
  Hierarchy within(String group);

  /** Returns the names in a group, sorted. */
  List<String> children(String group);

  /** Returns the names of an object's attributes, sorted. */
  List<String> attributes(String path);

  boolean exists(String path);

  /** Tells what the path leads to. */
  Kind kind(String path);

  /**
   * Opens an array to read it in parts; the caller closes it.
   *
   * @throws InputException when there is none
   */
  StoredArray array(String path);

  boolean hasAttribute(String path, String name);

  /**
   * Returns an attribute as what it is.
   *
   * @throws InputException when there is none, or it is neither text nor numbers
   */
  Attribute attribute(String path, String name);

  /** Returns an array of strings; of a single string, it alone. */
  List<String> attributeTexts(String path, String name);

  /** Returns an array of numbers; of a single number or truth value, it alone. */
  double[] attributeNumbers(String path, String name);

  /** Returns an array of whole numbers; of a single one, it alone. */
  long[] attributeLongs(String path, String name);

  /** Returns the path of an object counted from the root. */
  String at(String path);

  /** Closes the file and everything opened from it; a second call does nothing. */
  @Override
  void close();

  /** Names an object and this file for a message. */
  default String where(String path) {
    return "'%s' in %s".formatted(at(path), path());
  }

  /** Returns a single string. */
  default String attributeText(String path, String name) {
    List<String> texts = attributeTexts(path, name);
    if (texts.size() != 1) {
      throw new InputException(
          "Attribute '%s' of %s should be one string, found %d."
              .formatted(name, where(path), texts.size()));
    }
    return texts.getFirst();
  }

  /** Returns a single number. */
  default double attributeNumber(String path, String name) {
    double[] numbers = attributeNumbers(path, name);
    if (numbers.length != 1) {
      throw new InputException(
          "Attribute '%s' of %s should be one number, found %d."
              .formatted(name, where(path), numbers.length));
    }
    return numbers[0];
  }

  /** Returns the lengths of an array's axes: none for a scalar. */
  default long[] shape(String array) {
    return from(array, StoredArray::shape);
  }

  default ElementType type(String array) {
    return from(array, StoredArray::type);
  }

  default float[] floats(String array) {
    return from(array, a -> a.floats());
  }

  default double[] doubles(String array) {
    return from(array, a -> a.doubles());
  }

  default int[] ints(String array) {
    return from(array, a -> a.ints());
  }

  default long[] longs(String array) {
    return from(array, a -> a.longs());
  }

  default String[] strings(String array) {
    return from(array, StoredArray::strings);
  }

  private <T> T from(String path, Function<StoredArray, T> read) {
    try (StoredArray array = array(path)) {
      return read.apply(array);
    }
  }
}
