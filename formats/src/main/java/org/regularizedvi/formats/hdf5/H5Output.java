package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.regularizedvi.formats.hierarchy.Attribute;
import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.HierarchyOutput;
import org.regularizedvi.formats.hierarchy.NewField;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.input.InputException;

/** Writes an HDF5 file, or one group of it. */
public final class H5Output implements HierarchyOutput {
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
   * @param text at most 512 bytes, followed by zeros up to there; empty for no user block
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

  @Override
  public H5Output within(String group) {
    return new H5Output(path, id, reader.within(group), Optional.of(this));
  }

  @Override
  public H5File reader() {
    return reader;
  }

  @Override
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

  @Override
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

  @Override
  public void numbers(
      String array,
      ElementType type,
      long[] shape,
      Stream<? extends Buffer> parts,
      Storage storage) {
    write(
        array,
        () -> {
          if (type.kind() == ElementType.Kind.BOOLEAN) {
            try (Handle flag = WriteTypes.flag()) {
              return filled(array, flag.id(), 1, shape, parts, storage);
            }
          }
          Native as = Native.of(type);
          return filled(array, as.id(), as.bytes(), shape, parts, storage);
        });
  }

  private String filled(
      String array,
      long type,
      int bytes,
      long[] shape,
      Stream<? extends Buffer> parts,
      Storage storage) {
    try (DatasetWriter writer = DatasetWriter.create(id, reader.at(array), type, shape, storage)) {
      writer.parts(type, bytes, parts.map(MemorySegment::ofBuffer));
      return array;
    }
  }

  @Override
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

  @Override
  public void records(String array, long[] shape, List<NewField> fields) {
    write(
        array,
        () -> {
          RecordWriter.write(id, reader.at(array), shape, fields);
          return array;
        });
  }

  @Override
  public void nothing(String array) {
    write(
        array,
        () -> {
          DatasetWriter.createNull(id, reader.at(array), Native.FLOAT32.id()).close();
          return array;
        });
  }

  @Override
  public void attribute(String object, String name, Attribute value) {
    write(
        object,
        () -> {
          AttributeWriter.write(id, reader.at(object), name, value);
          return name;
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
