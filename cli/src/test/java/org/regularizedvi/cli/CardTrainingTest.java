package org.regularizedvi.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.training.continuation.CheckpointFolder;

/**
 * Trains on the stand-in for a card that the tests of module gpu have made, in processes that find
 * it as the driver's library; skipped where it was not made.
 */
class CardTrainingTest {
  private static final int EPOCHS = 3;
  private static final Path STAND_IN = Path.of("../gpu/target/stand-in/libstandin.so");

  @TempDir Path folder;
  private Path cells;

  @BeforeEach
  void cells() throws IOException {
    assumeTrue(Files.exists(STAND_IN), "the tests of module gpu have not made it");
    Files.copy(STAND_IN, Files.createDirectory(folder.resolve("driver")).resolve("libcuda.so.1"));
    cells = folder.resolve("cells.h5ad");
    Cli made = Cli.run("simulate", cells, "--cells", "80", "--features", "40");
    assertThat(made.code()).as(made.err()).isZero();
  }

  private Cli run(Object... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    int code = process.waitFor();
    return new Cli(code, out, Files.readString(folder.resolve("err.txt")));
  }

  private Process start(Object... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().put("LD_LIBRARY_PATH", folder.resolve("driver").toString());
    return builder.start();
  }

  private JsonNode history(String device) throws IOException {
    Path model = folder.resolve(device).resolve("model.json");
    return new ObjectMapper().readTree(model.toFile()).get("history");
  }

  private Cli train(String device, Object... more) throws IOException, InterruptedException {
    List<Object> arguments =
        new ArrayList<>(List.of("train", cells, "--device", device, "--precision", "float32"));
    arguments.addAll(
        List.of(
            "--max-epochs", EPOCHS, "--n-hidden", "16", "--n-latent", "4", "--train-size", "0.8"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray());
  }

  /** Three epochs apart by the order of sums alone: 1e-4 of every number of the history. */
  @Test
  void aTrainingOnTheCardAgreesWithOneOnProcessors() throws Exception {
    for (String device : List.of("cpu", "cuda")) {
      Cli trained =
          train(
              device,
              "--out",
              folder.resolve(device + ".h5ad"),
              "--model-dir",
              folder.resolve(device));
      assertThat(trained.code()).as(trained.err()).isZero();
    }
    JsonNode wanted = history("cpu");
    JsonNode found = history("cuda");
    assertThat(found.properties()).hasSameSizeAs(wanted.properties());
    for (Map.Entry<String, JsonNode> own : wanted.properties()) {
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        double number = own.getValue().get(epoch).asDouble();
        assertThat(found.get(own.getKey()).get(epoch).asDouble())
            .as("%s, epoch %d", own.getKey(), epoch)
            .isCloseTo(number, within(1e-9 + 1e-4 * Math.abs(number)));
      }
    }
    assertThat(Files.readString(folder.resolve("cuda/run.json")))
        .contains("\"engine\" : \"cuda on stand-in on a processor, driver for CUDA 12.1\"");
  }

  private Object[] arguments(String model, int epochs, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("train", cells, "--precision", "float32"));
    arguments.addAll(List.of("--max-epochs", epochs, "--n-hidden", "16", "--n-latent", "4"));
    arguments.addAll(List.of("--model-dir", folder.resolve(model)));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }

  /** Trains until there is a checkpoint that was not there before, and has the process end. */
  private void interrupt(String model, Object... arguments)
      throws IOException, InterruptedException {
    Path kept = folder.resolve(model + ".checkpoint");
    Optional<Path> before = CheckpointFolder.newest(kept);
    List<Object> often = new ArrayList<>(List.of(arguments));
    often.addAll(List.of("--checkpoint-minutes", "1e-9"));
    Process process = start(often.toArray());
    while (process.isAlive() && CheckpointFolder.newest(kept).equals(before)) {
      Thread.sleep(5);
    }
    process.destroy();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("err.txt"))).isEqualTo(143);
  }

  @Test
  void anInterruptedTrainingGoesOnWhereItBegan() throws Exception {
    Cli whole = run(arguments("whole", 6, "--device", "cuda"));
    assertThat(whole.code()).as(whole.err()).isZero();
    interrupt("cut", arguments("cut", 6, "--device", "cuda"));
    assertThat(Cli.run(arguments("cut", 6)).refusal())
        .isEqualTo(
            "The device cuda cannot be used: no NVIDIA driver was found, whose library is libcuda.so.1."
                + " The training that was interrupted began with it; --device names another to go on with.");
    Cli rest = run(arguments("cut", 6));
    assertThat(rest.code()).as(rest.err()).isZero();
    assertThat(rest.err()).contains("going on from epoch").doesNotContain("Training goes on");
    String weights = "model.safetensors";
    assertThat(folder.resolve("cut").resolve(weights))
        .hasSameBinaryContentAs(folder.resolve("whole").resolve(weights));
  }

  /** Begun on processors, continued on the card, ended on processors: 1e-3 of the last ELBO. */
  @Test
  void anInterruptedTrainingGoesOnElsewhereWhereThatIsNamed() throws Exception {
    int epochs = 60;
    Cli whole = run(arguments("whole", epochs));
    assertThat(whole.code()).as(whole.err()).isZero();
    interrupt("cut", arguments("cut", epochs));
    interrupt("cut", arguments("cut", epochs, "--device", "cuda"));
    assertThat(Files.readString(folder.resolve("err.txt")))
        .contains(
            "Training goes on with the engine cuda in float32, from a checkpoint of the engine cpu in float32: the"
                + " last bits of all numbers will differ from those of a run that was not interrupted.");
    Cli rest = run(arguments("cut", epochs, "--device", "cpu"));
    assertThat(rest.code()).as(rest.err()).isZero();
    assertThat(rest.err())
        .contains(
            "Training goes on with the engine cpu in float32, from a checkpoint of the engine cuda");
    JsonNode wanted = history("whole").get("elbo_train");
    JsonNode found = history("cut").get("elbo_train");
    assertThat(found.size()).isEqualTo(epochs);
    double last = wanted.get(epochs - 1).asDouble();
    assertThat(found.get(epochs - 1).asDouble()).isCloseTo(last, within(1e-3 * Math.abs(last)));
  }

  @Test
  void whatItDoesNotAnswerIsRefused() throws Exception {
    Path out = folder.resolve("out.h5ad");
    assertThat(
            run("predict", cells, "--model-dir", folder, "--out", out, "--device", "cuda")
                .refusal())
        .isEqualTo(
            "The engine cuda does not answer what this command asks of a model yet; use --device cpu.");
  }

  /** In float32 only the order of sums differs: 1e-4 of each number, or of the largest of many. */
  @Test
  void questionsAreAnsweredOnTheCardAsOnProcessors() throws Exception {
    Cli trained = run(arguments("model", 3));
    assertThat(trained.code()).as(trained.err()).isZero();
    Map<String, Cli> evaluated = new HashMap<>();
    for (String device : List.of("cpu", "cuda")) {
      evaluated.put(
          device,
          ask("evaluate", device, "--per-feature", folder.resolve(device + "_features.csv")));
      ask(
          "embed",
          device,
          "--latent-out",
          folder.resolve(device + ".csv"),
          "--out",
          folder.resolve(device + ".h5ad"));
      ask("expression", device, "--out", folder.resolve(device + "_expression.h5ad"));
      ask("correct", device, "--out", folder.resolve(device + "_correct.h5ad"));
    }
    assertThat(numbers(evaluated.get("cuda").out())).hasSizeGreaterThan(10);
    near(numbers(evaluated.get("cpu").out()), numbers(evaluated.get("cuda").out()));
    near(
        numbers(Files.readString(folder.resolve("cpu.csv"))),
        numbers(Files.readString(folder.resolve("cuda.csv"))));
    for (String[] layer :
        new String[][] {
          {"expression", "regularizedvi_expression"}, {"correct", "regularizedvi_corrected"}
        }) {
      near(layer("cpu_" + layer[0], layer[1]), layer("cuda_" + layer[0], layer[1]));
    }
  }

  private Cli ask(String command, String device, Object... more)
      throws IOException, InterruptedException {
    List<Object> arguments =
        new ArrayList<>(List.of(command, cells, "--model-dir", folder.resolve("model")));
    arguments.addAll(List.of("--device", device));
    arguments.addAll(List.of(more));
    Cli asked = run(arguments.toArray());
    assertThat(asked.code()).as(asked.err()).isZero();
    return asked;
  }

  private static double[] numbers(String text) {
    return Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?")
        .matcher(text)
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group()))
        .toArray();
  }

  private double[] layer(String file, String name) {
    Selection selection =
        new Selection(
            List.of(),
            CellJoin.UNION,
            Map.of("", CountSource.layer(name)),
            CountChecks.ALLOW_NON_INTEGER);
    try (CellSource source = Formats.open(folder.resolve(file + ".h5ad"), selection);
        CountReader reader = source.countReader("")) {
      float[] values = reader.next(1000).orElseThrow().values();
      return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
  }

  private static void near(double[] wanted, double[] found) {
    assertThat(found).hasSameSizeAs(wanted);
    double largest = Arrays.stream(wanted).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < wanted.length; i++) {
      assertThat(found[i]).isCloseTo(wanted[i], within(1e-4 * largest));
    }
  }

  @Test
  void checkNamesTheCard() throws Exception {
    Cli checked = run("check", cells, "--device", "cuda");
    assertThat(checked.code()).as(checked.err()).isZero();
    assertThat(checked.err() + checked.out())
        .contains(
            "for a time that nobody knows, with the engine cuda on stand-in on a processor, driver for CUDA 12.1");
  }
}
