package org.regularizedvi.formats.hierarchy;

/** One field of an array of records, read for all of them; valid while its array is open. */
public interface StoredField {
  ElementType type();

  /** Reads the field of every record as float64. */
  double[] doubles();

  /** Reads the field of every record; unsigned 64-bit values keep their bits. */
  long[] longs();

  /** Reads the field of every record as text. */
  String[] strings();
}
