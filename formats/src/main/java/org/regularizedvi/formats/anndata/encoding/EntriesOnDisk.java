package org.regularizedvi.formats.anndata.encoding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.regularizedvi.files.DiskRoom;
import org.regularizedvi.files.TemporaryFile;

/**
 * Keeps dealt entries in a temporary file, where each range has a place as long as its entries
 * need. Entries wait in a buffer for each range. A range whose rows are asked for one by one is
 * sorted by row where it lies.
 */
final class EntriesOnDisk implements DealtEntries {
  /** Two bytes of row, four of column, four of value. */
  private static final int ENTRY = 10;

  /** The bytes of a column and its value. */
  private static final int PAIR = 8;

  private static final int ALL_BUFFERS = 1 << 25;
  private static final int LARGEST_BUFFER = ENTRY << 14;
  private static final int SMALLEST_BUFFER = ENTRY << 6;
  private static final int PIECE = ENTRY * PAIR << 13;

  private final TemporaryFile file;
  private final RowRanges ranges;

  /** Where each range begins in the file, in entries. */
  private final long[] begins;

  /** How many entries of each range are in the file. */
  private final int[] written;

  private final boolean[] sorted;

  /** One for each range while entries come. */
  private ByteBuffer[] buffers;

  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE).order(ByteOrder.nativeOrder());

  private EntriesOnDisk(TemporaryFile file, RowRanges ranges) {
    this.file = file;
    this.ranges = ranges;
    int n = ranges.size();
    this.begins = new long[n + 1];
    for (int range = 0; range < n; range++) {
      begins[range + 1] = begins[range] + ranges.entries(range);
    }
    this.written = new int[n];
    this.sorted = new boolean[n];
    this.buffers = new ByteBuffer[n];
    int each = Math.clamp(ALL_BUFFERS / Math.max(1, n), SMALLEST_BUFFER, LARGEST_BUFFER);
    for (int range = 0; range < n; range++) {
      buffers[range] = ByteBuffer.allocate(each - each % ENTRY).order(ByteOrder.nativeOrder());
    }
  }

  /**
   * Makes an empty file.
   *
   * @param folder where it lies
   * @param source whose entries will be dealt
   * @throws org.regularizedvi.input.InputException when the disk has not the room
   */
  static EntriesOnDisk in(Path folder, RowRanges ranges, EntrySource source) {
    TemporaryFile file = TemporaryFile.in(folder);
    try {
      DiskRoom.require(
          folder,
          ENTRY * source.entries(),
          "The counts of %s, which are put into the order of the cells on disk,"
              .formatted(source.where()),
          "another folder can be chosen with --temp-dir");
      return new EntriesOnDisk(file, ranges);
    } catch (IOException e) {
      file.close();
      throw file.failed(e);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public void put(int range, int row, int column, float value) {
    ByteBuffer buffer = buffers[range];
    buffer.putChar((char) row).putInt(column).putFloat(value);
    if (!buffer.hasRemaining()) {
      drain(range);
    }
  }

  private void drain(int range) {
    ByteBuffer buffer = buffers[range].flip();
    int entries = buffer.limit() / ENTRY;
    file.write(buffer, (begins[range] + written[range]) * ENTRY);
    written[range] += entries;
    buffer.clear();
  }

  /** Reads into {@link #piece}. */
  private void read(long place, int bytes) {
    file.read(piece.clear().limit(bytes), place);
    piece.flip();
  }

  @Override
  public void end() {
    for (int range = 0; range < buffers.length; range++) {
      drain(range);
    }
    buffers = new ByteBuffer[0];
  }

  @Override
  public Rows take(int range) {
    int[] starts = ranges.starts(range);
    int entries = starts[starts.length - 1];
    if (sorted[range]) {
      return pairs(range, starts, 0, entries);
    }
    int[] next = starts.clone();
    int[] indices = new int[entries];
    float[] values = new float[entries];
    for (int done = 0; done < entries; ) {
      int some = Math.min(entries - done, PIECE / ENTRY);
      read((begins[range] + done) * ENTRY, some * ENTRY);
      for (int i = 0; i < some; i++) {
        int at = next[piece.getChar()]++;
        indices[at] = piece.getInt();
        values[at] = piece.getFloat();
      }
      done += some;
    }
    return new Rows(starts, indices, values);
  }

  @Override
  public Rows pick(int range, int[] wanted) {
    if (!sorted[range]) {
      sort(range);
    }
    int[] starts = ranges.starts(range);
    int[] indptr = new int[wanted.length + 1];
    for (int r = 0; r < wanted.length; r++) {
      indptr[r + 1] = indptr[r] + starts[wanted[r] + 1] - starts[wanted[r]];
    }
    Rows picked =
        new Rows(indptr, new int[indptr[wanted.length]], new float[indptr[wanted.length]]);
    for (int r = 0; r < wanted.length; ) {
      int end = Spans.end(wanted, r, (from, to) -> starts[to] - starts[from]);
      int begin = starts[wanted[r]];
      Rows span = pairs(range, starts, begin, starts[wanted[end - 1] + 1]);
      for (; r < end; r++) {
        int from = starts[wanted[r]] - begin;
        int count = indptr[r + 1] - indptr[r];
        System.arraycopy(span.indices(), from, picked.indices(), indptr[r], count);
        System.arraycopy(span.values(), from, picked.values(), indptr[r], count);
      }
    }
    return picked;
  }

  /** Writes the pairs of a range by row into the place of its entries, which are longer. */
  private void sort(int range) {
    Rows rows = take(range);
    for (int done = 0; done < rows.indices().length; ) {
      int some = Math.min(rows.indices().length - done, PIECE / PAIR);
      piece.clear();
      for (int i = done; i < done + some; i++) {
        piece.putInt(rows.indices()[i]).putFloat(rows.values()[i]);
      }
      file.write(piece.flip(), begins[range] * ENTRY + (long) done * PAIR);
      done += some;
    }
    sorted[range] = true;
  }

  /** Reads the pairs {@code from} to {@code to - 1} of a sorted range. */
  private Rows pairs(int range, int[] starts, int from, int to) {
    int[] indices = new int[to - from];
    float[] values = new float[indices.length];
    for (int done = 0; done < indices.length; ) {
      int some = Math.min(indices.length - done, PIECE / PAIR);
      read(begins[range] * ENTRY + (long) (from + done) * PAIR, some * PAIR);
      for (int i = done; i < done + some; i++) {
        indices[i] = piece.getInt();
        values[i] = piece.getFloat();
      }
      done += some;
    }
    return new Rows(starts, indices, values);
  }

  @Override
  public void close() {
    file.close();
  }
}
