package org.regularizedvi.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.input.InputException;

/** The transformers of Spark's machine-learning library. */
class TransformerTest {
  @TempDir static Path dir;
  private static String model;
  private static Dataset<Row> table;

  @BeforeAll
  static void train() {
    Path cells = ManyCells.write(dir.resolve("cells.h5ad"), 0, 1_500);
    model = ManyCells.model(dir.resolve("model"), cells).toString();
    table = ManyCells.table(ManyCells.rows(cells), 2);
    table.write().parquet(dir.resolve("cells.parquet").toString());
  }

  @Test
  void answersBesideAllColumns() {
    EmbedTransformer embed = new EmbedTransformer();
    embed.setModelDir(model);
    Dataset<Row> answered = embed.transform(table);
    assertThat(answered.schema()).isEqualTo(embed.transformSchema(table.schema()));
    assertThat(answered.columns())
        .containsExactly(
            "obs_names",
            "place",
            "batch",
            "indices",
            "counts",
            "X_regularizedvi",
            "regularizedvi_library_size");
    Path out = dir.resolve("out.parquet");
    Program.onSpark("embed", dir.resolve("cells.parquet"), "--model-dir", model, "--out", out)
        .well();
    String[] some = {"obs_names", "place", "X_regularizedvi", "regularizedvi_library_size"};
    assertThat(answered.selectExpr(some).orderBy("place").collectAsList())
        .isEqualTo(
            Cluster.session()
                .read()
                .parquet(out.toString())
                .selectExpr(some)
                .orderBy("place")
                .collectAsList());
  }

  @Test
  void optionsAreParameters() {
    ExpressionTransformer express = new ExpressionTransformer();
    express.setModelDir(model).setOption("features", "gene1,gene4").setOption("allCells", "true");
    express.setOption("layerOut", "x");
    Row first = express.transform(table).orderBy("place").first();
    assertThat(first.getList(first.fieldIndex("x"))).hasSize(2);
    assertThat(express.explainParams()).contains("nSamples", "transformBatch", "missingFeatures");
    assertThatThrownBy(() -> express.setOption("layer_out", "x")).hasMessageContaining("layer_out");
    express.setOption("nSamples", "many");
    assertThatThrownBy(() -> express.transform(table))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("many");
  }

  @Test
  void savedAndInAPipeline() throws java.io.IOException {
    CorrectTransformer correct = new CorrectTransformer();
    correct.setModelDir(model).setOption("method", "mode");
    String saved = dir.resolve("saved").toString();
    correct.save(saved);
    CorrectTransformer again = CorrectTransformer.read().load(saved);
    assertThat(again.uid()).isEqualTo(correct.uid());
    List<Row> expected = correct.transform(table).orderBy("place").collectAsList();
    assertThat(
            new Pipeline()
                .setStages(new PipelineStage[] {again})
                .fit(table)
                .transform(table)
                .orderBy("place")
                .collectAsList())
        .isEqualTo(expected);
  }

  @Test
  void aColumnOfTheAnswerIsThere() {
    EmbedTransformer embed = new EmbedTransformer();
    embed.setModelDir(model);
    assertThatThrownBy(() -> embed.transform(table.withColumnRenamed("batch", "X_regularizedvi")))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> embed.transform(embed.transform(table)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("X_regularizedvi");
  }
}
