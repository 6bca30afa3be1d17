package org.regularizedvi.formats.hierarchy;

/** Reads one field of an array of records, for all of them; valid while its array is open. */
public interface StoredField {
  /** {@return the type of the field, as stored} */
  ElementType type();

  /** {@return the field of every record as float64} */
  double[] doubles();

  /**
   * {@return the field of every record as a 64-bit whole number; unsigned 64-bit values keep their
   * bits}
   */
  long[] longs();

  /** {@return the field of every record as text} */
  String[] strings();
}
