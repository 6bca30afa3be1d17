package org.regularizedvi.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.engine.Peers;
import org.regularizedvi.engine.ThreadPeers;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import picocli.CommandLine;

/** Workers that keep the counts of some features train the model that one process trains. */
class WorkersTest {
  private static final Path KANG =
      Path.of("src/main/resources/org/regularizedvi/cli/demo/kang_pbmc.h5ad");

  @TempDir Path folder;

  private String[] arguments(Path input, String name, String options) {
    return Stream.concat(
            Stream.of(
                "train",
                input.toString(),
                "--model-dir",
                folder.resolve(name).toString(),
                "--max-epochs=2",
                "--n-hidden=16",
                "--n-latent=4",
                "--precision=float32",
                "--threads=1"), // which the folder of the model says
            Stream.of(options.split(" ")))
        .toArray(String[]::new);
  }

  private void requireSame(Path input, int workers, String options) throws Exception {
    Cli one = Cli.run((Object[]) arguments(input, "one", options));
    assertThat(one.code()).as(one.err()).isZero();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      for (Peers peers : ThreadPeers.of(workers)) {
        PrintStream err = new PrintStream(said, true, UTF_8);
        Path own = folder.resolve("worker" + peers.rank());
        running.add(
            threads.submit(
                () -> {
                  try (peers) {
                    CommandLine line = Main.commands(new Console(err, err, false));
                    line.parseArgs(arguments(input, "many", options));
                    TrainCommand command = line.getSubcommands().get("train").getCommand();
                    command.train(peers, new Worker.Task(1, () -> false, own));
                  }
                }));
      }
    }
    for (Future<?> worker : running) {
      worker.get();
    }
    assertSame("model.safetensors");
    assertSame("model.json");
    assertThat(said.toString(UTF_8).lines().filter(line -> line.contains("kept on disk")).count())
        .isEqualTo(options.contains("--on-disk") ? workers : 0);
  }

  private void assertSame(String file) throws IOException {
    assertThat(
            Files.mismatch(
                folder.resolve("one").resolve(file), folder.resolve("many").resolve(file)))
        .as(file)
        .isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--batch-key=condition --train-size=0.9",
        "--batch-key=condition --n-top-genes=3000 --min-counts=900 --on-disk",
        "--batch-key=condition --compute-pearson --train-size=0.9 --n-top-genes=3000"
      })
  void ofOneModality(String options) throws Exception {
    requireSame(KANG, 3, options);
  }

  @Test
  void ofSeveralModalitiesOfWhichCellsLackSome() throws Exception {
    Path input = folder.resolve("cells.h5mu");
    Formats.write(
        input,
        new NewCells(
            List.of(
                OnDiskTest.modality("rna", 0, 300, 2_600),
                OnDiskTest.modality("atac", 60, 340, 4_300)),
            List.of()),
        IfExists.REFUSE);
    requireSame(input, 4, "--batch-key=batch --train-size=0.8");
  }
}
