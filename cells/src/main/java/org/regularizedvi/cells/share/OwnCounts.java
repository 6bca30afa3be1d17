package org.regularizedvi.cells.share;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.SparseRows;

/**
 * Gives the counts of those features that this process keeps, and what is known of each cell's
 * counts of all.
 */
final class OwnCounts implements Counts {
  private final Counts held;
  private final RowFacts facts;

  /**
   * Takes counts.
   *
   * @param held those that are kept, all features at their places
   * @param facts of the same rows with all features
   */
  OwnCounts(Counts held, RowFacts facts) {
    this.held = held;
    this.facts = facts;
  }

  @Override
  public int rows() {
    return held.rows();
  }

  @Override
  public int columns() {
    return held.columns();
  }

  /** {@return the number of counts above zero that are kept} */
  @Override
  public long nonzeros() {
    return held.nonzeros();
  }

  @Override
  public boolean fractional() {
    return held.fractional();
  }

  @Override
  public long rounded() {
    return held.rounded();
  }

  @Override
  public boolean inMemory() {
    return held.inMemory();
  }

  /** {@return whether a cell has no count of any feature, kept or not} */
  @Override
  public boolean isEmpty(int row) {
    return facts.entries()[row] == 0;
  }

  @Override
  public SparseRows gather(int[] rows) {
    return held.gather(rows);
  }

  @Override
  public void expect(int[] rows) {
    held.expect(rows);
  }

  @Override
  public SparseRows slice(int from, int to) {
    return held.slice(from, to);
  }

  @Override
  public Stream<SparseRows> blocks() {
    return held.blocks();
  }

  /** {@return the total count of each of the given cells, of all features} */
  @Override
  public double[] totals(int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> facts.totals()[row]).toArray();
  }

  @Override
  public int[] before(int[] rows) {
    return IntStream.of(rows).map(row -> facts.before()[row]).toArray();
  }

  @Override
  public String digest() {
    return held.digest();
  }

  @Override
  public Counts inOrder(int[] rows) {
    return new OwnCounts(held.inOrder(rows), facts.inOrder(rows));
  }
}
