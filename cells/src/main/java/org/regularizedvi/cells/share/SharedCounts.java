package org.regularizedvi.cells.share;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.regularizedvi.cells.CountDigest;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.SparseRows;

/**
 * Gives the counts of all features, of which this process keeps those of some: whoever asks for all
 * has them read from their file again, in one pass for each question.
 */
final class SharedCounts implements Counts {
  /** So few that what passes by takes little beside what is kept. */
  private static final int ROWS_AT_ONCE = 512;

  private final Supplier<CountReader> file;
  private final OwnCounts own;
  private final RowFacts facts;
  private final int[] order;
  private final Optional<String> digest;

  /**
   * Takes counts that were read.
   *
   * @param file opens the counts of all features from the first row on
   * @param held those that are kept
   * @param facts of all rows
   * @param digest of all counts
   */
  SharedCounts(Supplier<CountReader> file, Counts held, RowFacts facts, String digest) {
    this(
        file,
        new OwnCounts(held, facts),
        facts,
        IntStream.range(0, facts.rows()).toArray(),
        Optional.of(digest));
  }

  /**
   * @param order the row of the file that each row is, -1 for one without counts
   * @param digest empty until somebody asks
   */
  private SharedCounts(
      Supplier<CountReader> file,
      OwnCounts own,
      RowFacts facts,
      int[] order,
      Optional<String> digest) {
    this.file = file;
    this.own = own;
    this.facts = facts;
    this.order = order;
    this.digest = digest;
  }

  @Override
  public int rows() {
    return facts.rows();
  }

  @Override
  public int columns() {
    return own.columns();
  }

  @Override
  public long nonzeros() {
    return facts.nonzeros();
  }

  @Override
  public boolean fractional() {
    return own.fractional();
  }

  @Override
  public long rounded() {
    return own.rounded();
  }

  @Override
  public boolean inMemory() {
    return own.inMemory();
  }

  @Override
  public boolean isEmpty(int row) {
    return own.isEmpty(row);
  }

  @Override
  public Counts kept() {
    return own;
  }

  /** {@inheritDoc} It goes through the file. */
  @Override
  public SparseRows gather(int[] rows) {
    int[] wanted = Arrays.stream(rows).map(row -> order[row]).toArray();
    int[] ascending = Arrays.stream(wanted).filter(row -> row >= 0).sorted().distinct().toArray();
    List<SparseRows> found = new ArrayList<>(List.of(SparseRows.empty(0, columns())));
    passed(ascending).forEachRemaining(found::add);
    return SparseRows.join(columns(), found)
        .pick(Arrays.stream(wanted).map(row -> place(ascending, row)).toArray());
  }

  private static int place(int[] ascending, int row) {
    return row < 0 ? -1 : Arrays.binarySearch(ascending, row);
  }

  @Override
  public SparseRows slice(int from, int to) {
    return gather(IntStream.range(from, to).toArray());
  }

  @Override
  public Stream<SparseRows> blocks() {
    boolean ascending =
        IntStream.range(0, order.length).allMatch(i -> order[i] > (i == 0 ? -1 : order[i - 1]));
    if (!ascending) {
      return IntStream.iterate(0, from -> from < rows(), from -> from + ROWS_AT_ONCE)
          .mapToObj(from -> slice(from, Math.min(rows(), from + ROWS_AT_ONCE)));
    }
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(passed(order), Spliterator.ORDERED), false);
  }

  /** {@return some rows of the file, which is closed behind the last} */
  private Iterator<SparseRows> passed(int[] ascending) {
    CountReader all = file.get();
    CountReader reader = ascending.length == all.rows() ? all : all.some(ascending);
    return new Iterator<>() {
      private int left = ascending.length;

      @Override
      public boolean hasNext() {
        if (left == 0) {
          reader.close();
        }
        return left > 0;
      }

      @Override
      public SparseRows next() {
        SparseRows rows = reader.next(ROWS_AT_ONCE).orElseThrow();
        left -= rows.rows();
        return rows;
      }
    };
  }

  @Override
  public double[] totals(int[] rows) {
    return own.totals(rows);
  }

  @Override
  public String digest() {
    return digest.orElseGet(
        () -> {
          CountDigest ofThese = new CountDigest(rows(), columns());
          blocks().forEachOrdered(ofThese::add);
          return ofThese.hex();
        });
  }

  @Override
  public Counts inOrder(int[] rows) {
    RowFacts some = facts.inOrder(rows);
    return new SharedCounts(
        file,
        (OwnCounts) own.inOrder(rows),
        some,
        Arrays.stream(rows).map(row -> row < 0 ? -1 : order[row]).toArray(),
        Optional.empty());
  }
}
