package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.regularizedvi.input.InputException;

/**
 * Writes an HDF5 file, or one group of it. Groups must exist before what is in them, and no path
 * may be taken: {@link #delete} first. Not before {@link #close} returns is all of it in the file.
 */
public final class H5Output implements AutoCloseable {
  private final Path path;
  private final long id;
  private final H5File reader;

  /** The file of which this is a view. */
  private final Optional<H5Output> whole;

  private boolean open = true;

  /** After a failed write the file is left open for good: closing it may end the process. */
  private boolean broken;

  private H5Output(Path path, long id, H5File reader, Optional<H5Output> whole) {
    this.path = path;
    this.id = id;
    this.reader = reader;
    this.whole = whole;
  }

  private static H5Output of(Path path, long id) {
    return new H5Output(path, id, new H5File(path, id, false), Optional.empty());
  }

  /**
   * Creates a file.
   *
   * @param path the place of the file, which must not exist
   * @return the empty file, to be closed
   * @throws InputException when it cannot be made there
   */
  public static H5Output create(Path path) {
    return of(path, FileIds.create(path, ""));
  }

  /**
   * Creates a file with a text before what HDF5 calls the file: a user block (HDF5 file format
   * specification, section II.A).
   *
   * @param path the place of the file, which must not exist
   * @param text at most 512 bytes, followed by zeros up to there
   * @return the empty file, to be closed
   * @throws InputException when it cannot be made there
   */
  public static H5Output create(Path path, String text) {
    return of(path, FileIds.create(path, text));
  }

  /**
   * Opens a file to change it. Only for files that nobody misses: a crash would leave it damaged.
   *
   * @param path the place of the file
   * @return the file, to be closed
   * @throws InputException when there is no such file or it is not HDF5
   */
  public static H5Output append(Path path) {
    return of(path, FileIds.openForWriting(path));
  }

  /**
   * {@return a view of a group, valid while this is open; it need not be closed}
   *
   * @param group the path of the group, which need not exist yet
   */
  public H5Output within(String group) {
    return new H5Output(path, id, reader.within(group), Optional.of(this));
  }

  /** {@return a view for reading the same file, valid while this is open} */
  public H5File reader() {
    return reader;
  }

  /**
   * Makes a group.
   *
   * @param group the path of the group, whose parent must exist
   */
  public void group(String group) {
    write(
        group,
        () -> {
          try (Arena arena = Arena.ofConfined();
              Handle names = names();
              Handle created =
                  new Handle(LibHdf5.GROUP_CREATE.call(id, name(arena, group), names.id(), 0, 0))) {
            return created.id();
          }
        });
  }

  /**
   * Removes a group or dataset with all in it, if there is one.
   *
   * @param object the path of the group or dataset
   */
  public void delete(String object) {
    write(
        object,
        () -> {
          if (reader.exists(object)) {
            try (Arena arena = Arena.ofConfined()) {
              LibHdf5.LINK_DELETE.call(id, name(arena, object), 0);
            }
          }
          return object;
        });
  }

  /**
   * Writes numbers as 32-bit floating point.
   *
   * @param dataset the path of the new dataset
   * @param shape the length of each axis; no axis makes a scalar
   * @param values the numbers, row by row
   * @param storage how the dataset lies in the file
   */
  public void floats(String dataset, long[] shape, float[] values, Storage storage) {
    numbers(dataset, Native.FLOAT32, shape, Stream.of(MemorySegment.ofArray(values)), storage);
  }

  /**
   * Writes one axis of 32-bit floating point in parts.
   *
   * @param dataset the path of the new dataset
   * @param length the number of values of all parts together
   * @param parts the values, part after part
   * @param storage how the dataset lies in the file
   */
  public void floats(String dataset, long length, Stream<float[]> parts, Storage storage) {
    numbers(
        dataset, Native.FLOAT32, new long[] {length}, parts.map(MemorySegment::ofArray), storage);
  }

  /**
   * Writes a matrix of 32-bit floating point in parts of whole rows.
   *
   * @param dataset the path of the new dataset
   * @param shape the length of each axis, all parts together
   * @param parts the values row by row, part after part
   * @param storage how the dataset lies in the file
   */
  public void floats(String dataset, long[] shape, Stream<float[]> parts, Storage storage) {
    numbers(dataset, Native.FLOAT32, shape, parts.map(MemorySegment::ofArray), storage);
  }

  /**
   * Writes numbers as 64-bit floating point.
   *
   * @param dataset the path of the new dataset
   * @param shape the length of each axis; no axis makes a scalar
   * @param values the numbers, row by row
   * @param storage how the dataset lies in the file
   */
  public void doubles(String dataset, long[] shape, double[] values, Storage storage) {
    numbers(dataset, Native.FLOAT64, shape, Stream.of(MemorySegment.ofArray(values)), storage);
  }

  /**
   * Writes one axis of signed 8-bit whole numbers.
   *
   * @param dataset the path of the new dataset
   * @param values the numbers
   * @param storage how the dataset lies in the file
   */
  public void bytes(String dataset, byte[] values, Storage storage) {
    numbers(dataset, Native.INT8, values.length, MemorySegment.ofArray(values), storage);
  }

  /**
   * Writes one axis of signed 16-bit whole numbers.
   *
   * @param dataset the path of the new dataset
   * @param values the numbers
   * @param storage how the dataset lies in the file
   */
  public void shorts(String dataset, short[] values, Storage storage) {
    numbers(dataset, Native.INT16, values.length, MemorySegment.ofArray(values), storage);
  }

  /**
   * Writes one axis of signed 32-bit whole numbers.
   *
   * @param dataset the path of the new dataset
   * @param values the numbers
   * @param storage how the dataset lies in the file
   */
  public void ints(String dataset, int[] values, Storage storage) {
    numbers(dataset, Native.INT32, values.length, MemorySegment.ofArray(values), storage);
  }

  /**
   * Writes one axis of unsigned 32-bit whole numbers.
   *
   * @param dataset the path of the new dataset
   * @param values the bits of the numbers
   * @param storage how the dataset lies in the file
   */
  public void unsignedInts(String dataset, int[] values, Storage storage) {
    numbers(dataset, Native.UINT32, values.length, MemorySegment.ofArray(values), storage);
  }

  /**
   * Writes one axis of signed 32-bit whole numbers in parts.
   *
   * @param dataset the path of the new dataset
   * @param length the number of values of all parts together
   * @param parts the values, part after part
   * @param storage how the dataset lies in the file
   */
  public void ints(String dataset, long length, Stream<int[]> parts, Storage storage) {
    numbers(dataset, Native.INT32, new long[] {length}, parts.map(MemorySegment::ofArray), storage);
  }

  /**
   * Writes numbers as signed 64-bit whole ones.
   *
   * @param dataset the path of the new dataset
   * @param shape the length of each axis; no axis makes a scalar
   * @param values the numbers, row by row
   * @param storage how the dataset lies in the file
   */
  public void longs(String dataset, long[] shape, long[] values, Storage storage) {
    numbers(dataset, Native.INT64, shape, Stream.of(MemorySegment.ofArray(values)), storage);
  }

  /**
   * Writes truth values as h5py does: an enumeration of FALSE and TRUE.
   *
   * @param dataset the path of the new dataset
   * @param shape the length of each axis; no axis makes a scalar
   * @param values the truth values, row by row
   */
  public void flags(String dataset, long[] shape, boolean[] values) {
    write(
        dataset,
        () -> {
          try (Handle type = WriteTypes.flag();
              DatasetWriter writer =
                  DatasetWriter.create(id, reader.at(dataset), type.id(), shape, Storage.PLAIN)) {
            writer.all(type.id(), MemorySegment.ofArray(WriteTypes.bytes(values)));
            return dataset;
          }
        });
  }

  /**
   * Writes strings of variable length in UTF-8.
   *
   * @param dataset the path of the new dataset
   * @param shape the length of each axis; no axis makes a scalar
   * @param values the strings, row by row
   */
  public void texts(String dataset, long[] shape, String... values) {
    write(
        dataset,
        () -> {
          try (Arena arena = Arena.ofConfined();
              Handle type = WriteTypes.text();
              DatasetWriter writer =
                  DatasetWriter.create(id, reader.at(dataset), type.id(), shape, Storage.PLAIN)) {
            writer.raw(type.id(), values.length, WriteTypes.pointers(arena, values));
            return dataset;
          }
        });
  }

  /**
   * Gives an object an attribute that is one string.
   *
   * @param object the path of a group or dataset that exists
   * @param name the name of the attribute; one of that name is replaced
   * @param value the string
   */
  public void attribute(String object, String name, String value) {
    texts(object, name, new long[0], new String[] {value});
  }

  /**
   * Gives an object an attribute that is an axis of strings.
   *
   * @param object the path of a group or dataset that exists
   * @param name the name of the attribute; one of that name is replaced
   * @param values the strings
   */
  public void attribute(String object, String name, List<String> values) {
    texts(object, name, new long[] {values.size()}, values.toArray(String[]::new));
  }

  /**
   * Gives an object an attribute that is one signed 64-bit whole number.
   *
   * @param object the path of a group or dataset that exists
   * @param name the name of the attribute; one of that name is replaced
   * @param value the number
   */
  public void attribute(String object, String name, long value) {
    longs(object, name, new long[0], value);
  }

  /**
   * Gives an object an attribute that is an axis of signed 64-bit whole numbers.
   *
   * @param object the path of a group or dataset that exists
   * @param name the name of the attribute; one of that name is replaced
   * @param values the numbers
   */
  public void attribute(String object, String name, long[] values) {
    longs(object, name, new long[] {values.length}, values);
  }

  private void longs(String object, String name, long[] shape, long... values) {
    write(
        object,
        () -> {
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(values.length * (long) Long.BYTES, Long.BYTES);
            buffer.copyFrom(MemorySegment.ofArray(values));
            AttributeWriter.write(id, reader.at(object), name, Native.INT64.id(), shape, buffer);
            return name;
          }
        });
  }

  /**
   * Gives an object an attribute that is one truth value, as h5py writes it.
   *
   * @param object the path of a group or dataset that exists
   * @param name the name of the attribute; one of that name is replaced
   * @param value the truth value
   */
  public void attribute(String object, String name, boolean value) {
    write(
        object,
        () -> {
          try (Arena arena = Arena.ofConfined();
              Handle type = WriteTypes.flag()) {
            MemorySegment buffer = arena.allocate(1);
            buffer.copyFrom(MemorySegment.ofArray(WriteTypes.bytes(new boolean[] {value})));
            AttributeWriter.write(id, reader.at(object), name, type.id(), new long[0], buffer);
            return name;
          }
        });
  }

  private void texts(String object, String name, long[] shape, String[] values) {
    write(
        object,
        () -> {
          try (Arena arena = Arena.ofConfined();
              Handle type = WriteTypes.text()) {
            AttributeWriter.write(
                id, reader.at(object), name, type.id(), shape, WriteTypes.pointers(arena, values));
            return name;
          }
        });
  }

  private void numbers(
      String dataset, Native as, int length, MemorySegment values, Storage storage) {
    numbers(dataset, as, new long[] {length}, Stream.of(values), storage);
  }

  private void numbers(
      String dataset, Native as, long[] shape, Stream<MemorySegment> parts, Storage storage) {
    write(
        dataset,
        () -> {
          try (DatasetWriter writer =
              DatasetWriter.create(id, reader.at(dataset), as.id(), shape, storage)) {
            writer.parts(as, parts);
            return dataset;
          }
        });
  }

  private static Handle names() {
    Handle list =
        new Handle(LibHdf5.PLIST_CREATE.call(Function.global("H5P_CLS_LINK_CREATE_ID_g")));
    LibHdf5.PLIST_CHARSET.call(list.id(), LibHdf5.UTF8);
    return list;
  }

  private long name(Arena arena, String path) {
    return arena.allocateFrom(Links.normal(reader.at(path))).address();
  }

  private H5Output root() {
    return whole.map(H5Output::root).orElse(this);
  }

  private <T> void write(String object, Supplier<T> calls) {
    Hdf5Lock.guard(
        "Writing '%s' to %s".formatted(reader.at(object), path),
        () -> {
          try {
            return calls.get();
          } catch (Hdf5Exception e) {
            root().broken = true;
            throw e;
          }
        });
  }

  /**
   * Writes out and closes the file; a second call does nothing, nor does one on a view.
   *
   * @throws InputException when the file cannot be written, as on a full disk
   */
  @Override
  public void close() {
    if (whole.isPresent()) {
      return;
    }
    reader.close();
    Hdf5Lock.guard(
        "Writing " + path,
        () -> {
          if (open && !broken) {
            open = false;
            LibHdf5.FILE_FLUSH.call(id, 1);
            LibHdf5.FILE_CLOSE.call(id);
          }
        });
  }
}
