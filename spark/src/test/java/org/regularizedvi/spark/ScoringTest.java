package org.regularizedvi.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.formats.Formats;

/** What two executors say of cells is what the program says on one machine, to the bit. */
class ScoringTest {
  @TempDir static Path dir;
  private static Path cells;
  private static Path model;
  private static String table;
  private static Path other;

  @BeforeAll
  static void train() {
    cells = ManyCells.write(dir.resolve("cells.h5ad"), 0, ManyCells.CELLS);
    model =
        ManyCells.model(dir.resolve("model"), ManyCells.write(dir.resolve("some.h5ad"), 0, 500));
    table = dir.resolve("cells.parquet").toString();
    ManyCells.table(ManyCells.rows(cells), 8).write().parquet(table);
    other = dir.resolve("embedded.h5ad");
    Program.onOneMachine("embed", cells, "--model-dir", model, "--out", other).well();
  }

  private static List<Row> read(Path out) {
    return Cluster.session().read().parquet(out.toString()).orderBy("place").collectAsList();
  }

  private static void requireEmbedded(List<Row> rows, Path expected) {
    try (CellSource there = Formats.open(expected)) {
      assertThat(rows).hasSize(there.cells().nObs());
      var latent = there.obsm("X_regularizedvi");
      double[] sizes = ((Column.Numbers) there.cells().obs("regularizedvi_library_size")).values();
      for (int n = 0; n < rows.size(); n++) {
        Row row = rows.get(n);
        assertThat(row.<Integer>getAs("place")).isEqualTo(n);
        assertThat(row.<String>getAs("obs_names")).isEqualTo(there.cells().obsNames().get(n));
        List<Float> z = row.getList(row.fieldIndex("X_regularizedvi"));
        for (int k = 0; k < latent.columns(); k++) {
          assertThat(Float.floatToRawIntBits(z.get(k)))
              .isEqualTo(Float.floatToRawIntBits(latent.at(n, k)));
        }
        assertThat(row.<Double>getAs("regularizedvi_library_size")).isEqualTo(sizes[n]);
      }
    }
  }

  @Test
  void eightPiecesOfATable() {
    assertThat(parquetFiles(Path.of(table))).isEqualTo(8);
    Path out = dir.resolve("of_table.parquet");
    Program.onSpark("embed", table, "--model-dir", model, "--out", out).well();
    List<Row> rows = read(out);
    requireEmbedded(rows, other);
    assertThat(rows.getFirst().schema().fieldNames())
        .containsExactly(
            "obs_names", "place", "batch", "X_regularizedvi", "regularizedvi_library_size");
  }

  private static long parquetFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void filesOnAFileSystemThatAllSee() {
    Path out = dir.resolve("of_files.parquet");
    // As a user names them, in a working folder that is not the executors'.
    Path here = Path.of("").toAbsolutePath();
    Program.onSpark(
            "embed", here.relativize(cells), "--model-dir", here.relativize(model), "--out", out)
        .well();
    requireEmbedded(read(out), other);
    assertThat(parquetFiles(out)).isEqualTo(3);
  }

  @Test
  void severalFilesAreOneDataSet() {
    Path a = ManyCells.write(dir.resolve("a.h5ad"), 0, 5_000);
    Path b = ManyCells.write(dir.resolve("b.h5ad"), 5_000, ManyCells.CELLS);
    Path expected = dir.resolve("joined.h5ad");
    Program.onOneMachine("embed", a, b, "--model-dir", model, "--out", expected).well();
    Path out = dir.resolve("of_several.parquet");
    Program.onSpark("embed", a, b, "--model-dir", model, "--out", out).well();
    requireEmbedded(read(out), expected);
  }

  @Test
  void chosenCells() {
    Path expected = dir.resolve("chosen.h5ad");
    List<Object> choice = List.of("--model-dir", model, "--cells-where", "batch=b");
    Program.onOneMachine(with("embed", cells, choice, "--out", expected)).well();
    Path out = dir.resolve("of_chosen.parquet");
    Program.onSpark(with("embed", cells, choice, "--out", out)).well();
    List<Row> rows = read(out);
    try (CellSource there = Formats.open(expected)) {
      var latent = there.obsm("X_regularizedvi");
      int n = 0;
      for (Row row : rows) {
        while (Float.isNaN(latent.at(n, 0))) {
          n++;
        }
        assertThat(row.<String>getAs("obs_names")).isEqualTo(there.cells().obsNames().get(n));
        assertThat(row.<Float>getList(row.fieldIndex("X_regularizedvi")).getFirst())
            .isEqualTo(latent.at(n, 0));
        n++;
      }
      assertThat(rows).hasSizeGreaterThan(ManyCells.CELLS / 2);
    }
  }

  private static Object[] with(String command, Path input, List<Object> options, Object... more) {
    return Stream.of(Stream.of(command, input), options.stream(), Stream.of(more))
        .flatMap(own -> own)
        .toArray();
  }

  /** Draws are functions of the place of a cell. */
  @Test
  void expressionByDraws() {
    List<Object> plan = List.of("--model-dir", model, "--n-samples", 3, "--seed", 7);
    Path expected = dir.resolve("expressed.h5ad");
    Program.onOneMachine(with("expression", cells, plan, "--out", expected)).well();
    SparseRows there = layer(expected, "regularizedvi_expression", CountChecks.ALLOW_NON_INTEGER);
    for (Object input : List.of(cells, table)) {
      Path out =
          dir.resolve("expressed_of_" + Path.of(input.toString()).getFileName() + ".parquet");
      Program.onSpark(with("expression", Path.of(input.toString()), plan, "--out", out)).well();
      List<Row> rows = read(out);
      assertThat(rows).hasSize(there.rows());
      for (int n = 0; n < rows.size(); n++) {
        List<Float> own = rows.get(n).getList(rows.get(n).fieldIndex("regularizedvi_expression"));
        assertThat(own).hasSize(ManyCells.GENES);
        for (int i = there.indptr()[n]; i < there.indptr()[n + 1]; i++) {
          assertThat(own.get(there.indices()[i])).isEqualTo(there.values()[i]);
        }
      }
      assertThat(
              rows.getFirst()
                  .schema()
                  .apply("regularizedvi_expression")
                  .metadata()
                  .getStringArray("features"))
          .containsExactly(ManyCells.genes().toArray(String[]::new));
    }
  }

  @Test
  void countsDrawnWithoutTheirAmbientPart() {
    List<Object> plan = List.of("--model-dir", model, "--method", "binomial", "--seed", 3);
    Path expected = dir.resolve("corrected.h5ad");
    Program.onOneMachine(with("correct", cells, plan, "--out", expected)).well();
    SparseRows there = layer(expected, "regularizedvi_corrected", CountChecks.INTEGERS);
    Path out = dir.resolve("corrected.parquet");
    Program.onSpark(with("correct", Path.of(table), plan, "--out", out)).well();
    List<Row> rows = read(out);
    assertThat(rows).hasSize(there.rows());
    for (int n = 0; n < rows.size(); n++) {
      Row own = rows.get(n).getStruct(rows.get(n).fieldIndex("regularizedvi_corrected"));
      List<Integer> indices = own.getList(0);
      List<Float> values = own.getList(1);
      int from = there.indptr()[n];
      assertThat(indices).hasSize(there.indptr()[n + 1] - from);
      for (int i = 0; i < indices.size(); i++) {
        assertThat(indices.get(i)).isEqualTo(there.indices()[from + i]);
        assertThat(values.get(i)).isEqualTo(there.values()[from + i]);
      }
    }
  }

  private static SparseRows layer(Path file, String name, CountChecks checks) {
    Selection selection =
        new Selection(
            List.of(), CellJoin.UNION, java.util.Map.of("", CountSource.layer(name)), checks);
    try (CellSource there = Formats.open(file, selection)) {
      return there.counts("").slice(0, there.cells().nObs());
    }
  }

  @Test
  void evaluation() throws IOException {
    Path expected = dir.resolve("features.csv");
    Program one =
        Program.onOneMachine(
                "evaluate", cells, "--model-dir", model, "--seed", 5, "--per-feature", expected)
            .well();
    for (Object input : List.of(cells, table)) {
      Path features =
          dir.resolve("features_of_" + Path.of(input.toString()).getFileName() + ".csv");
      Program many =
          Program.onSpark(
                  "evaluate", input, "--model-dir", model, "--seed", 5, "--per-feature", features)
              .well();
      assertThat(many.out()).isEqualTo(one.out());
      assertThat(features).hasSameTextualContentAs(expected);
    }
  }
}
