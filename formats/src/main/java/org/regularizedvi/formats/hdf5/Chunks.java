package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.regularizedvi.input.InputException;

/** Tells how a dataset is cut into chunks and what each chunk went through. */
final class Chunks {
  private static final int NAME_BYTES = 64;
  private static final MemorySegment VISITOR = visitor();

  /** Compressed bytes may be more than the values they stand for, by this much. */
  private static final int SPARE_EIGHTH = 8;

  private static final int SPARE_BYTES = 4096;

  /** Is done with each chunk that the next call visits; guarded by {@link Hdf5Lock}. */
  private static ChunkVisitor visiting = (_, _, _) -> {};

  /**
   * Takes where a chunk begins, axis by axis, a bit for each filter that left it alone, and the
   * bytes that it takes in the file.
   */
  private interface ChunkVisitor {
    void at(MemorySegment offset, int skipped, long bytes);
  }

  private Chunks() {}

  /** {@return the chunk's axes, empty for a dataset without chunks} */
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

  /** {@return how many bytes the values of a chunk take, 0 for a dataset without chunks} */
  static long bytes(long dataset) {
    long bytes;
    try (Handle type = new Handle(LibHdf5.DATASET_TYPE.call(dataset))) {
      bytes = LibHdf5.TYPE_SIZE.call(type.id());
    }
    long[] chunk;
    try (Handle space = new Handle(LibHdf5.DATASET_SPACE.call(dataset))) {
      chunk =
          Space.isNull(space.id()) ? new long[0] : shape(dataset, Space.shape(space.id()).length);
    }
    for (long axis : chunk) {
      bytes = bytes > Long.MAX_VALUE / Math.max(1, axis) ? Long.MAX_VALUE : bytes * axis;
    }
    return chunk.length == 0 ? 0 : bytes;
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

  /**
   * Requires that the index of a dataset has each of its chunks once, with the bytes of its values
   * where no filter has been at it, and else none with more than they can take; decodes none.
   * libhdf5 gives zeros for a chunk that is missing, and decodes one to whatever size it claims.
   *
   * @param bytesEach of an element in the file
   * @throws InputException when it has not
   */
  static void requireWhole(long dataset, long[] shape, long[] chunk, int bytesEach, String where) {
    long expected = 1;
    long nominal = bytesEach;
    for (int axis = 0; axis < shape.length; axis++) {
      expected *= Math.ceilDiv(shape[axis], chunk[axis]);
      nominal *= chunk[axis];
    }
    Index index = new Index(shape, nominal, allFilters(dataset));
    visit(dataset, index);
    if (index.found.size() != expected || index.strays > 0) {
      throw new InputException(
          "%s has %,d of its %,d chunks%s; expected all: the file is damaged, or its writing was never finished."
              .formatted(
                  where,
                  index.found.size(),
                  expected,
                  index.strays > 0 ? " and %,d that do not belong".formatted(index.strays) : ""));
    }
    if (index.wrong >= 0) {
      throw new InputException(
          "%s has a chunk of %,d bytes that no filter made smaller, for values that take %,d; expected as many: the file is damaged."
              .formatted(where, index.wrong, nominal));
    }
    if (index.largest > nominal + nominal / SPARE_EIGHTH + SPARE_BYTES) {
      throw new InputException(
          "%s has a chunk of %,d bytes for values that take %,d; expected no more than those: the file is damaged."
              .formatted(where, index.largest, nominal));
    }
  }

  /** {@return a bit for each filter of a dataset} */
  private static int allFilters(long dataset) {
    try (Handle plist = new Handle(LibHdf5.DATASET_PLIST.call(dataset))) {
      return (1 << LibHdf5.PLIST_FILTERS.call(plist.id())) - 1;
    }
  }

  /** Requires that values in one piece were ever written: libhdf5 gives zeros for them if not. */
  static void requireWritten(long dataset, String where) {
    if (LibHdf5.DATASET_STORAGE.call(dataset) == 0) {
      throw new InputException(
          "%s has a shape but no values; expected both: the file is damaged, or its writing was never finished."
              .formatted(where));
    }
  }

  /** Collects which chunks an index has. */
  private static final class Index implements ChunkVisitor {
    private final long[] shape;
    private final long nominal;
    private final int allFilters;
    private final Set<Long> found = new HashSet<>();
    private long strays;
    private long largest;
    private long wrong = -1;

    Index(long[] shape, long nominal, int allFilters) {
      this.shape = shape;
      this.nominal = nominal;
      this.allFilters = allFilters;
    }

    @Override
    public void at(MemorySegment offset, int skipped, long bytes) {
      largest = Math.max(largest, bytes);
      if ((skipped & allFilters) == allFilters && bytes != nominal) {
        wrong = bytes;
      }
      boolean inside = true;
      long first = 0;
      for (int axis = 0; axis < shape.length; axis++) {
        long start = offset.getAtIndex(ValueLayout.JAVA_LONG, axis);
        inside &= start >= 0 && start < shape[axis];
        first = first * shape[axis] + start;
      }
      if (!inside || !found.add(first)) {
        strays++;
      }
    }
  }

  private static void visit(long dataset, ChunkVisitor visitor) {
    visiting = visitor;
    LibHdf5.DATASET_CHUNKS.call(dataset, 0, VISITOR.address(), 0);
  }

  /** Is called by libhdf5, once per chunk; nothing may be thrown out of it. */
  @SuppressWarnings({"unused", "restricted"})
  private static int visit(
      MemorySegment offset, int mask, long address, long bytes, MemorySegment data) {
    visiting.at(offset.reinterpret(Long.MAX_VALUE), mask, bytes);
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
          String known = name.getString(0);
          missing.add("filter " + id + (known.isEmpty() ? "" : " (%s)".formatted(known)));
        }
      }
    }
    return missing;
  }
}
