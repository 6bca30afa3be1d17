package org.regularizedvi.cells.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Tells where the rows of a modality are, in 16 bytes of memory for each. In the file it is, for
 * each row, how many counts it has and how many bytes more than that, both in bytes of 7 bits of
 * which all but the last have the highest bit set, and the CRC32C of its bytes.
 *
 * @param places where each row begins, and where the last one ends
 * @param counts how many counts each row has
 * @param sums the CRC32C of each row
 */
record RowIndex(long[] places, int[] counts, int[] sums) {
  /** The fewest bytes of a row in the file's index. */
  static final int LEAST = 2 + Integer.BYTES;

  private static final int MOST = 2 * 5 + Integer.BYTES;
  private static final int BUFFER = 1 << 18;

  /**
   * Makes one to be filled from the first row to the last.
   *
   * @param rows the number of rows
   * @param begin where the first one begins
   */
  static RowIndex ofRows(int rows, long begin) {
    RowIndex index = new RowIndex(new long[Math.addExact(rows, 1)], new int[rows], new int[rows]);
    index.places[0] = begin;
    return index;
  }

  /** {@return the number of rows} */
  int rows() {
    return counts.length;
  }

  /** {@return where the last row ends} */
  long end() {
    return places[rows()];
  }

  /** {@return how many bytes a row takes} */
  int length(int row) {
    return (int) (places[row + 1] - places[row]);
  }

  /** Adds the next row. */
  void put(int row, int length, int count, int sum) {
    places[row + 1] = places[row] + length;
    counts[row] = count;
    sums[row] = sum;
  }

  /**
   * Writes it behind the rows.
   *
   * @return where rows and index are
   */
  Extent write(StoreFile file) throws IOException {
    CRC32C sum = new CRC32C();
    ByteBuffer buffer = buffer(rows());
    long at = end();
    for (int row = 0; row < rows(); row++) {
      put(buffer, counts[row]);
      put(buffer, length(row) - counts[row]);
      buffer.putInt(sums[row]);
      if (buffer.remaining() < MOST || row == rows() - 1) {
        buffer.flip();
        sum.update(buffer.duplicate());
        int bytes = buffer.limit();
        file.write(buffer, at);
        at += bytes;
        buffer.clear();
      }
    }
    return new Extent(end() - places[0], at - end(), (int) sum.getValue());
  }

  private static void put(ByteBuffer buffer, int number) {
    int left = number;
    for (; left > 0x7f; left >>>= 7) {
      buffer.put((byte) (left | 0x80));
    }
    buffer.put((byte) left);
  }

  /**
   * Reads one that {@link #write} wrote.
   *
   * @param begin where the rows begin
   * @throws Damage when it does not have its checksum, or rows that cannot be
   */
  static RowIndex read(StoreFile file, StoredModality modality, long begin) throws IOException {
    RowIndex index = ofRows(modality.rows(), begin);
    CRC32C sum = new CRC32C();
    ByteBuffer buffer = buffer(modality.rows()).limit(0);
    long at = begin + modality.extent().rowBytes();
    long end = at + modality.extent().indexBytes();
    long nonzeros = 0;
    for (int row = 0; row < modality.rows(); row++) {
      if (buffer.remaining() < MOST && at < end) {
        buffer.compact();
        int kept = buffer.position();
        buffer.limit((int) Math.min(buffer.capacity(), kept + end - at));
        file.read(buffer, at);
        sum.update(buffer.slice(kept, buffer.limit() - kept));
        at += buffer.limit() - kept;
      }
      int count = number(buffer, modality);
      int more = number(buffer, modality);
      // A row without counts has no bytes, and any other has one more than counts at least.
      if (count < 0
          || count > modality.columns()
          || (count == 0 ? more != 0 : more < 1 || count + more < 0)
          || buffer.remaining() < Integer.BYTES) {
        throw damaged(modality);
      }
      index.put(row, count + more, count, buffer.getInt());
      nonzeros += count;
    }
    if ((int) sum.getValue() != modality.extent().indexSum()
        || at < end
        || buffer.hasRemaining()
        || index.end() != begin + modality.extent().rowBytes()
        || nonzeros != modality.counts().nonzeros()) {
      throw damaged(modality);
    }
    return index;
  }

  private static int number(ByteBuffer buffer, StoredModality modality) throws Damage {
    int number = 0;
    for (int shift = 0; shift < Integer.SIZE && buffer.hasRemaining(); shift += 7) {
      byte next = buffer.get();
      number |= (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw damaged(modality);
  }

  private static Damage damaged(StoredModality modality) {
    return new Damage(
        "the index of the cells%s is not the one that was written"
            .formatted(modality.inSentence()));
  }

  private static ByteBuffer buffer(int rows) {
    return ByteBuffer.allocateDirect((int) Math.min(BUFFER, (long) MOST * (rows + 1)))
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
