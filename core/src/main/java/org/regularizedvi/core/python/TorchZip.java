package org.regularizedvi.core.python;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.regularizedvi.input.InputException;

/**
 * Reads the zip that {@code torch.save} writes: {@code NAME/data.pkl}, {@code NAME/data/0} and on,
 * little- endian, nothing compressed. Sizes are held against the file's length before memory is
 * taken.
 */
final class TorchZip implements Storages, AutoCloseable {
  private static final String PICKLE = "/data.pkl";

  private final Path file;
  private final ZipFile zip;
  private final long length;
  private final String prefix;

  private TorchZip(Path file, ZipFile zip, long length, String prefix) {
    this.file = file;
    this.zip = zip;
    this.length = length;
    this.prefix = prefix;
  }

  /**
   * @throws InputException when the file is missing, cut short, or no zip with one pickle
   */
  static TorchZip open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "%s does not exist; expected the folder that the Python model's save() made."
              .formatted(file));
    }
    ZipFile zip;
    long length;
    try {
      length = Files.size(file);
      zip = new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new InputException(
          "%s is not a zip as torch.save writes it, or is cut short: %s."
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new InputException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
    try {
      List<String> pickles =
          zip.stream().map(ZipEntry::getName).filter(name -> name.endsWith(PICKLE)).toList();
      if (pickles.size() != 1) {
        throw new InputException(
            "%s holds %d entries NAME/data.pkl; a file of torch.save has one."
                .formatted(file, pickles.size()));
      }
      String only = pickles.getFirst();
      TorchZip opened =
          new TorchZip(file, zip, length, only.substring(0, only.length() - PICKLE.length()));
      opened.requireLittleEndian();
      return opened;
    } catch (RuntimeException e) {
      closeQuietly(zip, e);
      throw e;
    }
  }

  private static void closeQuietly(ZipFile zip, RuntimeException thrown) {
    try {
      zip.close();
    } catch (IOException e) {
      thrown.addSuppressed(e);
    }
  }

  private void requireLittleEndian() {
    ZipEntry order = zip.getEntry(prefix + "/byteorder"); // Older versions of PyTorch wrote none.
    if (order != null) {
      String text = new String(bytes(order), StandardCharsets.US_ASCII);
      if (!text.equals("little")) {
        throw new InputException(
            "%s: its byte order is '%s'; only 'little' can be read.".formatted(file, text));
      }
    }
  }

  byte[] pickle() {
    return bytes(entry(PICKLE));
  }

  @Override
  public byte[] storage(String key, long expected) {
    ZipEntry entry = entry("/data/" + key);
    if (entry.getSize() != expected) {
      throw new InputException(
          "%s: the storage %s should have %d bytes, but has %d."
              .formatted(file, entry.getName(), expected, entry.getSize()));
    }
    return bytes(entry);
  }

  private ZipEntry entry(String name) {
    ZipEntry entry = zip.getEntry(prefix + name);
    if (entry == null) {
      throw new InputException("%s has no entry %s%s.".formatted(file, prefix, name));
    }
    return entry;
  }

  private byte[] bytes(ZipEntry entry) {
    long size = entry.getSize();
    if (entry.getMethod() != ZipEntry.STORED || size < 0 || size > length) {
      throw new InputException(
          "%s: the entry %s is compressed or larger than the file; torch.save writes no such."
              .formatted(file, entry.getName()));
    }
    if (size > Integer.MAX_VALUE - 16) {
      throw new InputException(
          "%s: the entry %s has %d bytes; at most %d can be read."
              .formatted(file, entry.getName(), size, Integer.MAX_VALUE - 16));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) size);
      CRC32 sum = new CRC32();
      sum.update(bytes);
      if (bytes.length != size || sum.getValue() != entry.getCrc()) {
        throw new InputException(
            "%s is damaged: the entry %s does not have its checksum."
                .formatted(file, entry.getName()));
      }
      return bytes;
    } catch (IOException e) {
      throw new InputException(
          "%s: the entry %s cannot be read: %s.".formatted(file, entry.getName(), e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new InputException("%s cannot be closed: %s.".formatted(file, e.getMessage()), e);
    }
  }
}
