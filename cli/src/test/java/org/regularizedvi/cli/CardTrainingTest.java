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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    int code = process.waitFor();
    return new Cli(code, out, Files.readString(err));
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

  @Test
  void whatItDoesNotComputeIsRefused() throws Exception {
    Path out = folder.resolve("out.h5ad");
    assertThat(train("cuda", "--out", out, "--use-batch-norm", "both").refusal())
        .isEqualTo("The engine cuda does not compute use_batch_norm yet; use --device cpu.");
    assertThat(out).doesNotExist();
    assertThat(run("evaluate", cells, "--model-dir", folder, "--device", "cuda").refusal())
        .isEqualTo(
            "The engine cuda trains models, but does not answer questions to them yet; use --device cpu.");
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
