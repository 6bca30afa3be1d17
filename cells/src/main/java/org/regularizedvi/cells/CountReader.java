package org.regularizedvi.cells;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.regularizedvi.input.InputException;

/** Reads a count matrix, or chosen rows of it, block by block, in bounded memory. */
public final class CountReader implements AutoCloseable {
  private final RowBlocks blocks;
  private final BooleanSupplier fractional;
  private final LongSupplier rounded;
  private final Runnable atEnd;
  private final long stored;
  private SparseRows current;
  private int used;
  private int given;

  /**
   * Makes a reader of blocks.
   *
   * @param blocks the blocks
   * @param check says what may pass for a count
   * @param some whether these are chosen rows, which may all be empty
   */
  public CountReader(RowBlocks blocks, CountCheck check, boolean some) {
    this(
        blocks,
        check::fractional,
        check::rounded,
        some ? () -> {} : check::finish,
        blocks.stored());
  }

  /**
   * Makes a reader of blocks that others have checked.
   *
   * @param blocks the blocks
   * @param fractional tells whether a value that was given so far was not whole
   * @param rounded tells how many values given so far were a hair off whole numbers
   */
  public CountReader(RowBlocks blocks, BooleanSupplier fractional, LongSupplier rounded) {
    this(blocks, fractional, rounded, () -> {}, blocks.stored());
  }

  /**
   * {@return a reader of counts that were read before, and so are known to be counts}
   *
   * @param counts the counts, wherever they are kept
   */
  public static CountReader of(Counts counts) {
    return new CountReader(new KeptRows(counts), counts::fractional, counts::rounded);
  }

  private CountReader(
      RowBlocks blocks,
      BooleanSupplier fractional,
      LongSupplier rounded,
      Runnable atEnd,
      long stored) {
    this.blocks = blocks;
    this.fractional = fractional;
    this.rounded = rounded;
    this.atEnd = atEnd;
    this.stored = stored;
    this.current = SparseRows.empty(0, blocks.columns());
  }

  /** {@return the number of rows} */
  public int rows() {
    return blocks.rows();
  }

  /** {@return the number of columns} */
  public int columns() {
    return blocks.columns();
  }

  /** {@return the number of values that are stored, 0 where nobody can say before they are read} */
  public long stored() {
    return stored;
  }

  /** {@return whether a value read so far was not whole} */
  public boolean fractional() {
    return fractional.getAsBoolean();
  }

  /** {@return how many values read so far were a hair off whole numbers, and became these} */
  public long rounded() {
    return rounded.getAsLong();
  }

  /**
   * Returns the next rows: {@code maxRows} of them while there are so many; none at the end.
   *
   * @param maxRows the most rows to return, 1 or more
   * @return the rows
   * @throws InputException when a value is no count, or, at the end of a whole matrix, when there
   *     were none above zero
   */
  public Optional<SparseRows> next(int maxRows) {
    if (maxRows < 1) {
      throw new IllegalArgumentException("maxRows is %d, expected 1 or more".formatted(maxRows));
    }
    int wanted = Math.min(maxRows, rows() - given);
    if (wanted == 0) {
      atEnd.run();
      return Optional.empty();
    }
    given += wanted;
    List<SparseRows> parts = new ArrayList<>();
    for (int missing = wanted; missing > 0; ) {
      if (used == current.rows()) {
        current = blocks.next().orElseThrow(() -> new IllegalStateException("Blocks miss rows"));
        used = 0;
      }
      int n = Math.min(missing, current.rows() - used);
      parts.add(current.slice(used, used + n));
      used += n;
      missing -= n;
    }
    return Optional.of(SparseRows.join(blocks.columns(), parts));
  }

  /**
   * {@return a reader of some of the rows, which takes the place of this one; nothing may have been
   * read}
   *
   * @param rows their places, ascending
   */
  public CountReader some(int[] rows) {
    return new CountReader(blocks.some(rows), fractional, rounded, atEnd, 0);
  }

  /**
   * {@return a reader of some of the columns, which takes the place of this one; nothing may have
   * been read}
   *
   * @param columns their places, ascending
   */
  public CountReader columns(int[] columns) {
    return new CountReader(new ChosenColumns(blocks, columns), fractional, rounded, atEnd, 0);
  }

  /**
   * {@return a reader of the counts of some features that follow each other, which takes the place
   * of this one: they stand at the places that they have among all; nothing may have been read}
   *
   * @param part the features
   * @param passed is shown the rows with all features as they are read, block by block
   */
  public CountReader part(FeatureRange part, Consumer<SparseRows> passed) {
    return new CountReader(new PartOfRows(blocks, part, passed), fractional, rounded, atEnd, 0);
  }

  /**
   * {@return a reader that tells how far it is, which takes the place of this one; nothing may have
   * been read}
   *
   * @param modality names the counts to the listener
   * @param listener is told of rows as they are read
   */
  public CountReader watched(String modality, PassListener listener) {
    return new CountReader(
        new WatchedRows(blocks, modality, listener), fractional, rounded, atEnd, stored);
  }

  @Override
  public void close() {
    blocks.close();
  }
}
