package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountKeeper;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.FeatureChoice;
import org.regularizedvi.cells.FeatureRange;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.NewModality;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.cells.store.DiskReads;
import org.regularizedvi.cli.options.MemoryCheck;
import org.regularizedvi.cli.options.RunSettings;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.MemoryException;
import org.regularizedvi.model.RunEstimate;

/** A training on counts on disk ends in the bytes of one on counts in memory. */
class OnDiskTest {
  private static final Path KANG =
      Path.of("src/main/resources/org/regularizedvi/cli/demo/kang_pbmc.h5ad");
  private static final RunEstimate.Work WORK = new RunEstimate.Work(1, 1, 1, 1, 1, 1);

  @TempDir Path folder;

  private Path train(Path input, String name, String... more) {
    Path model = folder.resolve(name);
    List<Object> arguments =
        new ArrayList<>(
            List.of("train", input, "--model-dir", model, "--max-epochs", 2, "--n-hidden", 16));
    arguments.addAll(List.of("--n-latent", 4));
    arguments.addAll(Arrays.asList(more));
    Cli run = Cli.run(arguments.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    String told = "counts are kept on disk in %s (".formatted(folder);
    if (List.of(more).contains("--on-disk")) {
      assertThat(run.err()).contains(told);
    } else {
      assertThat(run.err()).doesNotContain(told);
    }
    return model;
  }

  private static byte[] weights(Path model) throws IOException {
    return Files.readAllBytes(model.resolve("model.safetensors"));
  }

  private void requireSame(Path input, String... more) throws IOException {
    Path memory = train(input, "memory", more);
    String[] onDisk = Arrays.copyOf(more, more.length + 1);
    onDisk[more.length] = "--on-disk";
    Path disk = train(input, "disk", onDisk);
    assertThat(weights(disk)).isEqualTo(weights(memory));
    String[] dealt = Arrays.copyOf(onDisk, onDisk.length + 1);
    dealt[onDisk.length] = "--disk-reads=dealt";
    assertThat(weights(train(input, "dealt", dealt))).isEqualTo(weights(memory));
    assertThat(folder.toFile().list()).noneMatch(one -> one.endsWith("tmp"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--batch-key=condition",
        "--batch-key=condition --n-top-genes=300 --min-counts=900 --train-size=0.8"
      })
  void ofOneModality(String options) throws IOException {
    requireSame(KANG, options.split(" "));
  }

  @Test
  void ofSeveralModalitiesOfWhichCellsLackSome() throws IOException {
    Path input = folder.resolve("cells.h5mu");
    Formats.write(
        input,
        new NewCells(
            List.of(modality("rna", 0, 300, 200), modality("atac", 60, 340, 500)), List.of()),
        IfExists.REFUSE);
    requireSame(input, "--batch-key=batch");
  }

  /** Cells from one number to another, some of them without counts. */
  static NewModality modality(String name, int from, int to, int features) {
    SplittableRandom random = new SplittableRandom(features);
    int[] indptr = new int[to - from + 1];
    int[] indices = new int[(to - from) * features];
    float[] values = new float[indices.length];
    int entries = 0;
    for (int cell = 0; cell < to - from; cell++) {
      for (int g = 0; g < features; g++) {
        if (cell % 41 != 0 && random.nextInt(8) == 0) {
          indices[entries] = g;
          values[entries++] = 1 + random.nextInt(1 << random.nextInt(6));
        }
      }
      indptr[cell + 1] = entries;
    }
    String[] batch = new String[to - from];
    Arrays.setAll(batch, cell -> "batch" + (cell + from) % 3);
    return new NewModality(
        name,
        CountsInMemory.of(
            new SparseRows(
                features, indptr, Arrays.copyOf(indices, entries), Arrays.copyOf(values, entries))),
        IntStream.range(from, to).mapToObj(cell -> "cell" + cell).toList(),
        IntStream.range(0, features).mapToObj(g -> name + g).toList(),
        List.of(new Addition.ObsColumn("batch", new Column.Text(batch))));
  }

  @Test
  void countsLieInTheFolderThatIsNamed() {
    Path scratch = folder.resolve("scratch/deeper");
    Cli run = Cli.run("check", KANG, "--batch-key=condition", "--on-disk", "--temp-dir", scratch);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("counts are kept on disk in %s (".formatted(scratch));
    assertThat(scratch).isEmptyDirectory();
    Cli file = Cli.run("check", KANG, "--batch-key=condition", "--on-disk", "--temp-dir", KANG);
    assertThat(file.mistake())
        .isEqualTo(
            "Cannot write %s: %s is not a folder."
                .formatted(KANG.resolve("counts"), KANG.toAbsolutePath()));
  }

  @Test
  void aModelTrainedInMemoryGoesOnFromDisk() throws IOException {
    Path model = train(KANG, "model", "--batch-key=condition");
    List<byte[]> ended = new ArrayList<>();
    for (boolean onDisk : new boolean[] {false, true}) {
      Path more = folder.resolve("more" + onDisk);
      List<Object> arguments =
          new ArrayList<>(List.of("train", KANG, "--resume-from", model, "--max-epochs", 1));
      arguments.addAll(List.of("--model-dir", more));
      if (onDisk) {
        arguments.add("--on-disk");
      }
      Cli run = Cli.run(arguments.toArray());
      assertThat(run.code()).as(run.err()).isZero();
      ended.add(weights(more));
    }
    assertThat(ended.get(1)).isEqualTo(ended.get(0)).isNotEqualTo(weights(model));
  }

  @Test
  void checkTellsTheSame() {
    Cli memory = Cli.run("check", KANG, "--batch-key=condition");
    Cli disk = Cli.run("check", KANG, "--batch-key=condition", "--on-disk");
    assertThat(disk.code()).as(disk.err()).isZero();
    assertThat(disk.err()).contains("counts are kept on disk in ");
    assertThat(disk.out().lines().filter(line -> !line.startsWith("training:")))
        .containsExactlyElementsOf(
            memory.out().lines().filter(line -> !line.startsWith("training:")).toList());
  }

  private static Console console() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new Console(nowhere, nowhere, false);
  }

  /** Where counts are kept, and what they are. */
  private record Kept(boolean inMemory, String digest) {}

  private Kept read(CellSource cells, Function<CellData, RunEstimate> estimates) {
    RunSettings settings = new RunSettings(0, MemoryCheck.REFUSE, false, DiskReads.MEASURED);
    try (TrainingCells reading =
        new TrainingCells(settings, folder, FeatureRange::all, console())) {
      CellData data =
          reading.read(
              keeper -> CellData.read(cells, CovariateKeys.none(), FeatureChoice.all(), keeper),
              estimates);
      return new Kept(data.counts().inMemory(), data.counts().digest());
    }
  }

  @Test
  void countsThatTheEstimateFindsTooLargeAreKeptOnDisk() {
    try (CellSource cells = Formats.open(KANG)) {
      Kept kept =
          read(
              cells,
              own -> new RunEstimate(0, own.counts().inMemory() ? Long.MAX_VALUE / 2 : 1, WORK));
      assertThat(kept).isEqualTo(new Kept(false, cells.counts("").digest()));
    }
  }

  @Test
  void weightsThatAreTooLargeAreRefusedWithCountsInMemory() {
    try (CellSource cells = Formats.open(KANG)) {
      List<Boolean> inMemory = new ArrayList<>();
      assertThatThrownBy(
              () ->
                  read(
                      cells,
                      own -> {
                        inMemory.add(own.counts().inMemory());
                        return new RunEstimate(Long.MAX_VALUE / 2, 1, WORK);
                      }))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("a smaller --n-hidden takes less");
      assertThat(inMemory).containsOnly(true);
    }
  }

  @Test
  void countsThatTheHeapRefusesAreKeptOnDisk() {
    try (CellSource cells = Formats.open(KANG)) {
      CellSource large =
          (CellSource)
              Proxy.newProxyInstance(
                  CellSource.class.getClassLoader(),
                  new Class<?>[] {CellSource.class},
                  (_, method, arguments) -> {
                    if (method.getName().equals("counts")) {
                      throw new MemoryException("too many");
                    }
                    try {
                      return method.invoke(cells, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  });
      assertThatThrownBy(() -> CountKeeper.inMemory().keep(large, "", Optional.empty()))
          .isInstanceOf(MemoryException.class);
      assertThat(read(large, _ -> new RunEstimate(0, 1, WORK)))
          .isEqualTo(new Kept(false, cells.counts("").digest()));
    }
  }
}
