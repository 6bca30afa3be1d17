package org.regularizedvi.formats.zarr;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs a store in a folder into a zip file, a value an entry, as zarr-python's ZipStore does by
 * default: as they are, since chunks are compressed already.
 */
final class ZipWriter {
  /** The first that zip files know; the time of writing would make every file another one. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private ZipWriter() {}

  /** Writes all files of a folder into a new zip file. */
  static void write(Path folder, Path zip) throws IOException {
    try (Stream<Path> all = Files.walk(folder);
        ZipOutputStream out =
            new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(zip)))) {
      List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        out.putNextEntry(entry(file, String.join("/", names(folder.relativize(file)))));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }

  private static List<String> names(Path path) {
    return Stream.iterate(0, i -> i < path.getNameCount(), i -> i + 1)
        .map(i -> path.getName(i).toString())
        .toList();
  }

  /** Stored entries begin with size and checksum, so each file is read twice. */
  private static ZipEntry entry(Path file, String name) throws IOException {
    CRC32 sum = new CRC32();
    try (OutputStream summed = new CheckedOutputStream(OutputStream.nullOutputStream(), sum)) {
      Files.copy(file, summed);
    }
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(Files.size(file));
    entry.setCrc(sum.getValue());
    entry.setTimeLocal(TIME);
    return entry;
  }
}
