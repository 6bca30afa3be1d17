package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Makes extents and selections of libhdf5. */
final class Space {
  private Space() {}

  /** {@return the lengths of the axes: none for a scalar} */
  static long[] shape(long space) {
    int rank = (int) LibHdf5.SPACE_RANK.call(space);
    if (rank == 0) {
      return new long[0];
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment dims = arena.allocate(ValueLayout.JAVA_LONG, rank);
      LibHdf5.SPACE_DIMS.call(space, dims.address(), 0);
      return dims.toArray(ValueLayout.JAVA_LONG);
    }
  }

  static boolean isNull(long space) {
    return LibHdf5.SPACE_CLASS.call(space) == LibHdf5.SPACE_NULL;
  }

  /** Creates a space: a scalar when there are no axes. */
  static Handle create(long... shape) {
    if (shape.length == 0) {
      return new Handle(LibHdf5.SPACE_CREATE.call(LibHdf5.SPACE_SCALAR));
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment dims = arena.allocateFrom(ValueLayout.JAVA_LONG, shape);
      return new Handle(LibHdf5.SPACE_SIMPLE.call(shape.length, dims.address(), 0));
    }
  }

  /** Selects a box. */
  static void select(long space, long[] offset, long[] count) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment start = arena.allocateFrom(ValueLayout.JAVA_LONG, offset);
      MemorySegment extent = arena.allocateFrom(ValueLayout.JAVA_LONG, count);
      LibHdf5.SPACE_SELECT.call(space, 0, start.address(), 0, extent.address(), 0);
    }
  }
}
