package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.PythonEnvironment;
import org.regularizedvi.formats.anndata.AnnDataFile;

/** Simulated files: for anndata and mudata to open, for {@code train} to train on. */
class SimulateCommandTest {
  private static final Path SCRIPT =
      Path.of("src/test/python/check_simulation.py").toAbsolutePath();

  @TempDir Path folder;

  /** What the script says of a modality: cells and features exactly, a mean square near 1. */
  private static void assertModality(String line, String name, int cells, int features) {
    String[] words = line.split(" ");
    assertThat(words).startsWith(name, "" + cells, "" + features);
    assertThat(Double.parseDouble(words[3])).isBetween(0.85, 1.15);
  }

  @Test
  void anndataFindsCountsThatFollowTheTruth() {
    Path out = folder.resolve("cells.h5ad");
    Cli cli = Cli.run("simulate", out, "--cells", 600, "--features", 300, "--types", 2);
    assertThat(cli.code()).isZero();
    assertThat(cli.err()).contains("simulated rna: 600 cells x 300 features", "wrote " + out);
    List<String> said = PythonEnvironment.run(SCRIPT.toString(), out).lines().toList();
    assertModality(said.get(0), "rna", 600, 300);
    assertThat(said.get(1)).isEqualTo("type_0 type_1 0");
  }

  @Test
  void cellsMayDifferInTheirAmbientShare() {
    Path out = folder.resolve("spread.h5ad");
    Cli cli =
        Cli.run(
            "simulate",
            out,
            "--cells",
            600,
            "--features",
            300,
            "--ambient-spread",
            0.7,
            "--batch-ambient-spread",
            "rna=0.4");
    assertThat(cli.code()).isZero();
    List<String> said = PythonEnvironment.run(SCRIPT.toString(), out).lines().toList();
    assertModality(said.get(0), "rna", 600, 300);
  }

  @Test
  void mudataFindsCellsThatLackAModality() {
    Path out = folder.resolve("cells.h5mu");
    Cli cli =
        Cli.run(
            "simulate",
            out,
            "--cells",
            500,
            "--features",
            "rna=200,atac=400",
            "--missing",
            0.5,
            "--ambient-fraction",
            "rna=0.3",
            "--depth",
            "rna=900",
            "--seed",
            4,
            "--batches",
            2);
    assertThat(cli.code()).isZero();
    List<String> said = PythonEnvironment.run(SCRIPT.toString(), out).lines().toList();
    int rna = Integer.parseInt(said.get(0).split(" ")[1]);
    int atac = Integer.parseInt(said.get(1).split(" ")[1]);
    assertThat(rna).isBetween(320, 430);
    assertThat(rna + atac).isBetween(700, 800);
    assertModality(said.get(0), "rna", rna, 200);
    assertModality(said.get(1), "atac", atac, 400);
    assertThat(said.get(2)).endsWith(" 4");
  }

  @Test
  void theSameSeedGivesTheSameCountsAndTheyTrain() {
    Path one = folder.resolve("one.h5ad");
    Path two = folder.resolve("two.h5ad");
    for (Path out : List.of(one, two)) {
      Cli.run("simulate", out, "--cells", 120, "--features", 60, "--seed", 9);
    }
    assertThat(digest(one)).isEqualTo(digest(two));
    Cli train =
        Cli.run(
            "train",
            one,
            "--batch-key",
            "batch",
            "--model-dir",
            folder.resolve("model"),
            "--max-epochs",
            1,
            "--n-hidden",
            16,
            "--n-latent",
            4);
    assertThat(train.code()).isZero();
  }

  private static String digest(Path path) {
    try (AnnDataFile file = AnnDataFile.open(path)) {
      return file.counts(CountSource.x(), CountChecks.INTEGERS).inMemory().digest();
    }
  }

  @Test
  void typesMayBeRelatedAndRareAndTheProfileIsATableThatTrainTakes() throws IOException {
    Path out = folder.resolve("tree.h5ad");
    Path table = folder.resolve("soup.csv");
    Cli cli =
        Cli.run(
            "simulate",
            out,
            "--cells",
            900,
            "--features",
            200,
            "--types",
            12,
            "--type-levels",
            "2,6",
            "--rare-types",
            3,
            "--marker-share",
            0.3,
            "--ambient-profile-out",
            table);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("wrote " + out + " and " + table);
    assertThat(Files.readAllLines(table))
        .hasSize(201)
        .first()
        .isEqualTo("feature,batch_0,batch_1,batch_2");
    try (CellSource cells = Formats.open(out)) {
      assertThat(cells.cells().obsColumns()).contains("true_type", "true_parent", "true_parent_2");
      Column.Categorical types = (Column.Categorical) cells.cells().obs("true_type");
      Column.Categorical parents = (Column.Categorical) cells.cells().obs("true_parent");
      Column.Categorical above = (Column.Categorical) cells.cells().obs("true_parent_2");
      assertThat(parents.categories()).hasSize(6).contains("level_2_5");
      assertThat(above.categories()).containsExactly("level_1_0", "level_1_1");
      for (int n = 0; n < 900; n++) {
        assertThat(parents.codes()[n]).isEqualTo(types.codes()[n] % 6);
        assertThat(above.codes()[n]).isEqualTo(types.codes()[n] % 2);
      }
    }
    Cli train =
        Cli.run(
            "train",
            out,
            "--batch-key",
            "batch",
            "--ambient-profile",
            table,
            "--model-dir",
            folder.resolve("model"),
            "--max-epochs",
            1,
            "--n-hidden",
            16,
            "--n-latent",
            4);
    assertThat(train.code()).as(train.err()).isZero();
    assertThat(Cli.run("simulate", out, "--overwrite", "--type-levels", "2,x").mistake())
        .contains("type_levels must be whole numbers, but one is 'x'.");
    assertThat(
            Cli.run(
                    "simulate",
                    folder.resolve("none.h5ad"),
                    "--ambient-fraction",
                    0,
                    "--ambient-profile-out",
                    table,
                    "--overwrite")
                .mistake())
        .contains("ambient_profile_out is given, but ambient_fraction is 0");
    assertThat(folder.resolve("none.h5ad")).doesNotExist();
  }

  @Test
  void aFileThatExistsStaysUnlessItMayGo() throws IOException {
    Path out = Files.writeString(folder.resolve("mine.h5ad"), "mine");
    assertThat(Cli.run("simulate", out, "--cells", 50, "--features", 20).mistake())
        .contains("mine.h5ad", "--overwrite");
    assertThat(out).hasContent("mine");
    assertThat(Cli.run("simulate", out, "--cells", 50, "--features", 20, "--overwrite").code())
        .isZero();
    assertThat(digest(out)).hasSize(64);
    assertThat(Cli.run("simulate", out.resolve("x.h5mu")).mistake()).contains("is not a folder");
  }
}
