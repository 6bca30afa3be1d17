package org.regularizedvi.data.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** How a dataset is cut into chunks and what each chunk went through. */
final class Chunks {
  private static final int NAME_BYTES = 64;

  private Chunks() {}

  /** Returns the chunk's axes, empty for a dataset without chunks. */
  static long[] shape(long dataset, int rank) {
    try (Handle plist = new Handle(LibHdf5.DATASET_PLIST.call(dataset));
        Arena arena = Arena.ofConfined()) {
      if (LibHdf5.PLIST_LAYOUT.call(plist.id()) != LibHdf5.LAYOUT_CHUNKED) {
        return new long[0];
      }
      MemorySegment dims = arena.allocate(ValueLayout.JAVA_LONG, rank);
      LibHdf5.PLIST_GET_CHUNK.call(plist.id(), rank, dims.address());
      return dims.toArray(ValueLayout.JAVA_LONG);
    }
  }

  /**
   * Returns at most {@code rows}, less if that ends on a chunk's border, so that none is decoded
   * twice.
   */
  static long align(long[] chunk, long start, long rows) {
    if (chunk.length == 0) {
      return rows;
    }
    long end = (start + rows) / chunk[0] * chunk[0];
    return end > start ? end - start : rows;
  }

  /** Names the filters of a dataset that are not at hand. */
  @SuppressWarnings("restricted")
  static List<String> missingFilters(long dataset) {
    List<String> missing = new ArrayList<>();
    try (Handle plist = new Handle(LibHdf5.DATASET_PLIST.call(dataset));
        Arena arena = Arena.ofConfined()) {
      int count = (int) LibHdf5.PLIST_FILTERS.call(plist.id());
      MemorySegment name = arena.allocate(NAME_BYTES);
      MemorySegment flags = arena.allocate(Long.BYTES, Long.BYTES);
      MemorySegment options = arena.allocate(Long.BYTES, Long.BYTES);
      for (int i = 0; i < count; i++) {
        name.fill((byte) 0);
        long id =
            LibHdf5.PLIST_FILTER.call(
                plist.id(),
                i,
                flags.address(),
                options.address(),
                0,
                NAME_BYTES - 1,
                name.address(),
                0);
        if (LibHdf5.FILTER_AVAILABLE.call(id) == 0) {
          missing.add("filter %d (%s)".formatted(id, name.getString(0)));
        }
      }
    }
    return missing;
  }
}
