package org.regularizedvi.cells.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Reads and writes what stands around the counts of a store: the head of 12 bytes, which are a mark
 * and the version; behind the counts the table of the modalities; and the tail of 16 bytes, which
 * are the size of the table, its CRC32C and the mark.
 */
final class StoreFormat {
  /** The version of the format; stores of any other are refused. */
  static final int VERSION = 1;

  /** The bytes of the head. */
  static final int HEAD = 12;

  private static final byte[] MARK = "rviCELLS".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = 2 * Integer.BYTES + MARK.length;

  private StoreFormat() {}

  static void writeHead(StoreFile file) throws IOException {
    file.write(little(HEAD).put(MARK).putInt(VERSION).flip(), 0);
  }

  /**
   * Writes table and tail.
   *
   * @param at where the counts end
   */
  static void writeTable(StoreFile file, List<StoredModality> modalities, long at)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(modalities.size());
      for (StoredModality modality : modalities) {
        modality.write(out);
      }
    }
    byte[] table = bytes.toByteArray();
    file.write(
        little(table.length + TAIL)
            .put(table)
            .putInt(table.length)
            .putInt(sum(table))
            .put(MARK)
            .flip(),
        at);
  }

  /**
   * Reads head, table and tail.
   *
   * @return what the store holds, in the order of the file
   * @throws Damage when this is no store, or of another version, or damaged
   */
  static List<StoredModality> readTable(StoreFile file) throws IOException {
    long size = file.channel().size();
    if (size < HEAD + TAIL) {
      throw new Damage("it has %,d bytes, too few for a store of counts".formatted(size));
    }
    ByteBuffer head = little(HEAD);
    file.read(head, 0);
    requireMark(head, "begin");
    int version = head.getInt();
    if (version != VERSION) {
      throw new Damage("its version is %d, expected %d".formatted(version, VERSION));
    }
    ByteBuffer tail = little(TAIL);
    file.read(tail, size - TAIL);
    int length = tail.getInt();
    int sum = tail.getInt();
    requireMark(tail, "end");
    if (length < 0 || length > size - TAIL - HEAD) {
      throw new Damage("its table is said to have %,d bytes".formatted(length));
    }
    byte[] table = new byte[length];
    long counts = size - TAIL - length;
    file.read(ByteBuffer.wrap(table), counts);
    if (sum(table) != sum) {
      throw new Damage("its table of modalities does not have its checksum");
    }
    return modalities(table, counts - HEAD);
  }

  /** Reads a table, and checks that the modalities take the bytes that are there. */
  private static List<StoredModality> modalities(byte[] table, long bytes) throws IOException {
    List<StoredModality> modalities = new ArrayList<>();
    long left = bytes;
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(table))) {
      for (int number = in.readInt(); number > 0; number--) {
        StoredModality modality = StoredModality.read(in);
        modality.check(left);
        left -= modality.bytes();
        modalities.add(modality);
      }
      if (left != 0 || in.available() != 0) {
        throw new Damage("its table of modalities leaves %,d bytes over".formatted(left));
      }
    }
    return modalities;
  }

  private static void requireMark(ByteBuffer from, String which) throws Damage {
    byte[] mark = new byte[MARK.length];
    from.get(mark);
    if (!Arrays.equals(mark, MARK)) {
      throw new Damage("it does not %s as a store of counts does".formatted(which));
    }
  }

  private static int sum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return (int) sum.getValue();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
