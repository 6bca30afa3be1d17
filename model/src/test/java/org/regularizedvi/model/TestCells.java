package org.regularizedvi.model;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.regularizedvi.data.CellTable;
import org.regularizedvi.data.Column;
import org.regularizedvi.data.CountMatrix;
import org.regularizedvi.data.InputException;
import org.regularizedvi.data.SparseRows;
import org.regularizedvi.data.schema.CovariateKeys;
import org.regularizedvi.data.schema.Schema;
import org.regularizedvi.model.config.ModelConfig;
import org.regularizedvi.model.config.NetworkConfig;

/**
 * Small invented cells: three batches in turn, two donors, a number; more genes than one tile
 * holds.
 */
public final class TestCells {
  public static final int GENES = 1100;

  private TestCells() {}

  public static CellData of(int cells, CovariateKeys keys) {
    CellTable table = table(cells);
    Schema schema = Schema.fit(keys, table);
    List<String> genes = IntStream.range(0, GENES).mapToObj(g -> "g" + g).toList();
    return new CellData(
        table.source(), CountMatrix.of(counts(cells)), genes, schema, schema.encode(table));
  }

  public static ModelConfig smallModel() {
    return ModelConfig.recommended().with(NetworkConfig.defaults().withSize(24, 6, 1));
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

  private static SparseRows counts(int cells) {
    SplittableRandom random = new SplittableRandom(5);
    int[] indptr = new int[cells + 1];
    int[] indices = new int[cells * GENES];
    float[] values = new float[cells * GENES];
    int n = 0;
    for (int cell = 0; cell < cells; cell++) {
      for (int gene = 0; gene < GENES; gene++) {
        if (random.nextInt(8) == 0) {
          indices[n] = gene;
          values[n++] = 1 + random.nextInt(random.nextInt(1 + gene % 40) + 1);
        }
      }
      indptr[cell + 1] = n;
    }
    return new SparseRows(GENES, indptr, Arrays.copyOf(indices, n), Arrays.copyOf(values, n));
  }
}
