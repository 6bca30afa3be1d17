package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.formats.anndata.AnnDataFile;

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

  @Test
  void trainingWritesAReportOfItself() throws IOException {
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.err()).contains("report: " + page);
    JsonNode data = ReportPage.data(page);
    assertThat(data.path("command").asText())
        .startsWith("regularizedvi train " + input + " --model-dir ");
    assertThat(data.path("facts").toString())
        .contains("[\"Cells\",\"60\"]", "[\"Features\",\"24\"]", "Training took");
    assertThat(data.path("options").toString()).contains("[\"n_latent\",\"4\"]");
    assertThat(ReportPage.names(data.path("judgements"), "topic")).hasSize(4);
  }

  private static Path report(String name, Path modelDir) {
    Path out = folder.resolve(name);
    Cli cli = Cli.run("report", input, "--model-dir", modelDir, "--out", out);
    assertThat(cli.code()).as(cli.err()).isZero();
    return out;
  }

  @Test
  void aFinishedModelTellsOfItsTraining() throws IOException {
    String trained = ReportPage.data(page).path("command").asText();
    Path out = report("finished.html", model);
    JsonNode data = ReportPage.data(out);
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
    assertThat(ReportPage.data(page).path("facts")).isEqualTo(data.path("facts"));
  }

  /** Neither the machine's name nor the user's is among them. */
  @Test
  void theNoteOfATrainingHasTheseFields() throws IOException {
    JsonNode note = new ObjectMapper().readTree(model.resolve("run.json").toFile());
    assertThat(note.fieldNames())
        .toIterable()
        .containsExactly(
            "command", "started", "seconds", "went_on", "version", "machine", "engine");
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
    JsonNode data = ReportPage.data(out);
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
  void theMapOfMoreCellsThanAskedForShowsASampleAndSaysSo() throws IOException {
    Path out = folder.resolve("sample.html");
    Cli cli = Cli.run("report", input, "--model-dir", model, "--out", out, "--map-n-obs", "40");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("those of 40 of 60 cells, drawn at random");
    assertThat(Files.readString(out)).contains("It shows 40 of 60 cells, drawn at random.");
    JsonNode colours = ReportPage.data(out).path("map").path("colours");
    assertThat(levels(colours.get(colours.size() - 1))).hasSize(40);
  }

  /** The bytes that a page has of the counts of a feature, one for each cell. */
  private static byte[] levels(JsonNode gene) throws IOException {
    try (var in =
        new InflaterInputStream(
            new ByteArrayInputStream(Base64.getDecoder().decode(gene.path("values").asText())))) {
      return in.readAllBytes();
    }
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
    JsonNode colours = ReportPage.data(out).path("map").path("colours");
    assertThat(ReportPage.names(colours, "name"))
        .containsExactly("age", "ambient fraction", "library size", "gene7");
    JsonNode gene = colours.get(3);
    byte[] levels = levels(gene);
    try (AnnDataFile file = AnnDataFile.open(input)) {
      var counts = file.counts(CountSource.x(), CountChecks.INTEGERS).inMemory();
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
    JsonNode first = ReportPage.data(mapped).path("map");
    JsonNode second = ReportPage.data(again).path("map");
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
        .isEqualTo(ReportPage.item(ReportPage.data(page), "training-elbo").path("svg").asText());
  }

  @Test
  void mistakesLeaveNothingBehind() {
    Path out = folder.resolve("none.html");
    Object[] asked = {"report", input, "--model-dir", model, "--out", out, "--genes", "gene7,gone"};
    assertThat(Cli.run(asked).mistake())
        .isEqualTo(
            "%s has no feature 'gone'; expected names of its var table in --genes."
                .formatted(input.getFileName()));
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
