package org.regularizedvi.formats.zarr;

import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.StoredField;

/**
 * Reads one field of an array of records.
 *
 * @param values the same array, as if each of its elements were this field alone
 */
record ZarrField(ZarrArray values) implements StoredField {
  @Override
  public ElementType type() {
    return values.type();
  }

  @Override
  public double[] doubles() {
    return values.doubles();
  }

  @Override
  public long[] longs() {
    return values.longs();
  }

  @Override
  public String[] strings() {
    return values.strings();
  }
}
