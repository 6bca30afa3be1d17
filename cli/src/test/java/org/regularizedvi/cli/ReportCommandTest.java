package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.data.Addition;
import org.regularizedvi.data.AnnDataFile;
import org.regularizedvi.data.Column;
import org.regularizedvi.data.CountChecks;
import org.regularizedvi.data.CountSource;
import org.regularizedvi.data.FloatMatrix;
import org.regularizedvi.data.H5adCopy;
import org.regularizedvi.data.SparseRows;

/** What reports, metrics and figures hold is what the file holds and evaluate says. */
class ReportCommandTest {
  @TempDir static Path folder;
  private static Path input;
  private static Path model;
  private static Path page;
  private static Cli training;

  @BeforeAll
  static void train() {
    input = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    model = folder.resolve("model");
    page = folder.resolve("run.html");
    training =
        Cli.run(
            (Object[])
                ("train "
                        + input
                        + " --model-dir "
                        + model
                        + " --batch-key batch --n-hidden 16"
                        + " --n-latent 4 --max-epochs 2 --report "
                        + page
                        + " --metrics-out "
                        + folder)
                    .split(" "));
  }

  private static JsonNode data(Path file) throws IOException {
    Matcher found =
        Pattern.compile(
                "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
            .matcher(Files.readString(file));
    assertThat(found.find()).isTrue();
    return new ObjectMapper().readTree(found.group(1));
  }

  private static List<String> names(JsonNode nodes, String field) {
    List<String> names = new ArrayList<>();
    nodes.forEach(node -> names.add(node.path(field).asText()));
    return names;
  }

  @Test
  void trainingWritesAReportOfItself() throws IOException {
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.err()).contains("report: " + page);
    JsonNode data = data(page);
    assertThat(data.path("command").asText())
        .startsWith("regularizedvi train " + input + " --model-dir ");
    assertThat(data.path("facts").toString())
        .contains("[\"Cells\",\"60\"]", "[\"Features\",\"24\"]", "Training took");
    assertThat(data.path("options").toString()).contains("[\"n_latent\",\"4\"]");
    assertThat(names(data.path("judgements"), "topic")).hasSize(5);
  }

  private static Path report(String name, Path modelDir) {
    Path out = folder.resolve(name);
    Cli cli = Cli.run("report", input, "--model-dir", modelDir, "--out", out);
    assertThat(cli.code()).as(cli.err()).isZero();
    return out;
  }

  @Test
  void aFinishedModelTellsOfItsTraining() throws IOException {
    String trained = data(page).path("command").asText();
    Path out = report("finished.html", model);
    JsonNode data = data(out);
    assertThat(data.path("command").asText())
        .isEqualTo(
            trained
                + "\nregularizedvi report %s --model-dir %s --out %s".formatted(input, model, out));
    JsonNode note = new ObjectMapper().readTree(model.resolve("run.json").toFile());
    assertThat(Instant.parse(note.path("started").asText()))
        .isBetween(Instant.now().minusSeconds(600), Instant.now());
    assertThat(data.path("facts").toString())
        .contains(
            "[\"Trained\",\"%s UTC\"]"
                .formatted(note.path("started").asText().replace('T', ' ').replace("Z", "")),
            "[\"Training took\",\"%d s\"]".formatted(Math.round(note.path("seconds").asDouble())),
            "[\"Trained on\",\"%s, ".formatted(note.path("machine").path("processor").asText()));
    assertThat(data(page).path("facts")).isEqualTo(data.path("facts"));
  }

  /** Neither the machine's name nor the user's is among them. */
  @Test
  void theNoteOfATrainingHasTheseFields() throws IOException {
    JsonNode note = new ObjectMapper().readTree(model.resolve("run.json").toFile());
    assertThat(note.fieldNames())
        .toIterable()
        .containsExactly("command", "started", "seconds", "went_on", "version", "machine");
    assertThat(note.path("machine").fieldNames())
        .toIterable()
        .containsExactly("java", "os", "processor", "threads");
    assertThat(note.path("went_on").asBoolean()).isFalse();
  }

  @Test
  void ofAModelWithoutANoteItIsNotKnown() throws IOException {
    Path older = Files.createDirectory(folder.resolve("older"));
    for (String file : List.of("model.json", "model.safetensors")) {
      Files.copy(model.resolve(file), older.resolve(file));
    }
    Path out = report("older.html", older);
    JsonNode data = data(out);
    assertThat(data.path("command").asText()).startsWith("regularizedvi report ");
    assertThat(data.path("facts").toString())
        .contains(
            "[\"Training\",\"when, how long, where and by which command is not known: the model's"
                + " folder has no run.json\"]")
        .doesNotContain("Trained on");
    Files.writeString(older.resolve("run.json"), "{\"command\" : [");
    Path none = folder.resolve("damaged.html");
    assertThat(Cli.run("report", input, "--model-dir", older, "--out", none).mistake())
        .startsWith(older.resolve("run.json") + " is damaged: Unexpected end-of-input");
    assertThat(none).doesNotExist();
  }

  @Test
  void metricsAreThoseOfEvaluate() throws IOException {
    JsonNode metrics = new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
    JsonNode evaluated =
        new ObjectMapper().readTree(Cli.run("evaluate", input, "--model-dir", model).out());
    for (String name : List.of("elbo", "reconstruction", "kl_z", "kl_l", "n_active_dims")) {
      assertThat(metrics.path(name).asDouble()).as(name).isEqualTo(evaluated.path(name).asDouble());
    }
    List<String> rows = Files.readAllLines(folder.resolve("metrics.csv"));
    assertThat(rows).hasSize(metrics.size() + 1).startsWith("metric,value", "n_cells,60.0");
    JsonNode multiQc =
        new ObjectMapper().readTree(folder.resolve("regularizedvi_mqc.json").toFile());
    assertThat(multiQc.path("data").path("cells.h5ad").path("elbo"))
        .isEqualTo(metrics.path("elbo"));
  }

  @Test
  void theMapHasTheGenesAndColumnsAskedFor() throws IOException {
    Path out = folder.resolve("chosen.html");
    Cli cli =
        Cli.run(
            "report",
            input,
            "--model-dir",
            model,
            "--out",
            out,
            "--genes",
            "gene7",
            "--obs",
            "age");
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode colours = data(out).path("map").path("colours");
    assertThat(names(colours, "name"))
        .containsExactly("age", "ambient fraction", "library size", "gene7");
    JsonNode gene = colours.get(3);
    byte[] levels;
    try (var in =
        new InflaterInputStream(
            new ByteArrayInputStream(Base64.getDecoder().decode(gene.path("values").asText())))) {
      levels = in.readAllBytes();
    }
    try (AnnDataFile file = AnnDataFile.open(input)) {
      var counts = file.counts(CountSource.x(), CountChecks.INTEGERS);
      SparseRows rows = counts.slice(0, counts.rows());
      double[] totals = rows.totals();
      for (int cell = 0; cell < levels.length; cell++) {
        double count = 0;
        for (int i = rows.indptr()[cell]; i < rows.indptr()[cell + 1]; i++) {
          count += rows.indices()[i] == 7 ? rows.values()[i] : 0;
        }
        double shown = Byte.toUnsignedInt(levels[cell]) / 255.0 * gene.path("to").asDouble();
        assertThat(shown).isCloseTo(Math.log1p(count / totals[cell] * 1e4), offset());
      }
    }
  }

  private static org.assertj.core.data.Offset<Double> offset() {
    return org.assertj.core.data.Offset.offset(0.02);
  }

  @Test
  void scoresAreThoseOfNeighbors() throws IOException {
    Path embedded = folder.resolve("embedded.h5ad");
    String columns = "batch=batch,label=kind";
    Path labelled = folder.resolve("labelled.h5ad");
    try (AnnDataFile file = AnnDataFile.open(input)) {
      String[] kinds =
          IntStream.range(0, file.nObs()).mapToObj(i -> "k" + i / 2 % 2).toArray(String[]::new);
      H5adCopy.write(
          input, labelled, List.of(new Addition.ObsColumn("kind", new Column.Text(kinds))), false);
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
        List.of("ilisi", "clisi", "silhouette_label", "ari", "nmi", "silhouette_batch");
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
    JsonNode table =
        StreamSupport.stream(data(out).path("items").spliterator(), false)
            .filter(item -> item.path("id").asText().equals("integration-scores"))
            .findFirst()
            .orElseThrow();
    assertThat(names(table.path("columns"), "name"))
        .containsExactly("score", "of", "value", "at random", "usual", "verdict", "says");
    assertThat(table.path("columns").get(0).path("texts").toString())
        .isEqualTo(new ObjectMapper().writeValueAsString(scores));
    assertThat(table.path("columns").get(1).path("texts").toString())
        .contains("\"batch\"", "\"kind\"", "\"batch within kind\"");
  }

  @Test
  void theMapOfAReportIsThatOfTheFile() throws IOException {
    Path out = folder.resolve("mapped.h5ad");
    Path mapped = folder.resolve("mapped.html");
    Path again = folder.resolve("again.html");
    Cli train =
        Cli.run(
            "train",
            input,
            "--out",
            out,
            "--model-dir",
            folder.resolve("mapped"),
            "--umap",
            "--batch-key",
            "batch",
            "--max-epochs",
            1,
            "--n-hidden",
            8,
            "--n-latent",
            3,
            "--report",
            mapped);
    assertThat(train.code()).as(train.err()).isZero();
    assertThat(
            Cli.run("report", out, "--model-dir", folder.resolve("mapped"), "--out", again).code())
        .isZero();
    JsonNode first = data(mapped).path("map");
    JsonNode second = data(again).path("map");
    assertThat(first.path("about").asText()).contains("a UMAP of the latent representation");
    assertThat(second.path("about").asText()).contains("the file's own UMAP");
    assertThat(second.path("x")).isEqualTo(first.path("x"));
    assertThat(second.path("y")).isEqualTo(first.path("y"));
    try (AnnDataFile file = AnnDataFile.open(out)) {
      FloatMatrix plane = file.obsm("X_umap");
      double least =
          IntStream.range(0, plane.rows()).mapToDouble(i -> plane.at(i, 0)).min().orElseThrow();
      assertThat((float) first.path("x").path("from").asDouble()).isEqualTo((float) least);
    }
  }

  @Test
  void figuresComeAsSvgAndPng() throws IOException {
    Path figures = Files.createDirectory(folder.resolve("figures"));
    Cli cli =
        Cli.run(
            "plot",
            input,
            "--model-dir",
            model,
            "--out-dir",
            figures,
            "--genes",
            "gene7",
            "--obs",
            "batch");
    assertThat(cli.code()).as(cli.err()).isZero();
    try (Stream<Path> files = Files.list(figures)) {
      List<String> written = files.map(f -> f.getFileName().toString()).sorted().toList();
      assertThat(written)
          .contains("dispersion.svg", "map-batch.png", "map-gene7.svg", "training-elbo.png");
      assertThat(cli.err()).contains("wrote %d figures".formatted(written.size() / 2));
    }
    assertThat(Files.readString(figures.resolve("training-elbo.svg")))
        .isEqualTo(figure(data(page), "training-elbo"));
  }

  private static String figure(JsonNode data, String id) {
    for (JsonNode item : data.path("items")) {
      if (item.path("id").asText().equals(id)) {
        return item.path("svg").asText();
      }
    }
    throw new AssertionError("no figure " + id);
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

  @Test
  void mistakesLeaveNothingBehind() {
    Path out = folder.resolve("none.html");
    Object[] asked = {"report", input, "--model-dir", model, "--out", out, "--genes", "gene7,gone"};
    assertThat(Cli.run(asked).mistake())
        .isEqualTo(
            "%s has no feature 'gone'; expected names of its var table in --genes."
                .formatted(input));
    assertThat(out).doesNotExist();
    assertThat(Cli.run("report", input, "--model-dir", model, "--out", page).mistake())
        .isEqualTo(
            "Will not write %s: it exists; choose another name, or overwrite it (--overwrite)."
                .formatted(page));
    assertThat(
            Cli.run("report", input, "--model-dir", model, "--out", out, "--obs", "agee").mistake())
        .contains("has no column 'agee' in obs", "the nearest are 'age'");
  }
}
