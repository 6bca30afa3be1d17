package org.regularizedvi.cells.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.regularizedvi.cells.SparseRows;

/**
 * Reads rows of a store, and looks at their checksums before their counts. One thread at a time may
 * use a reader.
 */
final class RowReader {
  /** How many bytes of neighbouring rows are read at once, unless one row has more. */
  private static final int BUFFER = 1 << 18;

  private final RowDecoder decoder = new RowDecoder();
  private final CRC32C sum = new CRC32C();

  // A channel reads into native memory, and from there into an array by itself with a copy more.
  private ByteBuffer direct = ByteBuffer.allocateDirect(BUFFER);
  private ByteBuffer bytes = ByteBuffer.allocate(BUFFER);

  /**
   * Reads some of the rows that are asked for.
   *
   * @param rows the modality
   * @param places the rows that are asked for, -1 for empty ones
   * @param from which of them to read first
   * @param to behind the last of them to read
   * @param into takes the counts, and says by its indptr where they go
   * @throws Damage when a row is not as it was written
   */
  void read(ModalityRows rows, int[] places, int from, int to, SparseRows into) throws IOException {
    int end;
    for (int i = from; i < to; i = end) {
      end = i + 1;
      if (rows.count(places[i]) > 0) {
        long begin = rows.index().places()[places[i]];
        while (end < to
            && places[end] == places[end - 1] + 1
            && rows.index().places()[places[end] + 1] - begin <= BUFFER) {
          end++;
        }
        fill(rows, begin, rows.index().places()[places[end - 1] + 1]);
        unpack(rows, places, i, end, into);
      }
    }
  }

  private void fill(ModalityRows rows, long begin, long end) throws IOException {
    int size = Math.toIntExact(end - begin);
    if (bytes.capacity() < size) {
      direct = ByteBuffer.allocateDirect(size);
      bytes = ByteBuffer.allocate(size);
    }
    rows.file().read(direct.clear().limit(size), begin);
    bytes.clear().put(direct);
  }

  /** Unpacks neighbouring rows whose bytes were read. */
  private void unpack(ModalityRows rows, int[] places, int from, int to, SparseRows into)
      throws Damage {
    int at = 0;
    for (int i = from; i < to; i++) {
      bytes.limit(at + rows.index().length(places[i])).position(at);
      at = bytes.limit();
      unpack(rows, places[i], bytes, into, i);
    }
  }

  /**
   * Unpacks a row whose bytes were read.
   *
   * @param rows the modality
   * @param place the row
   * @param packed its bytes, from the position to the limit of a buffer with an array
   * @param into takes the counts
   * @param i which of its rows they are
   * @throws Damage when the row is not as it was written
   */
  void unpack(ModalityRows rows, int place, ByteBuffer packed, SparseRows into, int i)
      throws Damage {
    sum.reset();
    sum.update(packed.duplicate());
    if ((int) sum.getValue() != rows.index().sums()[place]) {
      throw damaged(rows, place, "do not have their checksum");
    }
    try {
      decoder.unpack(
          packed,
          into.indptr()[i + 1] - into.indptr()[i],
          into.columns(),
          into.indices(),
          into.values(),
          into.indptr()[i]);
    } catch (Damage _) {
      throw damaged(rows, place, "are not packed as counts are");
    }
  }

  private static Damage damaged(ModalityRows rows, int place, String how) {
    return new Damage(
        "the counts of cell %,d%s %s".formatted(place + 1, rows.facts().inSentence(), how));
  }
}
