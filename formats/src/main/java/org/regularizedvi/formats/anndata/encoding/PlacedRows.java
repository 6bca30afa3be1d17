package org.regularizedvi.formats.anndata.encoding;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.regularizedvi.cells.PassListener;
import org.regularizedvi.cells.RowBlocks;
import org.regularizedvi.cells.SparseRows;

/**
 * Gives the rows of a matrix in an order that is not the file's: some left out, some twice, some
 * that the file lacks and that are empty. Blocks are read one by one, each row of a block once, in
 * the file's order.
 */
public final class PlacedRows implements RowBlocks {
  private static final long BLOCK_VALUES = 1 << 22;
  private static final int BLOCK_ROWS = 1 << 16;

  private final StoredRows file;
  private final int[] rowOf;
  private int given;

  /**
   * Orders rows.
   *
   * @param file the matrix, which is closed with this
   * @param rowOf for each row of the result that of the file, -1 for an empty one
   */
  public PlacedRows(StoredRows file, int[] rowOf) {
    this.file = file;
    this.rowOf = rowOf;
  }

  @Override
  public int rows() {
    return rowOf.length;
  }

  @Override
  public int columns() {
    return file.columns();
  }

  @Override
  public long stored() {
    if (file.stored() == 0) {
      return 0;
    }
    long placed = Arrays.stream(rowOf).filter(r -> r >= 0).mapToLong(file::stored).sum();
    // Entries that were dealt in memory are there besides.
    return file instanceof DealtRows dealt && dealt.inMemory() ? placed + file.stored() : placed;
  }

  @Override
  public Optional<SparseRows> next() {
    if (given == rowOf.length) {
      return Optional.empty();
    }
    int first = given;
    given = end(first);
    return Optional.of(read(Arrays.copyOfRange(rowOf, first, given)));
  }

  @Override
  public RowBlocks some(int[] rows) {
    return new PlacedRows(file, Arrays.stream(rows).map(row -> rowOf[row]).toArray());
  }

  private int end(int first) {
    long values = 0;
    int end = first;
    while (end < rowOf.length && end - first < BLOCK_ROWS) {
      values += rowOf[end] < 0 ? 0 : file.stored(rowOf[end]);
      if (values > BLOCK_VALUES && end > first) {
        break;
      }
      end++;
    }
    return end;
  }

  private SparseRows read(int[] rows) {
    // The row in the high half of a long, where it goes in the low one.
    long[] wanted =
        LongStream.range(0, rows.length)
            .filter(i -> rows[(int) i] >= 0)
            .map(i -> (long) rows[(int) i] << Integer.SIZE | i)
            .sorted()
            .toArray();
    int[] distinct = new int[wanted.length];
    int[] place = new int[rows.length];
    Arrays.fill(place, -1);
    int count = 0;
    for (long each : wanted) {
      int row = (int) (each >>> Integer.SIZE);
      if (count == 0 || distinct[count - 1] != row) {
        distinct[count++] = row;
      }
      place[(int) each] = count - 1;
    }
    return file.read(Arrays.copyOf(distinct, count)).pick(place);
  }

  @Override
  public void watch(String modality, PassListener listener) {
    file.watch(modality, listener);
  }

  @Override
  public void close() {
    file.close();
  }
}
