package org.regularizedvi.formats.anndata.encoding;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.PassListener;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.input.InputException;

/**
 * Gives the rows of a matrix whose entries a file has in another order: those of each row are
 * counted, and then dealt to ranges of rows, in memory or in a temporary file. Nothing is read
 * before rows are asked for.
 */
public final class DealtRows implements StoredRows {
  private static final int ENTRIES_OF_RANGE = 1 << 20;

  /** How many entries are dealt before somebody is told. */
  private static final int TOLD = 1 << 18;

  private final EntrySource source;
  private final CountCheck check;
  private final Optional<Path> folder;
  private final int entriesOfRange;

  /** Empty until somebody asks how many entries rows have. */
  private Optional<RowRanges> ranges = Optional.empty();

  /** Empty until rows are asked for. */
  private Optional<DealtEntries> entries = Optional.empty();

  /** Is told how many entries are dealt. */
  private LongConsumer listener = _ -> {};

  private boolean sourceClosed;
  private int given;

  /**
   * Prepares to deal.
   *
   * @param source the entries, closed as soon as they were read
   * @param check looks at sums of entries of the same row and column
   * @param folder of the temporary file; empty for entries in memory
   * @param entriesOfRange how many entries a range of rows may have that is read at once
   */
  DealtRows(EntrySource source, CountCheck check, Optional<Path> folder, int entriesOfRange) {
    this.source = source;
    this.check = check;
    this.folder = folder;
    this.entriesOfRange = entriesOfRange;
  }

  /**
   * Prepares to deal entries to their rows: in memory where they take a small part of it or there
   * is no other place.
   *
   * @param source the entries, closed with this
   * @param check looks at sums of entries of the same row and column
   * @param temporary the folder of a temporary file, where one may be made
   * @return the rows, of which nothing was read yet
   * @throws org.regularizedvi.input.MemoryException when memory cannot hold the entries and there
   *     is no other place
   */
  public static DealtRows of(EntrySource source, CountCheck check, Optional<Path> temporary) {
    boolean held = temporary.isEmpty() || CountsInMemory.takeLittle(source.entries());
    if (held) {
      CountsInMemory.requireMemory(source.entries(), source.where());
    }
    return new DealtRows(source, check, held ? Optional.empty() : temporary, ENTRIES_OF_RANGE);
  }

  /** Tells whether memory holds the entries. */
  boolean inMemory() {
    return folder.isEmpty();
  }

  private RowRanges ranges() {
    if (ranges.isEmpty()) {
      ranges = Optional.of(new RowRanges(source.counts(), entriesOfRange));
    }
    return ranges.get();
  }

  private DealtEntries entries() {
    if (entries.isEmpty()) {
      entries =
          Optional.of(
              folder.isPresent()
                  ? EntriesOnDisk.in(folder.get(), ranges(), source)
                  : new EntriesInMemory(ranges()));
      deal(entries.get());
      closeSource();
    }
    return entries.get();
  }

  /** Deals all entries, and sees to it that each row gets as many as were counted. */
  private void deal(DealtEntries to) {
    RowRanges cut = ranges();
    int[] missing = cut.counts();
    source.each(
        new EntrySource.Taker() {
          private long dealt;

          @Override
          public void put(int row, int column, float value) {
            if (--missing[row] < 0) {
              throw changed();
            }
            int range = cut.of(row);
            to.put(range, row - cut.first(range), column, value);
            if (++dealt % TOLD == 0) {
              listener.accept(dealt);
            }
          }
        });
    listener.accept(source.entries());
    for (int left : missing) {
      if (left > 0) {
        throw changed();
      }
    }
    to.end();
  }

  private InputException changed() {
    return new InputException(source.where() + " changed while it was read.");
  }

  @Override
  public int rows() {
    return source.rows();
  }

  @Override
  public int columns() {
    return source.columns();
  }

  @Override
  public long stored() {
    return source.entries();
  }

  @Override
  public Optional<SparseRows> next() {
    if (given == ranges().size()) {
      return Optional.empty();
    }
    int first = ranges().first(given);
    DealtEntries.Rows rows = entries().take(given++);
    return Optional.of(
        RowCleaner.clean(
            columns(), rows.indptr(), rows.indices(), rows.values(), r -> first + r, check));
  }

  @Override
  public long stored(int row) {
    return ranges().count(row);
  }

  /** Reads rows that {@link #next} has not given away. */
  @Override
  public SparseRows read(int[] wanted) {
    List<SparseRows> parts = new ArrayList<>();
    parts.add(SparseRows.empty(0, columns()));
    for (int from = 0; from < wanted.length; ) {
      int range = ranges().of(wanted[from]);
      int first = ranges().first(range);
      int end = from;
      while (end < wanted.length && ranges().of(wanted[end]) == range) {
        end++;
      }
      int[] places = Arrays.stream(wanted, from, end).map(row -> row - first).toArray();
      DealtEntries.Rows rows = entries().pick(range, places);
      parts.add(
          RowCleaner.clean(
              columns(),
              rows.indptr(),
              rows.indices(),
              rows.values(),
              r -> first + places[r],
              check));
      from = end;
    }
    return SparseRows.join(columns(), parts);
  }

  @Override
  public void watch(String modality, PassListener by) {
    String what = PassListener.of(modality, "count put in order");
    listener = dealt -> by.read(what, dealt, source.entries());
  }

  private void closeSource() {
    if (!sourceClosed) {
      sourceClosed = true;
      source.close();
    }
  }

  @Override
  public void close() {
    closeSource();
    entries.ifPresent(DealtEntries::close);
  }
}
