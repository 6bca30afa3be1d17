package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.mudata.MuDataFile;

/** Every command answers about prepared cells as about the file that they come from. */
class PreparedQuestionsTest {
  @TempDir Path folder;
  private Path model;
  private Path file;
  private Path prepared;

  @BeforeEach
  void train() {
    TrainedModel trained = TrainedModel.ofTinyCells(folder);
    model = trained.folder();
    // A file with a representation and more columns than training needs.
    file = folder.resolve("embedded.h5ad");
    run("embed", trained.input(), "--model-dir", model, "--out", file, "--umap");
    prepared = folder.resolve("embedded.rvi");
    run("prepare", file, "--out", prepared);
  }

  private static Cli run(Object... arguments) {
    Cli run = Cli.run(arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private Cli ask(String command, Path input, List<Object> options) {
    List<Object> all = new ArrayList<>(List.of(command, input, "--model-dir", model));
    all.addAll(options);
    return run(all.toArray());
  }

  /** Asks about both, and returns what was written about the prepared cells. */
  private Path requireSameFile(String command, Object... more) {
    Map<Path, Path> written = new HashMap<>();
    for (Path input : List.of(file, prepared)) {
      Path out = folder.resolve(command + (input == file ? "_file" : "_prepared") + ".h5ad");
      List<Object> options = new ArrayList<>(List.of("--out", out));
      options.addAll(List.of(more));
      ask(command, input, options);
      written.put(input, out);
    }
    requireSame(written.get(file), written.get(prepared));
    return written.get(prepared);
  }

  /** Compares all that a file of one modality holds but uns and obsp. */
  private static void requireSame(Path one, Path other) {
    try (AnnDataFile a = AnnDataFile.open(one);
        AnnDataFile b = AnnDataFile.open(other)) {
      assertThat(b.obsNames()).isEqualTo(a.obsNames());
      assertThat(b.varNames()).isEqualTo(a.varNames());
      assertThat(b.obsColumns()).containsExactlyInAnyOrderElementsOf(a.obsColumns());
      a.obsColumns().forEach(key -> same(b.obs(key), a.obs(key), key));
      assertThat(b.varColumns()).containsExactlyInAnyOrderElementsOf(a.varColumns());
      a.varColumns().forEach(key -> same(b.var(key), a.var(key), key));
      assertThat(b.obsmKeys()).isEqualTo(a.obsmKeys());
      a.obsmKeys().forEach(key -> same(b.obsm(key), a.obsm(key), key));
      assertThat(b.layers()).isEqualTo(a.layers());
      assertThat(counts(other, CountSource.x())).isEqualTo(counts(one, CountSource.x()));
      for (String layer : a.layers()) {
        CountSource source = CountSource.layer(layer);
        assertThat(counts(other, source)).as(layer).isEqualTo(counts(one, source));
      }
    }
  }

  private static void same(Object found, Object expected, String name) {
    assertThat(found)
        .as(name)
        .usingRecursiveComparison()
        .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
        .withEqualsForType((a, b) -> Float.compare(a, b) == 0, Float.class)
        .isEqualTo(expected);
  }

  private static String counts(Path file, CountSource source) {
    Selection selection =
        new Selection(
            List.of(), Selection.all().join(), Map.of("", source), CountChecks.ALLOW_NON_INTEGER);
    try (CellSource cells = Formats.open(file, selection)) {
      return cells.counts("").digest();
    }
  }

  @Test
  void copiesHaveTheSame() {
    Path embedded = requireSameFile("embed", "--overwrite");
    try (AnnDataFile copy = AnnDataFile.open(embedded)) {
      assertThat(copy.obsColumns()).contains("batch", "age");
      assertThat(copy.obsmKeys()).contains("X_regularizedvi", "X_umap");
    }
    requireSameFile("expression");
    requireSameFile("predict", "--quantity", "counts,rate");
    requireSameFile("correct");
    requireSameFile("likelihood");
    requireSameFile("attribution");
  }

  /** Cells without counts answer as those that they were made of. */
  @Test
  void minifiedCellsAreTheSame() {
    for (Path input : List.of(file, prepared)) {
      String name = input == file ? "m_file" : "m_prepared";
      Path minified = folder.resolve(name + ".h5ad");
      ask("minify", input, List.of("--out", minified));
      ask("embed", minified, List.of("--out", folder.resolve(name + "_embedded.h5ad")));
    }
    try (AnnDataFile a = AnnDataFile.open(folder.resolve("m_file_embedded.h5ad"));
        AnnDataFile b = AnnDataFile.open(folder.resolve("m_prepared_embedded.h5ad"))) {
      assertThat(b.obsmKeys()).isEqualTo(a.obsmKeys());
      a.obsmKeys().forEach(key -> same(b.obsm(key), a.obsm(key), key));
      assertThat(b.obsColumns()).isEqualTo(a.obsColumns());
    }
  }

  @Test
  void tablesAndPagesAreTheSame() throws IOException {
    for (Path input : List.of(file, prepared)) {
      String name = input == file ? "file" : "prepared";
      ask(
          "differential-expression",
          input,
          List.of("--groupby", "batch", "--out-csv", folder.resolve(name + ".csv")));
      ask(
          "report",
          input,
          List.of(
              "--out",
              folder.resolve(name + ".html"),
              "--metrics-out",
              folder.resolve(name + "_metrics")));
    }
    assertThat(folder.resolve("prepared.csv")).hasSameTextualContentAs(folder.resolve("file.csv"));
    List<String> metrics = Files.readAllLines(folder.resolve("file_metrics/metrics.csv"));
    assertThat(metrics).isNotEmpty();
    assertThat(folder.resolve("prepared_metrics/metrics.csv"))
        .hasContent(String.join("\n", metrics));
    assertThat(folder.resolve("prepared.html")).content().contains("embedded.rvi");
    for (String command : List.of("evaluate", "covariate-effects")) {
      assertThat(ask(command, prepared, List.of()).out().replace("embedded.rvi", "embedded.h5ad"))
          .isNotEmpty()
          .isEqualTo(ask(command, file, List.of()).out());
    }
  }

  @Test
  void neighboursAreTheSame() {
    for (Path input : List.of(file, prepared)) {
      Path out = folder.resolve(input == file ? "n_file.h5ad" : "n_prepared.h5ad");
      run("neighbors", input, "--out", out, "--leiden", "--scores", "batch=batch");
    }
    requireSame(folder.resolve("n_file.h5ad"), folder.resolve("n_prepared.h5ad"));
  }

  @Test
  void aModelOfALayerFindsItsCounts() {
    Path layer = TinyData.withLayer("counts", file, folder.resolve("layer.h5ad"));
    Path own = folder.resolve("of_layer.rvi");
    run("prepare", layer, "--layer", "counts", "--out", own);
    Path trained = folder.resolve("of_layer");
    run("train", own, "--model-dir", trained, "--batch-key", "batch", "--max-epochs", 1);
    for (Path input : List.of(own, layer)) {
      Path out = folder.resolve(input.getFileName() + ".out.h5ad");
      assertThat(run("embed", input, "--model-dir", trained, "--out", out).err())
          .contains("counts: layer 'counts', as in training");
    }
    assertThat(
            Cli.run("train", own, "--layer", "other", "--model-dir", folder.resolve("x")).refusal())
        .contains("of_layer.rvi has no layer 'other'", "that prepare was told to take");
    assertThat(
            Cli.run(
                    "train",
                    own,
                    "--layer",
                    "X",
                    "--model-dir",
                    folder.resolve("x"),
                    "--max-epochs",
                    1)
                .code())
        .isZero();
  }

  @Test
  void aCopyOfSeveralModalitiesIsOneOfTheFile() {
    Path multiome = Path.of("src/test/resources/mudata/multiome.h5mu");
    Path own = folder.resolve("multiome.rvi");
    run("prepare", multiome, "--layer", "rna=counts", "--out", own);
    TrainedModel trained = TrainedModel.ofMultiome(folder);
    Path before = folder.resolve("before.h5mu");
    Path after = folder.resolve("after.h5mu");
    assertThat(trained.ask("embed", before).code()).isZero();
    run("embed", own, "--model-dir", trained.folder(), "--out", after);
    try (MuDataFile a = MuDataFile.open(before);
        MuDataFile b = MuDataFile.open(after)) {
      assertThat(b.obsNames()).isEqualTo(a.obsNames());
      same(b.obsm("X_regularizedvi"), a.obsm("X_regularizedvi"), "latent");
      same(b.obs("batch"), a.obs("batch"), "batch");
      for (String modality : a.modalities()) {
        assertThat(b.modality(modality).varNames()).isEqualTo(a.modality(modality).varNames());
        assertThat(b.modality(modality).obsColumns())
            .containsAll(a.modality(modality).obsColumns());
      }
    }
  }
}
