package org.regularizedvi.formats.zarr;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.regularizedvi.formats.hierarchy.Memory;

/**
 * Reads a store as a zip file with an entry for each value; of entries of one name the last holds,
 * since that is how a value in a zip file is replaced.
 */
final class ZipStore implements Store {
  /** The character after '/', with which the keys after those of a folder begin. */
  private static final char AFTER_SLASH = '/' + 1;

  private static final byte[] BEGINNING = {'P', 'K', 3, 4};

  private final ZipFile zip;
  private final TreeSet<String> keys = new TreeSet<>();

  /** The compressed entry that a part was read of last. */
  private volatile Optional<Inflated> last = Optional.empty();

  private record Inflated(String name, byte[] bytes) {}

  private ZipStore(ZipFile zip) {
    this.zip = zip;
    zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> keys.add(entry.getName()));
  }

  /** Tells whether a file begins as zip files do. */
  static boolean isAt(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(BEGINNING.length), BEGINNING);
    }
  }

  /**
   * Opens a zip file.
   *
   * @throws ZipException when it is none, or damaged
   */
  static ZipStore open(Path file) throws IOException {
    return new ZipStore(new ZipFile(file.toFile()));
  }

  @Override
  public OptionalLong size(String key) {
    return keys.contains(key) ? OptionalLong.of(zip.getEntry(key).getSize()) : OptionalLong.empty();
  }

  @Override
  public byte[] read(String key, long from, int length) throws IOException {
    ZipEntry entry = zip.getEntry(key);
    if (length == entry.getSize()) {
      byte[] bytes = read(entry, 0, length);
      requireSum(bytes, entry.getCrc());
      return bytes;
    }
    return entry.getMethod() == ZipEntry.STORED
        ? read(entry, from, length)
        : Arrays.copyOfRange(inflated(entry), (int) from, (int) from + length);
  }

  private byte[] read(ZipEntry entry, long from, int length) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      in.skipNBytes(from);
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("the entry ends before its byte %,d".formatted(from + length));
      }
      return bytes;
    }
  }

  /** {@return the whole of a compressed entry, which cannot be read from its middle} */
  private byte[] inflated(ZipEntry entry) throws IOException {
    Optional<Inflated> known = last.filter(one -> one.name.equals(entry.getName()));
    if (known.isPresent()) {
      return known.get().bytes;
    }
    String where = "'%s' in %s".formatted(entry.getName(), zip.getName());
    byte[] bytes = read(entry, 0, Memory.arrayLength(entry.getSize(), 1, where));
    requireSum(bytes, entry.getCrc());
    last = Optional.of(new Inflated(entry.getName(), bytes));
    return bytes;
  }

  private static void requireSum(byte[] bytes, long expected) throws ZipException {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    if (sum.getValue() != expected) {
      throw new ZipException(
          "the entry has the checksum %08x, expected %08x".formatted(sum.getValue(), expected));
    }
  }

  @Override
  public List<String> names(String key) {
    String prefix = key.isEmpty() ? "" : key + "/";
    List<String> names = new ArrayList<>();
    String at = keys.ceiling(prefix);
    while (at != null && at.startsWith(prefix)) {
      int end = at.indexOf('/', prefix.length());
      String name = at.substring(prefix.length(), end < 0 ? at.length() : end);
      if (names.isEmpty() || !names.getLast().equals(name)) {
        names.add(name);
      }
      at = end < 0 ? keys.higher(at) : keys.ceiling(prefix + name + AFTER_SLASH);
    }
    names.sort(String::compareTo);
    return names.stream().distinct().toList();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
