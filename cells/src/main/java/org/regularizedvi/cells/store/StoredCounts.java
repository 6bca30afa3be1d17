package org.regularizedvi.cells.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regularizedvi.cells.CountDigest;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.SparseRows;

/** Is the counts of a modality in a store, of which nothing but the index is in memory. */
final class StoredCounts implements Counts {
  private static final int BLOCK_ROWS = 4096;
  private static final long BLOCK_VALUES = 1 << 22;
  private static final int BYTES_OF_PART = 1 << 26;

  private final ModalityRows stored;

  /** For each row its place in the store, -1 for an empty one; absent where they stand so. */
  private final Optional<int[]> order;

  /** Where rows are dealt that will be asked for; empty where each is read when it is. */
  private final Optional<Path> folder;

  /** The rows that were said to be asked for next. */
  private volatile Optional<RowDeal> deal = Optional.empty();

  /** Empty until somebody asks. */
  private double[] totals = {};

  StoredCounts(ModalityRows stored, Optional<int[]> order) {
    this(stored, order, Optional.empty());
  }

  private StoredCounts(ModalityRows stored, Optional<int[]> order, Optional<Path> folder) {
    this.stored = stored;
    this.order = order;
    this.folder = folder;
  }

  /** {@return the same counts, which deal the rows that will be asked for into a temporary file} */
  StoredCounts dealing(Path folder) {
    return new StoredCounts(stored, order, Optional.of(folder));
  }

  /** {@return the rows of the store, and where they are} */
  ModalityRows stored() {
    return stored;
  }

  /** Removes what rows were dealt into. */
  void close() {
    deal.ifPresent(RowDeal::close);
    deal = Optional.empty();
  }

  @Override
  public void expect(int[] rows) {
    if (folder.isPresent()) {
      close();
      int[] places = Arrays.stream(rows).map(this::place).filter(place -> place >= 0).toArray();
      try {
        deal = Optional.of(RowDeal.of(stored, places, folder.get(), BYTES_OF_PART));
      } catch (IOException e) {
        throw stored.file().failed(e);
      }
    }
  }

  @Override
  public int rows() {
    return order.isPresent() ? order.get().length : stored.facts().rows();
  }

  @Override
  public int columns() {
    return stored.facts().columns();
  }

  @Override
  public long nonzeros() {
    return order
        .map(places -> Arrays.stream(places).mapToLong(stored::count).sum())
        .orElse(stored.facts().counts().nonzeros());
  }

  @Override
  public boolean fractional() {
    return stored.facts().counts().fractional();
  }

  @Override
  public long rounded() {
    return stored.facts().counts().rounded();
  }

  @Override
  public boolean inMemory() {
    return false;
  }

  /** Returns where in the store a row is, -1 for one that is empty. */
  private int place(int row) {
    if (row < 0 || row >= rows()) {
      throw new IndexOutOfBoundsException("row %d of a matrix with %d".formatted(row, rows()));
    }
    return order.isPresent() ? order.get()[row] : row;
  }

  @Override
  public boolean isEmpty(int row) {
    return stored.count(place(row)) == 0;
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.regularizedvi.input.InputException when they cannot be read, or are not what was
   *     written
   */
  @Override
  public SparseRows gather(int[] rows) {
    int[] places = new int[rows.length];
    int[] indptr = new int[rows.length + 1];
    for (int i = 0; i < rows.length; i++) {
      places[i] = place(rows[i]);
      indptr[i + 1] = Math.addExact(indptr[i], stored.count(places[i]));
    }
    int nonzeros = indptr[rows.length];
    SparseRows gathered = new SparseRows(columns(), indptr, new int[nonzeros], new float[nonzeros]);
    Optional<RowDeal> dealt = deal;
    try {
      if (dealt.isEmpty() || !dealt.get().read(places, gathered)) {
        RowReaders.read(stored, places, gathered);
      }
    } catch (IOException e) {
      throw stored.file().failed(e);
    }
    return gathered;
  }

  @Override
  public SparseRows slice(int from, int to) {
    if (from < 0 || to < from || to > rows()) {
      throw new IndexOutOfBoundsException(
          "rows %d to %d of a matrix with %d".formatted(from, to, rows()));
    }
    return gather(IntStream.range(from, to).toArray());
  }

  @Override
  public Stream<SparseRows> blocks() {
    return IntStream.iterate(0, from -> from < rows(), this::end)
        .mapToObj(from -> slice(from, end(from)));
  }

  /** {@return the row behind the last one of the block that begins with a row} */
  private int end(int from) {
    int end = from + 1;
    long values = stored.count(place(from));
    while (end < rows() && end - from < BLOCK_ROWS) {
      values += stored.count(place(end));
      if (values > BLOCK_VALUES) {
        return end;
      }
      end++;
    }
    return end;
  }

  @Override
  public synchronized double[] totals(int[] rows) {
    if (totals.length == 0) {
      totals = blocks().flatMapToDouble(block -> Arrays.stream(block.totals())).toArray();
    }
    double[] some = new double[rows.length];
    Arrays.setAll(some, i -> totals[rows[i]]);
    return some;
  }

  @Override
  public String digest() {
    if (order.isEmpty()) {
      return stored.facts().counts().digest();
    }
    CountDigest digest = new CountDigest(rows(), columns());
    blocks().forEachOrdered(digest::add);
    return digest.hex();
  }

  @Override
  public Counts inOrder(int[] rows) {
    int[] places = new int[rows.length];
    Arrays.setAll(places, i -> rows[i] < 0 ? -1 : place(rows[i]));
    return new StoredCounts(stored, Optional.of(places));
  }
}
