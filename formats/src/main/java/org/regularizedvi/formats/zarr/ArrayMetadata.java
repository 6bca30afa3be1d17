package org.regularizedvi.formats.zarr;

import java.util.Arrays;
import java.util.Optional;
import org.regularizedvi.formats.hierarchy.Memory;
import org.regularizedvi.input.InputException;

/**
 * Holds what the metadata of an array says, in either version.
 *
 * @param chunk lengths of the smallest piece that is decoded alone: an inner chunk where chunks lie
 *     in shards
 * @param fill what a missing chunk holds
 */
record ArrayMetadata(
    long[] shape,
    long[] chunk,
    Elements fill,
    Pipeline pipeline,
    ChunkKeys keys,
    Optional<Sharding> sharding) {

  /**
   * Reads the metadata of an array.
   *
   * @throws InputException when it is damaged, or uses what is not known here
   */
  static ArrayMetadata of(Node array) {
    return array.version() == 2 ? Version2.read(array.metadata()) : Version3.read(array.metadata());
  }

  /**
   * Reads the metadata of an array of records as if its elements were one of their fields.
   *
   * @param field of the records
   * @param bytes of a whole record
   */
  static ArrayMetadata ofField(Node array, RecordField field, int bytes) {
    ArrayMetadata whole = of(array);
    ElementFormat format = new ElementFormat.FieldOf(field, bytes);
    return new ArrayMetadata(
        whole.shape,
        whole.chunk,
        FillValue.of(array.metadata(), format),
        whole.pipeline.of(format),
        whole.keys,
        whole.sharding);
  }

  /**
   * {@return the lengths of chunks after a check that they can be}
   *
   * @param where names the array for a message
   */
  static long[] checkedChunk(long[] chunk, long[] shape, String where) {
    boolean fits = chunk.length == shape.length;
    long[] checked = chunk.clone();
    for (int axis = 0; axis < checked.length && fits; axis++) {
      // An axis without anything has been cut into chunks without anything.
      checked[axis] = shape[axis] == 0 ? Math.max(1, chunk[axis]) : chunk[axis];
      fits = checked[axis] > 0;
    }
    if (!fits) {
      throw new InputException(
          "%s is cut into chunks of %s with a shape of %s; expected a length above 0 for each axis: the file is damaged."
              .formatted(where, Arrays.toString(chunk), Arrays.toString(shape)));
    }
    Memory.elements(shape, where);
    Memory.elements(checked, where);
    return checked;
  }
}
