package org.regularizedvi.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.spark.question.AnswerColumns;

/** A mistake is one sentence that says where it is, whoever finds it. */
class MistakesTest {
  @TempDir static Path dir;
  private static Path cells;
  private static Path model;
  private static Dataset<Row> table;

  @BeforeAll
  static void train() {
    cells = ManyCells.write(dir.resolve("cells.h5ad"), 0, 500);
    model = ManyCells.model(dir.resolve("model"), cells);
    table = ManyCells.table(ManyCells.rows(cells), 2);
  }

  private static String mistake(Object input, Object... more) {
    List<Object> all = new ArrayList<>(List.of("embed", input));
    all.addAll(List.of("--model-dir", model, "--out", dir.resolve("never.parquet")));
    all.addAll(List.of(more));
    String mistake = Program.onSpark(all.toArray()).mistake();
    assertThat(dir.resolve("never.parquet")).doesNotExist();
    return mistake;
  }

  /** Writes a table and asks about it. */
  private static String of(String name, Dataset<Row> changed) {
    Path file = dir.resolve(name);
    changed.write().parquet(file.toString());
    return mistake(file).replace(file.toString(), name);
  }

  @Test
  void noModel() {
    Path nowhere = dir.resolve("nowhere");
    assertThat(
            Program.onSpark(
                    "embed", cells, "--model-dir", nowhere, "--out", dir.resolve("x.parquet"))
                .mistake())
        .contains(nowhere.toString());
  }

  @Test
  void noInput() {
    assertThat(mistake(dir.resolve("absent.parquet")))
        .isEqualTo("There is no table %s.".formatted(dir.resolve("absent.parquet")));
    assertThat(mistake(dir.resolve("absent.h5ad")))
        .isEqualTo("There is no file %s.".formatted(dir.resolve("absent.h5ad")));
  }

  @Test
  void filesAndTables() {
    assertThat(mistake(cells, dir.resolve("t.parquet"))).contains("one or the other");
  }

  @Test
  void anOptionForFiles() {
    Path file = dir.resolve("layered.parquet");
    table.write().parquet(file.toString());
    assertThat(mistake(file, "--layer", "counts")).startsWith("--layer is an option for files");
  }

  @Test
  void noKeyColumn() {
    assertThat(of("keyless.parquet", table.drop("batch")))
        .startsWith("keyless.parquet has no column 'batch'; expected text or numbers");
  }

  @Test
  void noPlace() {
    assertThat(of("placeless.parquet", table.drop("place")))
        .startsWith("placeless.parquet has no column 'place'; expected whole numbers");
  }

  @Test
  void countsOfAnotherType() {
    assertThat(of("typed.parquet", table.withColumn("counts", functions.lit("many"))))
        .isEqualTo(
            "The column 'counts' of typed.parquet holds string; expected lists of counts, one for each place.");
  }

  @Test
  void noFeatures() {
    assertThat(
            of(
                "nameless.parquet",
                table.withColumn(
                    "indices",
                    table
                        .col("indices")
                        .as("indices", org.apache.spark.sql.types.Metadata.empty()))))
        .startsWith("The column 'indices' of nameless.parquet does not name the features");
  }

  @Test
  void otherFeatures() {
    List<String> others = new ArrayList<>(ManyCells.genes());
    others.set(3, "other");
    assertThat(of("others.parquet", table.withMetadata("indices", AnswerColumns.metadata(others))))
        .startsWith("others.parquet lacks 1 of the model's 30 features: gene3");
  }

  @Test
  void aCategoryThatTrainingDidNotSee() {
    assertThat(
            of(
                "unseen.parquet",
                table.withColumn(
                    "batch", functions.when(table.col("place").equalTo(400), "c").otherwise("a"))))
        .startsWith("unseen.parquet: obs['batch'] has 1 category that the model has not seen: 'c'");
  }

  @Test
  void aPlaceBeyondTheFeatures() {
    assertThat(of("beyond.parquet", changed("indices", "array(30)", "counts", "array(1)")))
        .isEqualTo(
            "Cell 'cell400' of beyond.parquet has a count at the place 30; expected whole numbers from 0 to 29, as there are 30 features.");
  }

  @Test
  void listsOfTwoLengths() {
    assertThat(of("lengths.parquet", changed("indices", "array(1, 2)", "counts", "array(1)")))
        .isEqualTo(
            "Cell 'cell400' of lengths.parquet has 2 places of features and 1 counts; expected as many of both.");
  }

  @Test
  void twoCountsOfAFeature() {
    assertThat(of("twice.parquet", changed("indices", "array(2, 2)", "counts", "array(1, 1)")))
        .isEqualTo(
            "Cell 'cell400' of twice.parquet has two counts of the feature 'gene2'; expected one.");
  }

  @Test
  void aNegativeCount() {
    assertThat(of("negative.parquet", changed("indices", "array(2)", "counts", "array(-1)")))
        .startsWith("'counts' in negative.parquet has the value -1")
        .contains("in cell 'cell400', gene 'gene2'; expected counts of zero or more");
  }

  @Test
  void onePlaceOfTwoCells() {
    assertThat(
            of(
                "places.parquet",
                table
                    .coalesce(1)
                    .withColumn(
                        "place",
                        functions
                            .when(table.col("place").equalTo(400), 399)
                            .otherwise(table.col("place")))))
        .contains("of places.parquet has the place 399, as another cell");
  }

  @Test
  void anOutputThatIsThere() {
    Path there = dir.resolve("there.parquet");
    table.write().parquet(there.toString());
    assertThat(Program.onSpark("embed", cells, "--model-dir", model, "--out", there).mistake())
        .isEqualTo("%s already exists; choose another name or give --overwrite.".formatted(there));
    assertThat(
            Program.onSpark("embed", there, "--model-dir", model, "--out", there, "--overwrite")
                .mistake())
        .contains("an input is never changed");
  }

  @Test
  void whatWasThereIsThereAgain() {
    Path there = dir.resolve("kept.parquet");
    table.write().parquet(there.toString());
    Path file = dir.resolve("damaged.parquet");
    changed("indices", "array(2)", "counts", "array(-1)").write().parquet(file.toString());
    Program.onSpark("embed", file, "--model-dir", model, "--out", there, "--overwrite").mistake();
    assertThat(Cluster.session().read().parquet(there.toString()).count()).isEqualTo(500);
    Program.onSpark("embed", cells, "--model-dir", model, "--out", there, "--overwrite").well();
    assertThat(Cluster.session().read().parquet(there.toString()).columns())
        .contains("X_regularizedvi");
    assertThat(dir.resolve(".kept.parquet.before")).doesNotExist();
  }

  @Test
  void aModelThatAKilledRunHadMovedAway() throws IOException {
    Path moved = ManyCells.model(dir.resolve("moved"), cells);
    Path left = Files.createDirectory(dir.resolve(".moved.0123abcd.tmp"));
    Files.createFile(left.resolve("lock"));
    Files.createDirectory(left.resolve("new"));
    Files.move(moved, left.resolve("old000"));
    Path out = dir.resolve("moved.parquet");
    assertThat(Program.onSpark("embed", cells, "--model-dir", moved, "--out", out).well().err())
        .contains("warning: a run was killed while it replaced %s;".formatted(moved));
  }

  private static Dataset<Row> changed(String a, String aValue, String b, String bValue) {
    return instead(instead(table, a, aValue), b, bValue);
  }

  /** Gives cell 400 another value. */
  private static Dataset<Row> instead(Dataset<Row> table, String column, String value) {
    return table.withColumn(
        column,
        functions
            .expr("if(place = 400, %s, %s)".formatted(value, column))
            .as(column, table.schema().apply(column).metadata()));
  }
}
