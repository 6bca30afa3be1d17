package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.regularizedvi.formats.hierarchy.Storage;

/**
 * Says how a new dataset lies in the file: in one piece, or in chunks compressed with gzip after a
 * byte shuffle.
 */
final class DatasetProperties {
  private static final int LEVEL = 4;
  private static final long CHUNK_VALUES = 1 << 16;

  private DatasetProperties() {}

  /** {@return the property list for creating a dataset} */
  static Handle of(Storage storage, long[] shape) {
    Handle list =
        new Handle(LibHdf5.PLIST_CREATE.call(Function.global("H5P_CLS_DATASET_CREATE_ID_g")));
    // The time of writing would make every file another one.
    LibHdf5.PLIST_TRACK_TIMES.call(list.id(), 0);
    long perRow = 1;
    boolean empty = shape.length == 0;
    for (int axis = 0; axis < shape.length; axis++) {
      perRow *= axis == 0 ? 1 : shape[axis];
      empty |= shape[axis] == 0;
    }
    if (storage == Storage.PLAIN || empty) {
      return list;
    }
    long[] chunk = shape.clone();
    chunk[0] = Math.clamp(CHUNK_VALUES / perRow, 1, shape[0]);
    try (Arena arena = Arena.ofConfined()) {
      LibHdf5.PLIST_SET_CHUNK.call(
          list.id(), chunk.length, arena.allocateFrom(ValueLayout.JAVA_LONG, chunk).address());
    }
    LibHdf5.PLIST_SHUFFLE.call(list.id());
    LibHdf5.PLIST_DEFLATE.call(list.id(), LEVEL);
    return list;
  }
}
