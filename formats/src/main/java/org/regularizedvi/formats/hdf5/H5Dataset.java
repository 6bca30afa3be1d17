package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.Memory;
import org.regularizedvi.formats.hierarchy.StoredArray;
import org.regularizedvi.input.InputException;

/** Reads one open dataset, whole or by boxes, converted by libhdf5 to the wanted kind of number. */
public final class H5Dataset implements StoredArray {
  private static final long STAGING_BYTES = 16L << 20;

  private final H5File file;
  private final String where;
  private final Handle handle;
  private final boolean isNull;
  private final long[] shape;
  private final long[] chunk;
  private final ElementType type;
  private boolean open = true;

  /** Becomes true when all parts are known to be there. */
  private boolean whole;

  /** Looks at an open dataset; must be called inside the lock. */
  H5Dataset(H5File file, Handle handle, String where) {
    this.file = file;
    this.where = where;
    this.handle = handle;
    this.type = withType(H5Types::of);
    try (Handle space = new Handle(LibHdf5.DATASET_SPACE.call(handle.id()))) {
      this.isNull = Space.isNull(space.id());
      this.shape = isNull ? new long[] {0} : Space.shape(space.id());
    }
    Chunks.requireOwn(handle.id(), where);
    this.chunk = Chunks.shape(handle.id(), shape.length);
    Memory.elements(shape, where);
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  @Override
  public long[] chunk() {
    return chunk.clone();
  }

  @Override
  public ElementType type() {
    return type;
  }

  /** {@return whether the dataset holds nothing at all, which is how None may be stored} */
  public boolean isNull() {
    return isNull;
  }

  @Override
  public String where() {
    return where;
  }

  @Override
  public List<String> fields() {
    return type.kind() == ElementType.Kind.COMPOUND
        ? Hdf5Lock.guard("Reading the fields of " + where, () -> withType(H5Types::members))
        : List.of();
  }

  @Override
  public H5Field field(String name) {
    return Hdf5Lock.guard(
        "Reading field '%s' of %s".formatted(name, where), () -> new H5Field(this, name));
  }

  @Override
  public float[] floats(long[] offset, long[] count) {
    float[] out = new float[length(count, Float.BYTES)];
    read(Native.FLOAT32, offset, count, MemorySegment.ofArray(out));
    return out;
  }

  @Override
  public double[] doubles(long[] offset, long[] count) {
    double[] out = new double[length(count, Double.BYTES)];
    read(Native.FLOAT64, offset, count, MemorySegment.ofArray(out));
    return out;
  }

  @Override
  public int[] ints(long[] offset, long[] count) {
    int[] out = new int[length(count, Integer.BYTES)];
    read(Native.INT32, offset, count, MemorySegment.ofArray(out));
    return out;
  }

  @Override
  public long[] longs(long[] offset, long[] count) {
    long[] out = new long[length(count, Long.BYTES)];
    boolean unsigned = type.kind() == ElementType.Kind.INTEGER && !type.signed();
    read(unsigned ? Native.UINT64 : Native.INT64, offset, count, MemorySegment.ofArray(out));
    return out;
  }

  /**
   * Requires that the file holds all that the shape tells of, without a look at values.
   *
   * @throws InputException when a part was never written, or the index of the parts is damaged
   */
  void requireWhole() {
    Hdf5Lock.guard("Reading the index of " + where, this::requireAllParts);
  }

  private void requireAllParts() {
    requireOpen();
    if (whole || Memory.elements(shape, where) == 0) {
      return;
    }
    if (chunk.length == 0) {
      Chunks.requireWritten(handle.id(), where);
    } else {
      // A reference to text takes twice the bytes in a file that it takes in memory.
      int bytes = type.numeric() ? type.bytes() : 2 * type.bytes();
      Chunks.requireWhole(handle.id(), shape, chunk, bytes, where);
    }
    whole = true;
  }

  @Override
  public String[] strings() {
    require(type.kind() == ElementType.Kind.TEXT, "text");
    int count = length(shape, type.bytes());
    return Hdf5Lock.guard("Reading " + where, () -> withType(id -> texts(id, count)));
  }

  private String[] texts(long id, int count) {
    try (Handle space = Space.create(shape)) {
      return TextReader.read(id, id, space.id(), count, at -> readAll(id, at));
    }
  }

  /** Uses the id of the elements' type; inside the lock. */
  <T> T withType(LongFunction<T> use) {
    requireOpen();
    try (Handle id = new Handle(LibHdf5.DATASET_TYPE.call(handle.id()))) {
      return use.apply(id.id());
    }
  }

  /** Reads everything as the given memory type; inside the lock. */
  void readAll(long memoryType, long address) {
    requireAllParts();
    try {
      LibHdf5.DATASET_READ.call(handle.id(), memoryType, 0, 0, 0, address);
    } catch (Hdf5Exception e) {
      throw explain(e);
    }
  }

  /** {@return the number of elements, checked to fit an array} */
  int count(int bytesEach) {
    return length(shape, bytesEach);
  }

  private int length(long[] count, int bytesEach) {
    return Memory.arrayLength(Memory.elements(count, where), bytesEach, where);
  }

  private void require(boolean fits, String expected) {
    if (!fits) {
      throw new InputException(
          "%s should hold %s, found %s.".formatted(where, expected, type.describe()));
    }
  }

  private void requireOpen() {
    if (!open || !file.isOpen()) {
      throw new IllegalStateException(where + " is closed");
    }
  }

  private void read(Native as, long[] offset, long[] count, MemorySegment out) {
    require(type.numeric() || type.kind() == ElementType.Kind.OTHER, "numbers");
    if (out.byteSize() == 0) {
      return;
    }
    Hdf5Lock.guard("Reading " + where, () -> transfer(as, offset, count, out));
  }

  /** Reads slab by slab along the first axis through a bounded piece of native memory. */
  private void transfer(Native as, long[] offset, long[] count, MemorySegment out) {
    requireOpen();
    int rank = count.length;
    long rows = rank == 0 ? 1 : count[0];
    long rowBytes = out.byteSize() / rows;
    long step = Math.clamp(STAGING_BYTES / rowBytes, 1, rows);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment staging = arena.allocate(step * rowBytes, Long.BYTES);
      long[] from = offset.clone();
      long[] extent = count.clone();
      for (long row = 0; row < rows; ) {
        long n = Chunks.align(chunk, rank == 0 ? 0 : offset[0] + row, Math.min(step, rows - row));
        if (rank > 0) {
          from[0] = offset[0] + row;
          extent[0] = n;
        }
        box(as, from, extent, staging.address());
        MemorySegment.copy(
            staging,
            ValueLayout.JAVA_BYTE,
            0,
            out,
            ValueLayout.JAVA_BYTE,
            row * rowBytes,
            n * rowBytes);
        row += n;
      }
    }
  }

  private void box(Native as, long[] from, long[] extent, long address) {
    if (Arrays.equals(extent, shape)) {
      readAll(as.id(), address);
      return;
    }
    requireAllParts();
    try (Handle space = new Handle(LibHdf5.DATASET_SPACE.call(handle.id()));
        Handle memory = Space.create(extent)) {
      Space.select(space.id(), from, extent);
      LibHdf5.DATASET_READ.call(handle.id(), as.id(), memory.id(), space.id(), 0, address);
    } catch (Hdf5Exception e) {
      throw explain(e);
    }
  }

  /** Says which filter is missing, if that may be the reason. */
  private RuntimeException explain(Hdf5Exception e) {
    List<String> missing = Chunks.missingFilters(handle.id());
    if (missing.isEmpty()) {
      return e;
    }
    return new InputException(
        ("%s is compressed with %s, which this program cannot decode. Save the file again with"
                + " compression=\"gzip\", or name a folder with libhdf5's plugin for it in the"
                + " environment variable HDF5_PLUGIN_PATH.")
            .formatted(where, String.join(" and ", missing)),
        e);
  }

  /** Gives the dataset back; does nothing the second time or after its file is closed. */
  @Override
  public void close() {
    Hdf5Lock.guard(
        "Closing " + where,
        () -> {
          if (open && file.isOpen()) {
            handle.close();
          }
          open = false;
        });
  }
}
