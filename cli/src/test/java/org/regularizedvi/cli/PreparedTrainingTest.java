package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training on prepared cells ends in the bytes of one on the files that they come from. */
class PreparedTrainingTest {
  private static final Path KANG =
      Path.of("src/main/resources/org/regularizedvi/cli/demo/kang_pbmc.h5ad");
  private static final Path MULTIOME = Path.of("src/test/resources/mudata/multiome.h5mu");

  @TempDir Path folder;

  private static Cli done(List<Object> arguments) {
    Cli run = Cli.run(arguments.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static List<Object> words(String options) {
    return options.isEmpty() ? List.of() : List.of((Object[]) options.split(" "));
  }

  private Path prepare(List<Path> inputs, String options) {
    Path prepared = folder.resolve("cells.rvi");
    List<Object> arguments = new ArrayList<>(List.of("prepare"));
    arguments.addAll(inputs);
    arguments.addAll(List.of("--out", prepared));
    arguments.addAll(words(options));
    done(arguments);
    return prepared;
  }

  private Path train(List<Path> inputs, String name, String options) {
    Path model = folder.resolve(name);
    List<Object> arguments = new ArrayList<>(List.of("train"));
    arguments.addAll(inputs);
    arguments.addAll(List.of("--model-dir", model, "--n-hidden", 16, "--n-latent", 4));
    arguments.addAll(words(options));
    done(arguments);
    return model;
  }

  private void requireSame(Path one, Path other) throws IOException {
    for (String file : List.of("model.safetensors", "model.json")) {
      assertThat(Files.readAllBytes(one.resolve(file)))
          .as(file)
          .isEqualTo(Files.readAllBytes(other.resolve(file)));
    }
  }

  /**
   * Trains on files, and on cells prepared from them.
   *
   * @param taken options that say what is taken of the files, which prepared cells remember
   * @param training options of the training
   */
  private void requireSame(List<Path> inputs, String taken, String training) throws IOException {
    Path files = train(inputs, "files", (taken + " " + training).strip());
    Path prepared = prepare(inputs, taken);
    requireSame(files, train(List.of(prepared), "prepared", training));
    assertThat(folder.toFile().list()).noneMatch(one -> one.startsWith(".cells.rvi"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--batch-key=condition --max-epochs=2",
        "--batch-key=condition --max-epochs=2 --on-disk",
        "--batch-key=condition --max-epochs=2 --train-size=0.8 --disk-reads=dealt",
        "--batch-key=condition --max-epochs=2 --n-top-genes=300 --min-counts=900 --train-size=0.8"
      })
  void ofOneModality(String training) throws IOException {
    requireSame(List.of(KANG), "", training);
  }

  @ParameterizedTest
  @CsvSource({
    "'', --layer=counts --min-counts=12",
    "--layer=counts --feature-names=ids --min-counts=12 --cells-where=batch=a, ''",
    "--layer=counts, --feature-names=ids",
  })
  void ofALayer(String taken, String training) throws IOException {
    Path cells = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    Path layer = TinyData.withLayer("counts", cells, folder.resolve("layer.h5ad"));
    if (taken.isEmpty()) {
      // Of prepared cells, the layer that they were prepared from may be named as well.
      Path files = train(List.of(layer), "files", training + " --max-epochs=2");
      Path prepared = prepare(List.of(layer), "--layer=counts");
      requireSame(files, train(List.of(prepared), "prepared", training + " --max-epochs=2"));
    } else {
      requireSame(List.of(layer), taken, (training + " --batch-key=batch --max-epochs=2").strip());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--layer=rna=counts, ''",
    "--layer=rna=counts, --modalities=rna",
    "--layer=rna=counts, --cells=intersection",
    "--layer=rna=counts --modalities=rna, ''",
    "--layer=rna=counts --cells=intersection --min-counts=rna=20, ''",
  })
  void ofSeveralModalitiesOfWhichCellsLackSome(String taken, String chosen) throws IOException {
    String training = "--batch-key=batch --max-epochs=2 --batch-size=32";
    Path files =
        train(List.of(MULTIOME), "files", taken + " " + training + (" " + chosen).stripTrailing());
    Path prepared = prepare(List.of(MULTIOME), taken);
    requireSame(
        files, train(List.of(prepared), "prepared", training + (" " + chosen).stripTrailing()));
  }

  @Test
  void ofSeveralFiles() throws IOException {
    List<String> others = new ArrayList<>(TinyData.genes().subList(3, TinyData.GENES).reversed());
    others.add("another");
    Path one = TinyData.write(folder.resolve("one.h5ad"), TinyData.genes(), "a", "b");
    Path two = TinyData.write(folder.resolve("two.h5ad"), 40, others, "b", "c");
    requireSame(
        List.of(one, two),
        "",
        "--batch-key=batch --nn-conditioning-covariate-keys=sample --max-epochs=2");
  }

  /** Prepared cells are one file among others too. */
  @Test
  void besideAnotherFile() throws IOException {
    Path one = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    Path two = TinyData.write(folder.resolve("two.h5ad"), 40, TinyData.genes(), "b", "c");
    String training = "--batch-key=batch --nn-conditioning-covariate-keys=sample --max-epochs=2";
    Path files = train(List.of(one, two), "files", training);
    requireSame(files, train(List.of(prepare(List.of(one), ""), two), "prepared", training));
  }

  private String[] interruptible(Path input, Path model) {
    List<Object> all = new ArrayList<>(List.of("train", input, "--model-dir", model));
    all.addAll(words("--batch-key batch --n-hidden 8 --batch-size 10 --max-epochs 40 --threads 1"));
    all.addAll(words("--checkpoint-minutes 0.001 --disk-reads dealt"));
    return all.stream().map(Object::toString).toArray(String[]::new);
  }

  /** A run on one is killed, and the same run on the other goes on. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisabledOnOs(OS.WINDOWS)
  void aCheckpointMadeOnOneGoesOnOnTheOther(boolean preparedFirst) throws Exception {
    Path cells = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    Path prepared = prepare(List.of(cells), "");
    Path undisturbed = folder.resolve("undisturbed");
    done(Arrays.asList((Object[]) interruptible(cells, undisturbed)));
    Path model = folder.resolve("killed/model");
    Sandbox sandbox = Sandbox.withProgram(folder).forShortRuns();
    Process process =
        sandbox.start(
            sandbox.root.resolve("regularizedvi"),
            folder,
            interruptible(preparedFirst ? prepared : cells, model));
    while (!hasCheckpoint(model) && process.isAlive()) {
      Thread.sleep(5);
    }
    process.destroyForcibly().waitFor();
    assertThat(model).doesNotExist();
    Cli rest =
        done(Arrays.asList((Object[]) interruptible(preparedFirst ? cells : prepared, model)));
    assertThat(rest.err()).contains("going on from epoch ");
    requireSame(undisturbed, model);
  }

  private static boolean hasCheckpoint(Path model) throws IOException {
    Path checkpoints = model.resolveSibling("model.checkpoint");
    if (!Files.exists(checkpoints)) {
      return false;
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files.anyMatch(file -> file.getFileName().toString().matches("[0-9]{6}"));
    }
  }
}
