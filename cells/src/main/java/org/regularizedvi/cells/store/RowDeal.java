package org.regularizedvi.cells.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.files.DiskRoom;
import org.regularizedvi.files.TemporaryFile;

/**
 * Has rows of a store in an order that is known in advance, for disks that are slow where single
 * rows are read. The store is read once from its begin to its end, and each row put into the part
 * of a temporary file in which its turn comes; later parts are read whole, one after another.
 */
final class RowDeal implements Closeable {
  /** The fewest parts, unless there are fewer rows. */
  private static final int PARTS = 64;

  private static final int ALL_BUFFERS = 1 << 25;
  private static final int SMALLEST_BUFFER = 1 << 10;
  private static final int PIECE = 1 << 20;

  private final ModalityRows rows;
  private final int[] places;

  /** For each row of the store its turn, -1 where it has none. */
  private final int[] turnOf;

  /** The first turn of each part, and behind the last. */
  private final int[] firsts;

  /** Where each part begins in the file, and where the last ends. */
  private final long[] begins;

  private final TemporaryFile file;
  private final StoreFile dealt;
  private final RowReader reader = new RowReader();

  /** Parts that were read and may be asked for again, by their number. */
  private final NavigableMap<Integer, Part> near = new TreeMap<>();

  private boolean closed;

  /**
   * Is a part in memory.
   *
   * @param bytes its rows as they are packed, in the order in which the store has them
   * @param offsets where the row of each turn begins
   */
  private record Part(ByteBuffer bytes, int[] offsets) {}

  private RowDeal(ModalityRows rows, int[] places, int[] firsts, Path folder) {
    this.rows = rows;
    this.places = places;
    this.firsts = firsts;
    this.turnOf = new int[rows.index().rows()];
    Arrays.fill(turnOf, -1);
    this.begins = new long[firsts.length];
    for (int part = 0; part + 1 < firsts.length; part++) {
      long bytes = 0;
      for (int turn = firsts[part]; turn < firsts[part + 1]; turn++) {
        if (turnOf[places[turn]] >= 0) {
          throw new IllegalArgumentException("row %d comes twice".formatted(places[turn]));
        }
        turnOf[places[turn]] = turn;
        bytes += Integer.BYTES + rows.index().length(places[turn]);
      }
      begins[part + 1] = begins[part] + bytes;
    }
    this.file = TemporaryFile.in(folder);
    this.dealt = new StoreFile(file.channel(), "a temporary file in " + file.folder());
  }

  /**
   * Deals.
   *
   * @param rows the modality
   * @param places the rows in the order in which they will be asked for, each once
   * @param folder where the temporary file lies
   * @param bytesOfPart how many bytes a part of several rows may have
   * @throws Damage when the store ends early
   * @throws org.regularizedvi.input.InputException when the disk lacks the room
   */
  static RowDeal of(ModalityRows rows, int[] places, Path folder, int bytesOfPart)
      throws IOException {
    int[] firsts = parts(rows, places, bytesOfPart);
    RowDeal deal = new RowDeal(rows, places, firsts, folder);
    TemporaryFile file = deal.file;
    try {
      DiskRoom.require(
          file.folder(),
          bytes(rows, places),
          "Counts that are dealt into the order of an epoch",
          "another folder can be chosen with --temp-dir, or single cells be read with --disk-reads random");
      deal.write();
      return deal;
    } catch (IOException | RuntimeException e) {
      deal.close();
      throw e;
    }
  }

  /** {@return how many bytes of disk rows take when they are dealt} */
  static long bytes(ModalityRows rows, int[] places) {
    return Arrays.stream(places)
        .mapToLong(place -> Integer.BYTES + (long) rows.index().length(place))
        .sum();
  }

  private static int[] parts(ModalityRows rows, int[] places, int bytesOfPart) {
    long most = Math.clamp(bytes(rows, places) / PARTS, 1, bytesOfPart);
    int[] firsts = new int[1];
    int parts = 0;
    long bytes = 0;
    for (int turn = 0; turn < places.length; turn++) {
      int own = Integer.BYTES + rows.index().length(places[turn]);
      if (turn > firsts[parts] && bytes + own > most) {
        firsts = with(firsts, ++parts, turn);
        bytes = 0;
      }
      bytes += own;
    }
    return Arrays.copyOf(with(firsts, parts + 1, places.length), parts + 2);
  }

  private static int[] with(int[] firsts, int at, int turn) {
    int[] longer = at < firsts.length ? firsts : Arrays.copyOf(firsts, 2 * at);
    longer[at] = turn;
    return longer;
  }

  /** Reads the store from its begin to its end. */
  private void write() throws IOException {
    int parts = firsts.length - 1;
    int each = Math.clamp(ALL_BUFFERS / Math.max(1, parts), SMALLEST_BUFFER, PIECE);
    ByteBuffer[] buffers = new ByteBuffer[parts];
    Arrays.setAll(buffers, _ -> ByteBuffer.allocate(each));
    long[] next = begins.clone();
    RowIndex index = rows.index();
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    for (int row = 0; row < index.rows(); ) {
      int end = row + 1;
      while (end < index.rows() && index.places()[end + 1] - index.places()[row] <= PIECE) {
        end++;
      }
      int bytes = Math.toIntExact(index.places()[end] - index.places()[row]);
      if (bytes > piece.capacity()) {
        piece = ByteBuffer.allocateDirect(bytes);
      }
      rows.file().read(piece.clear().limit(bytes), index.places()[row]);
      for (; row < end; row++) {
        int length = index.length(row);
        if (turnOf[row] >= 0) {
          int part = part(turnOf[row]);
          put(buffers, next, part, ByteBuffer.allocate(Integer.BYTES).putInt(turnOf[row]).flip());
          put(buffers, next, part, piece.slice(piece.position(), length));
        }
        piece.position(piece.position() + length);
      }
    }
    for (int part = 0; part < parts; part++) {
      drain(buffers[part], next, part);
    }
  }

  private void put(ByteBuffer[] buffers, long[] next, int part, ByteBuffer bytes)
      throws IOException {
    ByteBuffer buffer = buffers[part];
    while (bytes.hasRemaining()) {
      int some = Math.min(bytes.remaining(), buffer.remaining());
      buffer.put(bytes.slice(bytes.position(), some));
      bytes.position(bytes.position() + some);
      if (!buffer.hasRemaining()) {
        drain(buffer, next, part);
      }
    }
  }

  private void drain(ByteBuffer buffer, long[] next, int part) throws IOException {
    buffer.flip();
    int bytes = buffer.limit();
    dealt.write(buffer, next[part]);
    next[part] += bytes;
    buffer.clear();
  }

  private int part(int turn) {
    int found = Arrays.binarySearch(firsts, turn);
    return found < 0 ? -found - 2 : found;
  }

  /**
   * Reads rows whose turns follow each other; parts before them are forgotten.
   *
   * @param wanted the rows, in any order, -1 for empty ones
   * @param into takes the counts, and says by its indptr where they go
   * @return false, with nothing read, where a row has no turn, or others lie between their turns
   * @throws Damage when a row is not as it was written
   */
  synchronized boolean read(int[] wanted, SparseRows into) throws IOException {
    int first = Integer.MAX_VALUE;
    int last = -1;
    for (int place : wanted) {
      if (place >= 0) {
        first = Math.min(first, turnOf[place]);
        last = Math.max(last, turnOf[place]);
      }
    }
    if (closed || first < 0 || last - first >= wanted.length) {
      return false;
    }
    if (last >= 0) {
      near.headMap(part(first)).clear();
    }
    for (int i = 0; i < wanted.length; i++) {
      if (rows.count(wanted[i]) > 0) {
        int turn = turnOf[wanted[i]];
        int number = part(turn);
        Part part = loaded(number);
        int offset = part.offsets()[turn - firsts[number]];
        ByteBuffer packed = part.bytes().duplicate().position(offset);
        reader.unpack(
            rows, wanted[i], packed.limit(offset + rows.index().length(wanted[i])), into, i);
      }
    }
    return true;
  }

  private Part loaded(int number) throws IOException {
    if (!near.containsKey(number)) {
      near.put(number, load(number));
    }
    return near.get(number);
  }

  private Part load(int number) throws IOException {
    int bytes = Math.toIntExact(begins[number + 1] - begins[number]);
    ByteBuffer all = ByteBuffer.allocate(bytes);
    dealt.read(all, begins[number]);
    int[] offsets = new int[firsts[number + 1] - firsts[number]];
    for (int at = 0; at < bytes; ) {
      int turn = all.getInt(at);
      int own = turn - firsts[number];
      if (own < 0 || own >= offsets.length) {
        throw new Damage("a row is not in the part into which it was dealt");
      }
      offsets[own] = at + Integer.BYTES;
      at += Integer.BYTES + rows.index().length(places[turn]);
    }
    return new Part(all, offsets);
  }

  /** Removes the file; nothing is read from it any more. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      near.clear();
      file.close();
    }
  }
}
