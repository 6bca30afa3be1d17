package org.regularizedvi.formats.hierarchy;

import java.nio.Buffer;

/** Holds one field of records that are to be written, with the values of all records row by row. */
public sealed interface NewField {
  /** {@return the name of the field} */
  String name();

  /**
   * Holds a field of numbers or truth values.
   *
   * @param name the name of the field
   * @param type what the values are, in the byte order of this machine; truth values as bytes
   * @param values a heap buffer of the values
   */
  record Numbers(String name, ElementType type, Buffer values) implements NewField {}

  /**
   * Holds a field of text.
   *
   * @param name the name of the field
   * @param values the texts
   */
  record Texts(String name, String... values) implements NewField {}
}
