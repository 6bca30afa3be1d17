package org.regularizedvi.core.data;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.input.InputException;

/**
 * Small invented cells: three batches in turn, two donors, a number; more genes than one tile
 * holds.
 */
public final class TestCells {
  public static final int GENES = 1100;
  public static final int PEAKS = 1700;

  private TestCells() {}

  public static CellData of(int cells, CovariateKeys keys) {
    return of(cells, GENES, keys);
  }

  public static CellData of(int cells, int genes, CovariateKeys keys) {
    CellTable table = table(cells);
    Schema schema = Schema.fit(keys, table);
    List<String> names = IntStream.range(0, genes).mapToObj(g -> "g" + g).toList();
    return new CellData(
        table.source(),
        CountsInMemory.of(counts(cells, genes, 5)),
        names,
        schema,
        schema.encode(table));
  }

  /** Cells of modalities rna and atac: every seventh lacks rna, every fifth atac, none both. */
  public static CellData ofTwo(int cells, CovariateKeys keys) {
    return ofTwo(cells, PEAKS, GENES, keys);
  }

  public static CellData ofTwo(int cells, int peaks, int genes, CovariateKeys keys) {
    CellTable table = table(cells);
    Schema schema = Schema.fit(keys, table);
    List<ModalityCounts> modalities =
        List.of(
            two("atac", cells, peaks, 6, n -> n % 5 == 0),
            two("rna", cells, genes, 5, n -> n % 7 == 0 && n % 5 != 0));
    return new CellData(
        table.source(), modalities, schema, schema.encode(table), InputChoices.defaults());
  }

  private static ModalityCounts two(
      String name, int cells, int features, long seed, IntPredicate lacks) {
    List<String> names = IntStream.range(0, features).mapToObj(g -> name + g).toList();
    int[] rows = IntStream.range(0, cells).map(n -> lacks.test(n) ? -1 : n).toArray();
    SparseRows counts = counts(cells, features, seed).pick(rows);
    return new ModalityCounts(name, CountsInMemory.of(counts), names);
  }

  public static ModelConfig smallModel() {
    return ModelConfig.recommended().with(NetworkConfig.published().withSize(24, 6, 1));
  }

  private static CellTable table(int cells) {
    return new CellTable() {
      @Override
      public String source() {
        return "cells";
      }

      @Override
      public int nObs() {
        return cells;
      }

      @Override
      public List<String> obsNames() {
        return IntStream.range(0, cells).mapToObj(n -> "cell" + n).toList();
      }

      @Override
      public List<String> obsColumns() {
        return List.of("batch", "donor", "one", "number", "factor");
      }

      @Override
      public Column obs(String key) {
        return switch (key) {
          case "batch" -> text(cells, 3, "b");
          case "donor" -> text(cells, 2, "d");
          case "one" -> text(cells, 1, "only");
          case "number" ->
              new Column.Numbers(IntStream.range(0, cells).mapToDouble(n -> n % 7).toArray(), true);
          case "factor" ->
              new Column.Numbers(
                  IntStream.range(0, cells).mapToDouble(n -> 0.5 + n % 4).toArray(), false);
          default -> throw new InputException("no key " + key);
        };
      }
    };
  }

  private static Column text(int cells, int categories, String prefix) {
    String[] values = new String[cells];
    Arrays.setAll(values, n -> prefix + n % categories);
    return new Column.Text(values);
  }

  private static SparseRows counts(int cells, int features, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] indptr = new int[cells + 1];
    int[] indices = new int[cells * features];
    float[] values = new float[cells * features];
    int n = 0;
    for (int cell = 0; cell < cells; cell++) {
      for (int gene = 0; gene < features; gene++) {
        if (random.nextInt(8) == 0) {
          indices[n] = gene;
          values[n++] = 1 + random.nextInt(random.nextInt(1 + gene % 40) + 1);
        }
      }
      indptr[cell + 1] = n;
    }
    return new SparseRows(features, indptr, Arrays.copyOf(indices, n), Arrays.copyOf(values, n));
  }
}
