package org.regularizedvi.data.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.data.InputException;

/** How a dataset is cut into chunks and what each chunk went through. */
final class Chunks {
  private static final int NAME_BYTES = 64;
  private static final MemorySegment VISITOR = visitor();

  /** Guarded by {@link Hdf5Lock}. */
  private static long visited;

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
   * Refuses values that the file itself does not hold.
   *
   * @throws InputException when they are in other files
   */
  static void requireOwn(long dataset, String where) {
    try (Handle plist = new Handle(LibHdf5.DATASET_PLIST.call(dataset))) {
      if (LibHdf5.PLIST_LAYOUT.call(plist.id()) == LibHdf5.LAYOUT_VIRTUAL
          || LibHdf5.PLIST_EXTERNAL.call(plist.id()) > 0) {
        throw new InputException(
            "%s has its values in other files, which are not read; expected them in the file itself."
                .formatted(where));
      }
    }
  }

  /** Goes through the index of a dataset's chunks, without decoding any; returns their number. */
  static long visit(long dataset) {
    visited = 0;
    LibHdf5.DATASET_CHUNKS.call(dataset, 0, VISITOR.address(), 0);
    return visited;
  }

  /** Called by libhdf5, once a chunk; nothing may be thrown out of it. */
  @SuppressWarnings("unused")
  private static int visit(
      MemorySegment offset, int mask, long address, long bytes, MemorySegment data) {
    visited++;
    return 0;
  }

  @SuppressWarnings("restricted")
  private static MemorySegment visitor() {
    try {
      return Linker.nativeLinker()
          .upcallStub(
              MethodHandles.lookup()
                  .findStatic(
                      Chunks.class,
                      "visit",
                      MethodType.methodType(
                          int.class,
                          MemorySegment.class,
                          int.class,
                          long.class,
                          long.class,
                          MemorySegment.class)),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS),
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The method is in this class", e);
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
