package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import org.regularizedvi.formats.hierarchy.Memory;
import org.regularizedvi.formats.hierarchy.Storage;

/** Fills a dataset just created; inside the lock. */
record DatasetWriter(Handle dataset, String name, long[] shape) implements AutoCloseable {

  static DatasetWriter create(long file, String path, long type, long[] shape, Storage storage) {
    try (Handle space = Space.create(shape)) {
      return create(file, path, type, space, shape, storage);
    }
  }

  /** Creates a dataset without a value. */
  static DatasetWriter createNull(long file, String path, long type) {
    try (Handle space = new Handle(LibHdf5.SPACE_CREATE.call(LibHdf5.SPACE_NULL))) {
      return create(file, path, type, space, new long[0], Storage.PLAIN);
    }
  }

  private static DatasetWriter create(
      long file, String path, long type, Handle space, long[] shape, Storage storage) {
    try (Arena arena = Arena.ofConfined();
        Handle names =
            new Handle(LibHdf5.PLIST_CREATE.call(Function.global("H5P_CLS_LINK_CREATE_ID_g")));
        Handle properties = DatasetProperties.of(storage, shape)) {
      LibHdf5.PLIST_CHARSET.call(names.id(), LibHdf5.UTF8);
      long name = arena.allocateFrom(Links.normal(path)).address();
      return new DatasetWriter(
          new Handle(
              LibHdf5.DATASET_CREATE.call(
                  file, name, type, space.id(), names.id(), properties.id(), 0)),
          path,
          shape);
    }
  }

  /** Writes every value from an array of ours. */
  void all(long memoryType, MemorySegment values) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(Math.max(1, values.byteSize()), Long.BYTES);
      copy.asSlice(0, values.byteSize()).copyFrom(values);
      raw(memoryType, values.byteSize(), copy);
    }
  }

  /** Writes every value from native memory. */
  void raw(long memoryType, long count, MemorySegment values) {
    if (count > 0) {
      LibHdf5.DATASET_WRITE.call(dataset.id(), memoryType, 0, 0, 0, values.address());
    }
  }

  /**
   * Writes parts of whole rows of the first axis, one after the other.
   *
   * @param type what the parts hold, {@code bytes} each
   */
  void parts(long type, int bytes, Stream<MemorySegment> parts) {
    long wanted = Memory.elements(shape, name);
    long[] done = {0};
    parts.forEachOrdered(
        part -> {
          long count = part.byteSize() / bytes;
          if (count == wanted) {
            all(type, part);
          } else if (count > 0) {
            slab(type, done[0], count, part);
          }
          done[0] += count;
        });
    if (done[0] != wanted) {
      throw new IllegalArgumentException(
          "'%s' takes %d values, got %d".formatted(name, wanted, done[0]));
    }
  }

  private void slab(long type, long from, long count, MemorySegment part) {
    try (Arena arena = Arena.ofConfined();
        Handle space = new Handle(LibHdf5.DATASET_SPACE.call(dataset.id()));
        Handle memory = Space.create(count)) {
      long perRow = Memory.elements(shape, name) / shape[0];
      long[] offset = new long[shape.length];
      offset[0] = from / perRow;
      long[] extent = shape.clone();
      extent[0] = count / perRow;
      MemorySegment copy = arena.allocate(part.byteSize(), Long.BYTES);
      copy.copyFrom(part);
      Space.select(space.id(), offset, extent);
      LibHdf5.DATASET_WRITE.call(dataset.id(), type, memory.id(), space.id(), 0, copy.address());
    }
  }

  @Override
  public void close() {
    dataset.close();
  }
}
