package org.regularizedvi.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.spark.question.AnswerColumns;

/** More cells than one window has, of two batches, as a file and as tables. */
public final class ManyCells {
  /** Neither a whole number of windows nor of minibatches. */
  static final int CELLS = 9_500;

  static final int GENES = 30;

  private ManyCells() {}

  static List<String> genes() {
    return IntStream.range(0, GENES).mapToObj(g -> "gene" + g).toList();
  }

  /** Writes an .h5ad, the cells {@code from} to {@code to - 1} of all. */
  public static Path write(Path file, int from, int to) {
    int[] indptr = new int[to - from + 1];
    List<Integer> indices = new ArrayList<>();
    List<Float> values = new ArrayList<>();
    for (int cell = from; cell < to; cell++) {
      Random random = new Random(cell);
      for (int g = 0; g < GENES; g++) {
        int count =
            (int) (random.nextDouble() * random.nextDouble() * (g % 2 == cell % 2 ? 12 : 3));
        if (count > 0) {
          indices.add(g);
          values.add((float) count);
        }
      }
      indptr[cell - from + 1] = indices.size();
    }
    float[] counts = new float[values.size()];
    IntStream.range(0, counts.length).forEach(i -> counts[i] = values.get(i));
    SparseRows rows =
        new SparseRows(
            GENES, indptr, indices.stream().mapToInt(Integer::intValue).toArray(), counts);
    String[] batch =
        IntStream.range(from, to)
            .mapToObj(cell -> cell % 3 == 0 ? "a" : "b")
            .toArray(String[]::new);
    Formats.write(
        file,
        NewCells.ofOne(
            CountsInMemory.of(rows),
            IntStream.range(from, to).mapToObj(cell -> "cell" + cell).toList(),
            genes(),
            List.of(new Addition.ObsColumn("batch", new Column.Text(batch)))),
        IfExists.REFUSE);
    return file;
  }

  /** Trains a small model of the batches on some of the cells. */
  public static Path model(Path folder, Path file) {
    Program.onOneMachine(
            "train",
            file,
            "--model-dir",
            folder,
            "--batch-key",
            "batch",
            "--n-hidden",
            16,
            "--n-latent",
            5,
            "--max-epochs",
            2,
            "--nn-conditioning-covariate-keys",
            "batch")
        .well();
    return folder;
  }

  /** Returns the columns of a table of cells. */
  static StructType columns() {
    Metadata features = AnswerColumns.metadata(genes());
    return new StructType()
        .add("obs_names", DataTypes.StringType)
        .add("place", DataTypes.IntegerType)
        .add("batch", DataTypes.StringType)
        .add("indices", DataTypes.createArrayType(DataTypes.IntegerType), true, features)
        .add("counts", DataTypes.createArrayType(DataTypes.IntegerType));
  }

  /** Returns the rows of a file as a table has them. */
  static List<Row> rows(Path file) {
    List<Row> rows = new ArrayList<>();
    try (CellSource cells = Formats.open(file)) {
      SparseRows counts = cells.counts("").slice(0, cells.cells().nObs());
      String[] batch = ((Column.Text) cells.cells().obs("batch")).values();
      for (int n = 0; n < batch.length; n++) {
        List<Integer> places = new ArrayList<>();
        List<Integer> values = new ArrayList<>();
        for (int i = counts.indptr()[n]; i < counts.indptr()[n + 1]; i++) {
          // In an order that is not that of the features, which tables need not keep.
          places.addFirst(counts.indices()[i]);
          values.addFirst((int) counts.values()[i]);
        }
        rows.add(
            RowFactory.create(
                cells.cells().obsNames().get(n),
                n,
                batch[n],
                places.toArray(Integer[]::new),
                values.toArray(Integer[]::new)));
      }
    }
    return rows;
  }

  /** Returns a table of so many partitions, which are cut at whole minibatches. */
  static Dataset<Row> table(List<Row> rows, int partitions) {
    return Cluster.session()
        .createDataFrame(rows, columns())
        .repartitionByRange(partitions, org.apache.spark.sql.functions.expr("floor(place / 1024)"));
  }
}
