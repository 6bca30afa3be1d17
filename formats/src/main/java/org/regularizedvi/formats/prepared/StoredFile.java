package org.regularizedvi.formats.prepared;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Says what a file of a folder is.
 *
 * @param name its name
 * @param bytes its size
 * @param sha256 of its bytes
 */
record StoredFile(String name, long bytes, String sha256) {
  private static final int BUFFER = 1 << 20;

  static StoredFile of(Path file) throws IOException {
    return new StoredFile(file.getFileName().toString(), Files.size(file), digest(file));
  }

  private static String digest(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
