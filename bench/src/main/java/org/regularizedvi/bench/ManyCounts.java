package org.regularizedvi.bench;

import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.RowBlocks;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;

/**
 * Prepares as many cells as one likes, whose counts are drawn while they are packed: a third of the
 * genes of each cell have some, half of them 1, a quarter 2, and so on. {@code bench/scale.sh}
 * trains on more than 2^31 of them.
 *
 * <p>Usage: {@code ManyCounts CELLS GENES FOLDER.rvi}
 *
 * @param nObs the number of cells
 * @param genes the number of genes
 */
record ManyCounts(int nObs, int genes) implements CellSource, CellTable, FeatureTable {
  private static final int ROWS_AT_ONCE = 4096;
  private static final int MOST_GAP = 5;

  /**
   * Writes the folder.
   *
   * @param args the number of cells, that of genes, the folder
   */
  public static void main(String[] args) {
    ManyCounts cells = new ManyCounts(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    Formats.preparer().write(cells, Path.of(args[2]), IfExists.REPLACE, System.err::println);
  }

  /** Gives rows that are functions of their places. */
  private final class Drawn implements RowBlocks {
    private int row;

    @Override
    public int rows() {
      return nObs;
    }

    @Override
    public int columns() {
      return genes;
    }

    @Override
    public long stored() {
      return 0;
    }

    @Override
    public Optional<SparseRows> next() {
      if (row == nObs) {
        return Optional.empty();
      }
      int rows = Math.min(ROWS_AT_ONCE, nObs - row);
      int[] indptr = new int[rows + 1];
      int[] indices = new int[rows * genes];
      float[] values = new float[indices.length];
      int n = 0;
      for (int r = 0; r < rows; r++) {
        SplittableRandom random = new SplittableRandom(row + r);
        for (int g = random.nextInt(MOST_GAP); g < genes; g += 1 + random.nextInt(MOST_GAP)) {
          indices[n] = g;
          values[n++] = 1 + Integer.numberOfTrailingZeros(random.nextInt() | 1 << 12);
        }
        indptr[r + 1] = n;
      }
      row += rows;
      return Optional.of(
          new SparseRows(genes, indptr, Arrays.copyOf(indices, n), Arrays.copyOf(values, n)));
    }

    @Override
    public void close() {}
  }

  private record Names(String before, int count) {
    List<String> list() {
      final class Numbered extends AbstractList<String> implements RandomAccess {
        @Override
        public String get(int index) {
          return before + index;
        }

        @Override
        public int size() {
          return count;
        }
      }
      return new Numbered();
    }
  }

  @Override
  public List<Path> paths() {
    return List.of();
  }

  @Override
  public InputChoices choices() {
    return InputChoices.defaults();
  }

  @Override
  public CellTable cells() {
    return this;
  }

  @Override
  public String source() {
    return "drawn counts";
  }

  @Override
  public List<String> obsNames() {
    return new Names("cell", nObs).list();
  }

  @Override
  public List<String> obsColumns() {
    return List.of("batch");
  }

  @Override
  public Column obs(String key) {
    return new Column.Categorical(
        IntStream.range(0, nObs).map(cell -> cell % 3).toArray(), List.of("a", "b", "c"), false);
  }

  @Override
  public FloatMatrix obsm(String key) {
    throw new IllegalArgumentException(key);
  }

  @Override
  public List<String> obsmKeys() {
    return List.of();
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public List<String> modalities() {
    return List.of("");
  }

  @Override
  public FeatureTable features(String modality) {
    return this;
  }

  @Override
  public List<String> varNames() {
    return new Names("gene", genes).list();
  }

  @Override
  public List<String> varColumns() {
    return List.of();
  }

  @Override
  public Column var(String key) {
    throw new IllegalArgumentException(key);
  }

  @Override
  public void requireUniqueVarNames() {}

  @Override
  public Counts counts(String modality) {
    throw new UnsupportedOperationException("they are drawn row by row");
  }

  @Override
  public CountReader countReader(String modality) {
    return new CountReader(new Drawn(), () -> false, () -> 0);
  }

  @Override
  public void requireWritable(Destination to, IfExists ifExists) {}

  @Override
  public void write(Destination to, TableAdditions additions, IfExists ifExists) {
    throw new UnsupportedOperationException("they are prepared");
  }

  @Override
  public void close() {}
}
