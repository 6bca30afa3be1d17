package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.regularizedvi.formats.hierarchy.Attribute;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.input.InputException;

/**
 * Reads an HDF5 file, for reading, or one group of it. Paths are names joined by '/', counted from
 * the root or that group; a '.' within a name means nothing special. Whole datasets come flattened
 * row by row. Any thread may call; one is served at a time.
 */
public final class H5File implements Hierarchy {
  /** Chunks of which libhdf5 keeps some by itself. */
  private static final long SMALL_CHUNK = 1 << 20;

  private static final long LARGEST_CHUNK_KEPT = 1 << 30;
  private static final long STANDARD_SLOTS = -1;

  private final Path path;
  private final long id;
  private final boolean owner;

  /** The group that paths are counted from, empty or ending with '/'. */
  private final String inside;

  /** The file of which this is a view. */
  private final Optional<H5File> whole;

  private boolean open = true;

  H5File(Path path, long id, boolean owner) {
    this(path, id, owner, "", Optional.empty());
  }

  private H5File(Path path, long id, boolean owner, String inside, Optional<H5File> whole) {
    this.path = path;
    this.id = id;
    this.owner = owner;
    this.inside = inside;
    this.whole = whole;
  }

  /**
   * Opens a file.
   *
   * @param path the place of the file
   * @return the file, to be closed
   * @throws InputException when there is no such file, it is a folder, it is not HDF5, or it is cut
   *     off
   */
  public static H5File open(Path path) {
    return new H5File(path, FileIds.openForReading(path), true);
  }

  /**
   * {@return whether there is a file that begins as HDF5 files do and may be read}
   *
   * @param path the place of the file
   */
  public static boolean isAt(Path path) {
    return FileIds.isHdf5(path);
  }

  @Override
  public H5File within(String group) {
    return new H5File(path, id, false, Links.inside(at(group)), Optional.of(this));
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public List<String> children(String group) {
    return with(group, object -> Links.names(object, where(group)));
  }

  @Override
  public List<String> attributes(String path) {
    return with(path, object -> Links.attributes(object));
  }

  /** Returns where in the file an object is: the same for all paths that lead to it. */
  long address(String path) {
    return with(
        path,
        object -> {
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(LibHdf5.OBJECT_INFO_BYTES, Long.BYTES);
            LibHdf5.OBJECT_INFO.call(object, info.address(), LibHdf5.OBJECT_INFO_BASIC);
            return info.get(ValueLayout.JAVA_LONG, Long.BYTES);
          }
        });
  }

  @Override
  public boolean exists(String path) {
    return guard("Looking for", path, () -> isPresent(path));
  }

  @Override
  public Kind kind(String path) {
    if (!exists(path)) {
      return Kind.MISSING;
    }
    int type = (int) (long) with(path, LibHdf5.ID_TYPE::call);
    if (type == LibHdf5.ID_GROUP) {
      return Kind.GROUP;
    }
    if (type != LibHdf5.ID_DATASET) {
      return Kind.OTHER;
    }
    try (H5Dataset dataset = array(path)) {
      return dataset.isNull() ? Kind.NULL : Kind.ARRAY;
    }
  }

  @Override
  public H5Dataset array(String path) {
    return guard(
        "Opening",
        path,
        () -> {
          requirePresent(path);
          try (Arena arena = Arena.ofConfined()) {
            long at = arena.allocateFrom(Links.normal(at(path))).address();
            Handle handle = openDataset(at, path);
            try {
              return new H5Dataset(this, handle, where(path));
            } catch (RuntimeException e) {
              handle.close();
              throw e;
            }
          }
        });
  }

  /**
   * Opens a dataset. One with large chunks keeps the last that was decoded: libhdf5 by itself would
   * decode it anew for each part that is read of it.
   */
  private Handle openDataset(long at, String path) {
    try {
      long bytes;
      try (Handle dataset = new Handle(LibHdf5.DATASET_OPEN.call(id, at, 0))) {
        bytes = Chunks.bytes(dataset.id());
      }
      if (bytes <= SMALL_CHUNK || bytes > LARGEST_CHUNK_KEPT) {
        return new Handle(LibHdf5.DATASET_OPEN.call(id, at, 0));
      }
      try (Handle access =
          new Handle(LibHdf5.PLIST_CREATE.call(Function.global("H5P_CLS_DATASET_ACCESS_ID_g")))) {
        LibHdf5.PLIST_CHUNK_CACHE.call(access.id(), STANDARD_SLOTS, bytes, 1);
        return new Handle(LibHdf5.DATASET_OPEN.call(id, at, access.id()));
      }
    } catch (Hdf5Exception e) {
      if (e.getMessage().contains("not a dataset")) {
        throw new InputException(where(path) + " should hold values, found a group or type.", e);
      }
      throw e;
    }
  }

  @Override
  public boolean hasAttribute(String path, String name) {
    return with(path, object -> Attributes.exists(object, name));
  }

  @Override
  public Attribute attribute(String path, String name) {
    return with(path, object -> Attributes.of(object, name, where(path)));
  }

  @Override
  public List<String> attributeTexts(String path, String name) {
    return with(path, object -> Attributes.texts(object, name, where(path)));
  }

  @Override
  public double[] attributeNumbers(String path, String name) {
    return with(path, object -> Attributes.doubles(object, name, where(path)));
  }

  @Override
  public long[] attributeLongs(String path, String name) {
    return with(path, object -> Attributes.longs(object, name, where(path)));
  }

  @Override
  public String at(String path) {
    return inside.isEmpty() ? path : Links.normal(inside + path).substring(1);
  }

  boolean isOpen() {
    return open && whole.map(H5File::isOpen).orElse(true);
  }

  private <T> T with(String path, LongFunction<T> use) {
    return guard(
        "Reading",
        path,
        () -> {
          requirePresent(path);
          try (Arena arena = Arena.ofConfined();
              Handle object =
                  new Handle(
                      LibHdf5.OBJECT_OPEN.call(
                          id, arena.allocateFrom(Links.normal(at(path))).address(), 0))) {
            return use.apply(object.id());
          }
        });
  }

  private boolean isPresent(String object) {
    return Links.exist(id, at(object), at -> "'%s' in %s".formatted(at, path));
  }

  private void requirePresent(String path) {
    if (!isPresent(path)) {
      throw new InputException("There is no " + where(path) + ".");
    }
  }

  private <T> T guard(String doing, String path, java.util.function.Supplier<T> calls) {
    return Hdf5Lock.guard(
        doing + " " + where(path),
        () -> {
          if (!isOpen()) {
            throw new IllegalStateException(this.path + " is closed");
          }
          return calls.get();
        });
  }

  /** Closes the file and everything opened from it; a second call does nothing. */
  @Override
  public void close() {
    Hdf5Lock.guard(
        "Closing " + path,
        () -> {
          boolean now = open && owner;
          open = false;
          if (now) {
            LibHdf5.FILE_CLOSE.call(id);
          }
        });
  }
}
