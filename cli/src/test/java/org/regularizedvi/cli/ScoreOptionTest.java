package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.anndata.AnnDataCopy;
import org.regularizedvi.formats.anndata.AnnDataFile;

/** {@code --scores} says the same wherever it is given. */
class ScoreOptionTest {
  @TempDir static Path folder;
  private static Path input;
  private static Path model;

  @BeforeAll
  static void train() {
    input = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    model = folder.resolve("model");
    Cli training =
        Cli.run(
            "train",
            input,
            "--model-dir",
            model,
            "--batch-key",
            "batch",
            "--n-hidden",
            16,
            "--n-latent",
            4,
            "--max-epochs",
            2);
    assertThat(training.code()).as(training.err()).isZero();
  }

  @Test
  void scoresAreThoseOfNeighbors() throws IOException {
    Path embedded = folder.resolve("embedded.h5ad");
    Path markers = Files.writeString(folder.resolve("markers.txt"), "gene1\ngene4\ngene7\n");
    String columns = "batch=batch,label=kind,markers=" + markers;
    Path labelled = folder.resolve("labelled.h5ad");
    try (AnnDataFile file = AnnDataFile.open(input)) {
      String[] kinds =
          IntStream.range(0, file.nObs()).mapToObj(i -> "k" + i / 2 % 2).toArray(String[]::new);
      AnnDataCopy.write(
          input,
          labelled,
          List.of(new Addition.ObsColumn("kind", new Column.Text(kinds))),
          IfExists.REFUSE);
    }
    Path metrics = Files.createDirectory(folder.resolve("scored"));
    Path out = metrics.resolve("run.html");
    Cli report =
        Cli.run(
            "report",
            labelled,
            "--model-dir",
            model,
            "--out",
            out,
            "--metrics-out",
            metrics,
            "--scores",
            columns);
    assertThat(report.code()).as(report.err()).isZero();
    Cli embed =
        Cli.run("embed", labelled, "--model-dir", model, "--out", embedded, "--scores", columns);
    Cli neighbors =
        Cli.run(
            "neighbors",
            embedded,
            "--out",
            folder.resolve("map.h5ad"),
            "--leiden",
            "--scores",
            columns);
    JsonNode found = new ObjectMapper().readTree(metrics.resolve("metrics.json").toFile());
    List<String> scores =
        List.of(
            "ilisi",
            "clisi",
            "silhouette_label",
            "ari",
            "nmi",
            "silhouette_batch",
            "marker_correlation",
            "marker_correlation_other_batch",
            "marker_agreement");
    try (AnnDataFile file = AnnDataFile.open(embedded)) {
      String uns = file.uns("regularizedvi_scores").orElseThrow().toString();
      for (String score : scores) {
        double value = found.path(score).asDouble();
        assertThat(uns).contains("%s=Real[value=%s]".formatted(score, value));
        String line = String.format(Locale.ROOT, "%-16s %.4f\n", score, value);
        assertThat(neighbors.err()).contains(line);
        assertThat(embed.err()).contains(line);
      }
    }
    JsonNode table = ReportPage.item(ReportPage.data(out), "integration-scores");
    assertThat(ReportPage.names(table.path("columns"), "name"))
        .containsExactly("score", "of", "value", "at random", "usual", "verdict", "says");
    assertThat(table.path("columns").get(0).path("texts").toString())
        .isEqualTo(new ObjectMapper().writeValueAsString(scores));
    assertThat(table.path("columns").get(1).path("texts").toString())
        .contains("\"batch\"", "\"kind\"", "\"batch within kind\"");
  }

  @Test
  void columnsThatCannotBeScoredAreRefusedBeforeTheWork() {
    Path out = folder.resolve("unscored.html");
    Object[] report = {"report", input, "--model-dir", model, "--out", out, "--scores", "batch=no"};
    assertThat(Cli.run(report).mistake()).contains("has no column 'no' in obs");
    Path trained = folder.resolve("unscored");
    Cli train =
        Cli.run(
            "train",
            input,
            "--batch-key",
            "batch",
            "--model-dir",
            trained,
            "--metrics-out",
            folder,
            "--overwrite",
            "--scores",
            "label=no");
    assertThat(train.mistake()).contains("has no column 'no' in obs");
    assertThat(
            Cli.run(
                    "train",
                    input,
                    "--batch-key",
                    "batch",
                    "--model-dir",
                    trained,
                    "--scores",
                    "batch=batch")
                .mistake())
        .isEqualTo(
            "--scores are written into --out OUT, --report RUN.html and --metrics-out DIR;"
                + " expected one of them too.");
    assertThat(out).doesNotExist();
    assertThat(trained).doesNotExist();
  }
}
