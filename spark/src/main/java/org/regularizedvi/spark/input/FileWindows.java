package org.regularizedvi.spark.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Aligned;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.Schema;

/**
 * Reads a piece of the cells of open files. Several may read of one source: one reads at a time.
 */
public final class FileWindows implements Windows {
  private final CellSource source;
  private final Piece piece;
  private final List<String> names = new ArrayList<>();
  private final SequencedMap<String, Column> columns = new LinkedHashMap<>();
  private final SequencedMap<String, FeatureTable> tables = new LinkedHashMap<>();
  private final Map<String, CountReader> readers = new LinkedHashMap<>();
  private int done;

  /**
   * Opens a piece.
   *
   * @param source the files, which stay the caller's
   * @param piece which cells
   * @param schema the model's keys
   */
  public FileWindows(CellSource source, Piece piece, Schema schema) {
    this.source = source;
    this.piece = piece;
    synchronized (source) {
      List<String> all = source.cells().obsNames();
      Arrays.stream(piece.rows()).forEach(row -> names.add(all.get(row)));
      for (String key : schema.columns()) {
        columns.put(key, Aligned.column(source.cells().obs(key), piece.rows()));
      }
      for (String modality : source.modalities()) {
        tables.put(modality, source.features(modality));
        readers.put(modality, reader(modality));
      }
    }
  }

  private CountReader reader(String modality) {
    return source
        .onDisk(modality)
        .map(counts -> CountReader.of(counts.inOrder(piece.rows())))
        .orElseGet(() -> source.countReader(modality).some(piece.rows()));
  }

  @Override
  public boolean hasNext() {
    return done < piece.rows().length;
  }

  @Override
  public Window next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int from = done;
    done = Math.min(piece.rows().length, from + CELLS);
    int[] places = IntStream.range(piece.first() + from, piece.first() + done).toArray();
    int[] own = IntStream.range(from, done).toArray();
    SequencedMap<String, Column> some = new LinkedHashMap<>();
    columns.forEach((key, column) -> some.put(key, Aligned.column(column, own)));
    Map<String, SparseRows> counts = new LinkedHashMap<>();
    synchronized (source) {
      readers.forEach(
          (modality, reader) -> counts.put(modality, reader.next(own.length).orElseThrow()));
    }
    List<Object[]> heads = new ArrayList<>();
    for (int i = 0; i < own.length; i++) {
      heads.add(new Object[] {names.get(own[i]), places[i]});
    }
    return new Window(
        new WindowTable(source.cells().source(), names.subList(from, done), places, some),
        tables,
        counts,
        heads);
  }

  @Override
  public void close() {
    synchronized (source) {
      readers.values().forEach(CountReader::close);
    }
  }
}
