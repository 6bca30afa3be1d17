package org.regularizedvi.files.system;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipEntry;

/**
 * Stands for a file in a jar, which is laid into a folder at most once.
 *
 * <p>The jar knows the size and the CRC-32 of the file, so that a copy is recognised without
 * reading or unpacking it: of a library of 100 MB each takes a part of a second, at every start. A
 * copy is on the disk before it gets its name, in a folder named by the CRC-32.
 *
 * @param content where it lies in the jar
 * @param name the last part of its path
 * @param bytes its size
 * @param crc its CRC-32
 */
record PackedFile(URL content, String name, long bytes, long crc) {
  /**
   * {@return the file at a place in a jar}
   *
   * @throws IOException when the jar cannot be read
   */
  static PackedFile at(URL content) throws IOException {
    ZipEntry entry = ((JarURLConnection) content.openConnection()).getJarEntry();
    String path = entry.getName();
    return new PackedFile(
        content, path.substring(path.lastIndexOf('/') + 1), entry.getSize(), entry.getCrc());
  }

  /**
   * Lays the file into a folder, unless it is there. Two processes may do this at once: each moves
   * its own complete copy into place.
   *
   * @return its place
   * @throws IOException when the folder cannot be written
   */
  Path layInto(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path target = folder.resolve(name);
    if (Files.isRegularFile(target) && Files.size(target) == bytes) {
      return target;
    }
    Path own = Files.createTempFile(folder, name, ".part");
    try (InputStream in = content.openStream()) {
      Files.copy(in, own, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(own, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(own, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(own);
    }
    return target;
  }
}
