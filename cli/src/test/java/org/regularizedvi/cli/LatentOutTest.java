package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.formats.PythonEnvironment;

/** Tables of the latent representation hold the bits of obsm, whatever cells are called. */
class LatentOutTest {
  private static final List<String> STRANGE =
      List.of("a,b", "say \"x\"", "two\nlines", "cr\rname", "🧬😀", "", "NA", "001", "=1+1", " x ");

  @TempDir static Path folder;
  private static Path input;
  private static Path model;
  private static Path trained;
  private static Cli training;

  @BeforeAll
  static void train() {
    List<String> names =
        IntStream.range(0, TinyData.CELLS)
            .mapToObj(c -> c < STRANGE.size() ? STRANGE.get(c) : "cell" + c)
            .toList();
    input =
        TinyData.write(
            folder.resolve("cells.h5ad"), names, TinyData.genes(), new String[] {"a", "b"});
    model = folder.resolve("model");
    trained = folder.resolve("trained.h5ad");
    training =
        train(
            input,
            "--out",
            trained,
            "--model-dir",
            model,
            "--latent-out",
            folder.resolve("z.csv"),
            "--latent-out",
            folder.resolve("z.csv.gz"),
            "--latent-out",
            folder.resolve("z.parquet"));
  }

  private static Cli train(Path input, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("train", input, "--batch-key", "batch"));
    arguments.addAll(List.of("--n-hidden", 8, "--n-latent", 3, "--max-epochs", 1));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray());
  }

  private static String check(Path cells, String... files) {
    List<Object> arguments = new ArrayList<>(List.of(cells, "X_regularizedvi"));
    List.of(files).forEach(file -> arguments.add(folder.resolve(file)));
    Path script = Path.of("../formats/src/test/python/check_matrix.py").toAbsolutePath();
    return PythonEnvironment.run(script.toString(), arguments.toArray());
  }

  @Test
  void trainingWritesTheBitsOfObsm() {
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.err())
        .contains(
            "; wrote %s and %s and %s and "
                .formatted(trained, model, folder.resolve("z.csv"), folder.resolve("z.csv.gz")));
    assertThat(check(trained, "z.csv", "z.csv.gz", "z.parquet")).isEqualTo("same 60 x 3 in 3");
  }

  @Test
  void embeddingWritesTheSameTable() {
    Path out = folder.resolve("embedded.h5ad");
    Path table = folder.resolve("e.csv");
    Path parquet = folder.resolve("e.parquet");
    Cli cli =
        Cli.run(
            "embed",
            input,
            "--model-dir",
            model,
            "--out",
            out,
            "--latent-out",
            table,
            "--latent-out",
            parquet);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("wrote %s and %s and %s".formatted(out, table, parquet));
    assertThat(check(out, "e.csv", "e.parquet")).isEqualTo("same 60 x 3 in 2");
    assertThat(table).hasSameBinaryContentAs(folder.resolve("z.csv"));
    assertThat(parquet).hasSameBinaryContentAs(folder.resolve("z.parquet"));
  }

  @Test
  void ofSeveralModalitiesItIsTheJointOne() {
    Path out = folder.resolve("both.h5mu");
    Cli cli =
        train(
            MultimodalTest.INPUT,
            "--layer",
            "rna=counts",
            "--out",
            out,
            "--latent-out",
            folder.resolve("both.csv.gz"),
            "--latent-out",
            folder.resolve("both.parquet"));
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(check(out, "both.csv.gz", "both.parquet")).isEqualTo("same 75 x 6 in 2");
  }

  @Test
  void withoutACopyOfTheCellsItIsWrittenToo() throws Exception {
    Path table = folder.resolve("alone.csv");
    Path config = Files.writeString(folder.resolve("run.yaml"), "latent_out: " + table);
    Cli cli = train(input, "--model-dir", folder.resolve("alone"), "--config", config);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(table).hasSameBinaryContentAs(folder.resolve("z.csv"));
  }

  @Test
  void mistakesAreOneSentenceAndLeaveNothing() throws Exception {
    Path none = Files.createDirectory(folder.resolve("none"));
    Path out = none.resolve("out.h5ad");
    Path tsv = none.resolve("z.tsv");
    assertThat(train(input, "--out", out, "--latent-out", tsv).mistake())
        .isEqualTo(
            "Cannot write %s: expected a name that ends in .csv, .csv.gz or .parquet."
                .formatted(tsv));
    Path same = none.resolve("z.csv");
    assertThat(train(input, "--out", same, "--latent-out", same).mistake())
        .isEqualTo(
            "--latent-out %s is another output too; expected a name of its own for each."
                .formatted(same));
    Object[] twice = {
      "embed", input, "--model-dir", model, "--out", out, "--latent-out", same, "--latent-out", same
    };
    assertThat(Cli.run(twice).mistake())
        .isEqualTo(
            "--latent-out %s is another output too; expected a name of its own for each."
                .formatted(same));
    Path there = folder.resolve("z.csv");
    assertThat(train(input, "--out", out, "--latent-out", there).mistake())
        .isEqualTo(
            "Will not write %s: it exists; choose another name, or overwrite it (--overwrite)."
                .formatted(there));
    assertThat(train(input, "--latent-out", same).mistake())
        .isEqualTo("train needs --out OUT, --model-dir DIR or both, else nothing would be kept.");
    assertThat(none).isEmptyDirectory();
  }
}
