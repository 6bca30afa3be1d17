package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.model.AmbientRegularizedSCVI;

/** A measured profile goes into a training, and what is wrong with it is said in a sentence. */
final class AmbientProfileTest {
  private static final int GENES = 60;

  @TempDir private Path folder;
  private Path cells;
  private Path profile;

  @BeforeEach
  void simulate() throws IOException {
    cells = folder.resolve("cells.h5ad");
    Cli cli = Cli.run("simulate", cells, "--cells", 150, "--features", GENES, "--batches", 2);
    assertThat(cli.code()).as(cli.err()).isZero();
    profile = table("soup.csv", 7);
  }

  private Path table(String name, int step) throws IOException {
    List<String> lines = new ArrayList<>(List.of("feature,counts"));
    IntStream.range(0, GENES).forEach(g -> lines.add("rna_%d,%d".formatted(g, g % step)));
    return Files.write(folder.resolve(name), lines);
  }

  private Cli train(Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "train",
                cells,
                "--batch-key",
                "batch",
                "--model-dir",
                folder.resolve("model"),
                "--max-epochs",
                1,
                "--n-hidden",
                16,
                "--n-latent",
                4));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray());
  }

  @Test
  void eachBatchHasTheProfileOfItsFile() throws IOException {
    Path other = table("other.csv", 5);
    Cli cli = train("--ambient-profile", "batch_1=" + other, "--ambient-profile", profile);
    assertThat(cli.code()).as(cli.err()).isZero();
    try (AmbientRegularizedSCVI model = AmbientRegularizedSCVI.load(folder.resolve("model"))) {
      FloatMatrix background = model.learnedTerms().background().orElseThrow().values();
      assertThat(background.at(7, 0)).isLessThan(background.at(7, 1) / 100);
      assertThat(background.at(5, 1)).isLessThan(background.at(5, 0) / 100);
    }
    Cli again =
        Cli.run(
            "train",
            cells,
            "--resume-from",
            folder.resolve("model"),
            "--model-dir",
            folder.resolve("more"),
            "--ambient-profile",
            profile);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err())
        .contains("--ambient-profile is of the model, which --resume-from gives");
  }

  @Test
  void aCategoryThatIsAddedHasNoProfile() {
    assertThat(train("--ambient-profile", profile).code()).isZero();
    Path more = folder.resolve("more.h5ad");
    Cli.run("simulate", more, "--cells", 150, "--features", GENES, "--batches", 3, "--seed", 4);
    Cli cli =
        Cli.run(
            "embed",
            more,
            "--model-dir",
            folder.resolve("model"),
            "--out",
            folder.resolve("out.h5ad"),
            "--extend",
            "--extended-model-dir",
            folder.resolve("wider"),
            "--max-epochs",
            1);
    assertThat(cli.code()).as(cli.err()).isZero();
    try (AmbientRegularizedSCVI known = AmbientRegularizedSCVI.load(folder.resolve("model"));
        AmbientRegularizedSCVI wider = AmbientRegularizedSCVI.load(folder.resolve("wider"))) {
      FloatMatrix before = known.learnedTerms().background().orElseThrow().values();
      FloatMatrix after = wider.learnedTerms().background().orElseThrow().values();
      for (int g = 0; g < GENES; g++) {
        assertThat(after.at(g, 0)).isEqualTo(before.at(g, 0));
        assertThat(after.at(g, 1)).isEqualTo(before.at(g, 1));
      }
      assertThat(after.at(7, 2)).isGreaterThan(10 * after.at(7, 0));
    }
  }

  @Test
  void aConfigurationFileNamesFilesToo() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("run.yaml"),
            "ambient_profile:\n  batch_0: %s\n  batch_1: %s\nambient_profile_strength: 0\n"
                .formatted(profile, profile));
    Cli cli = train("--config", config);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Files.readString(folder.resolve("model/model.json")))
        .contains("\"ambient_profile_strength\" : 0.0");
  }

  @Test
  void checkLooksAtTheFilesAsTrainingDoes() {
    for (String command : List.of("check", "train")) {
      List<Object> arguments =
          new ArrayList<>(
              List.of(
                  command,
                  cells,
                  "--batch-key",
                  "batch",
                  "--ambient-profile",
                  "batch_0=" + profile));
      if (command.equals("train")) {
        arguments.addAll(List.of("--model-dir", folder.resolve("model")));
      }
      Cli cli = Cli.run(arguments.toArray());
      assertThat(cli.code()).isEqualTo(2);
      assertThat(cli.err())
          .contains(
              "ambient_profile has no file for 'batch_1', a category of 'batch'; expected batch_1=FILE, or a FILE for all that have none.");
    }
    assertThat(folder.resolve("model")).doesNotExist();
  }

  @Test
  void aMatrixOfDropletsIsAddedUp() {
    Cli cli = train("--ambient-profile", cells, "--ambient-profile-max-counts", 1_000_000);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err())
        .containsPattern(
            "ambient profile: 150 of 150 droplets of .*cells.h5ad with 1 to 1,000,000 counts, [0-9,]+ in all");
    Cli none = train("--overwrite", "--ambient-profile", cells);
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err())
        .contains("None of 150 droplets of " + cells + " has 1 to 100 counts; expected a matrix");
    assertThat(train("--overwrite", "--ambient-profile-max-counts", 0).err())
        .contains(
            "ambient_profile_max_counts must be at least ambient_profile_min_counts, 1, but is 0.");
  }

  @Test
  void aMissingFileIsNamed() {
    Cli cli = train("--ambient-profile", folder.resolve("raw.h5"));
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("There is no file " + folder.resolve("raw.h5"));
    assertThat(train("--ambient-profile", folder.resolve("no.csv")).err())
        .contains("There is no file " + folder.resolve("no.csv"));
  }
}
