package org.regularizedvi.training.continuation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Takes a SHA-256 of one thing after the other; each is preceded by its length. */
public final class Digest {
  private static final int PIECE = 1 << 20;

  private final MessageDigest sha256 = sha256();

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** {@return the SHA-256 of a file, as {@code sha256sum} prints it} */
  static String of(Path file) throws IOException {
    MessageDigest digest = sha256();
    byte[] piece = new byte[PIECE];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        digest.update(piece, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Takes in memory, as it lies.
   *
   * @param memory whose bytes are taken
   * @return this
   */
  public Digest add(MemorySegment memory) {
    length(memory.byteSize());
    for (long at = 0; at < memory.byteSize(); at += PIECE) {
      long bytes = Math.min(PIECE, memory.byteSize() - at);
      sha256.update(memory.asSlice(at, bytes).asByteBuffer());
    }
    return this;
  }

  /**
   * Takes in whole numbers, little-endian.
   *
   * @param values the numbers
   * @return this
   */
  public Digest add(int[] values) {
    length(values.length);
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    sha256.update(bytes);
    return this;
  }

  /**
   * Takes in float32 numbers, little-endian.
   *
   * @param values the numbers
   * @return this
   */
  public Digest add(float[] values) {
    length(values.length);
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    sha256.update(bytes);
    return this;
  }

  /**
   * Takes in texts, in UTF-8, each with its length.
   *
   * @param texts in their order
   * @return this
   */
  public Digest add(List<String> texts) {
    length(texts.size());
    for (String text : texts) {
      byte[] bytes = text.getBytes(UTF_8);
      length(bytes.length);
      sha256.update(bytes);
    }
    return this;
  }

  private void length(long length) {
    sha256.update(ByteBuffer.allocate(8).putLong(0, length));
  }

  /** {@return the digest in hexadecimal; nothing may be added after} */
  public String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
