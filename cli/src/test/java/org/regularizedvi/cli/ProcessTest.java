package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.core.Version;

/** The program as a process of its own, started by the launcher on the JVM of this test. */
@DisabledOnOs(OS.WINDOWS)
class ProcessTest {
  @TempDir Path folder;
  private Sandbox sandbox;

  @BeforeEach
  void program() throws IOException {
    sandbox = Sandbox.withProgram(folder);
  }

  @Test
  void theVersionIsBareAndStandardErrorEmpty() throws Exception {
    Cli cli = sandbox.run("--version");
    assertThat(cli).isEqualTo(new Cli(0, Version.current() + "\n", ""));
  }

  @Test
  void nothingButOurOwnWordsReachStandardError() throws Exception {
    Path input = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    Cli cli =
        sandbox.run(
            "train",
            input.toString(),
            "--batch-key",
            "batch",
            "--model-dir",
            folder.resolve("model").toString(),
            "--n-hidden",
            "8",
            "--max-epochs",
            "1");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err().lines()).allMatch(line -> line.matches("(training on|epoch|trained) .*"));
  }

  /** Told before the input is looked at, as training would hardly come to an end. */
  @Test
  void withoutFusedMultiplyAddTrainingSaysThatItIsSlow() throws Exception {
    sandbox.environment.put("JAVA_OPTS", "-XX:-UseFMA");
    String model = folder.resolve("model").toString();
    Cli cli = sandbox.run("train", "no.h5ad", "--batch-key", "batch", "--model-dir", model);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err())
        .startsWith("warning: the JVM finds no instruction for fused multiply-add on this")
        .contains("no.h5ad");
  }

  /** A library that cannot be loaded stands for a system without fontconfig, as in containers. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutAFontPlotSaysSoBeforeAnyWork() throws Exception {
    Path libraries = Files.createDirectory(folder.resolve("libraries"));
    Files.createFile(libraries.resolve("libfontconfig.so.1"));
    Files.createFile(libraries.resolve("libfontconfig.so"));
    sandbox.environment.put("LD_LIBRARY_PATH", libraries.toString());
    sandbox.environment.put("JAVA_OPTS", "-Duser.home=" + libraries);
    Path figures = folder.resolve("figures");
    Cli cli = sandbox.run("plot", "no.h5ad", "--model-dir", "no", "--out-dir", figures.toString());
    assertThat(cli.mistake()).contains("Java finds no font", "apt install fontconfig");
    assertThat(figures).doesNotExist();
  }

  /** In containers and under job schedulers the locale is often C or POSIX. */
  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX"})
  void pathsBeyondAsciiWorkUnderEveryLocale(String locale) throws Exception {
    Path strange = Files.createDirectories(folder.resolve("sp ace \u00fc \u7d30\u80de"));
    sandbox = Sandbox.withProgram(strange).forShortRuns();
    sandbox.environment.put("LC_ALL", locale);
    Path input = TinyData.write(strange.resolve("zellen \u00e4.h5ad"), TinyData.genes(), "a", "b");
    Path model = strange.resolve("mod\u00e8le");
    Path output = strange.resolve("r\u00e9sultat.h5ad");
    Cli trained =
        sandbox.run(
            "train",
            input.toString(),
            "--batch-key",
            "batch",
            "--model-dir",
            model.toString(),
            "--out",
            output.toString(),
            "--n-hidden",
            "8",
            "--max-epochs",
            "1");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err()).contains(output.toString());
    assertThat(output).exists();
    Cli missing = sandbox.run("check", strange.resolve("fehlt \u00df.h5ad").toString());
    assertThat(missing.mistake()).contains("fehlt \u00df.h5ad");
  }

  /** Exit code and checkpoint as of SIGTERM and SIGINT; the same command goes on from there. */
  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void toldToEndItKeepsACheckpointAndTheSameCommandGoesOn(String signal, int code)
      throws Exception {
    Path input = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    String[] command = {
      "train",
      input.toString(),
      "--batch-key",
      "batch",
      "--model-dir",
      folder.resolve("model").toString(),
      "--n-hidden",
      "8",
      "--max-epochs",
      "200"
    };
    Process process = sandbox.start(sandbox.root.resolve("regularizedvi"), folder, command);
    while (!sandbox.err().contains("epoch 20/200") && process.isAlive()) {
      Thread.sleep(5);
    }
    sandbox.signal(process, signal);
    assertThat(process.waitFor()).as(sandbox.err()).isEqualTo(code);
    assertThat(folder.resolve("model")).doesNotExist();
    assertThat(sandbox.err().lines().toList())
        .endsWith("stopping after this step", sandbox.err().lines().toList().getLast());
    Matcher stopped =
        Pattern.compile(
                "stopped in epoch ([0-9]+) after ([0-9]+) of its steps; the same command goes on from"
                    + " there \\(checkpoint (.*/model.checkpoint/000001)\\)")
            .matcher(sandbox.err().lines().toList().getLast());
    assertThat(stopped.matches()).as(sandbox.err()).isTrue();
    assertThat(Path.of(stopped.group(3))).isDirectory();
    assertRefusedWithOtherOptionsOrData(input, command);
    Cli rest = sandbox.run(command);
    assertThat(rest.code()).as(rest.err()).isZero();
    assertThat(rest.err())
        .containsPattern(
            "going on from epoch ([0-9]+) of 200, step 1 of 1 \\(checkpoint .*/000001\\)");
    assertThat(folder.resolve("model/model.safetensors")).exists();
    assertThat(folder.resolve("model.checkpoint")).doesNotExist();
  }

  private void assertRefusedWithOtherOptionsOrData(Path input, String[] command) {
    String where = folder.resolve("model.checkpoint").toString();
    String then = "; give what it began with to go on, or --restart to remove it and begin anew.";
    assertThat(Cli.run(with(command, "--lr", "0.1", "--seed", "3")).refusal())
        .matches(
            Pattern.quote(
                    where
                        + " holds a checkpoint of another training: seed is 0 there and 3 here, lr is")
                + " 0\\.008 there and 0\\.1 here, start_digest is [0-9a-f]{12}\\.\\.\\. there and [0-9a-f]{12}\\.\\.\\."
                + " here"
                + Pattern.quote(then));
    Path other =
        TinyData.write(folder.resolve("other.h5ad"), TinyData.genes().reversed(), "a", "b");
    String[] changed = command.clone();
    changed[1] = other.toString();
    assertThat(Cli.run((Object[]) changed).refusal())
        .startsWith(where + " holds a checkpoint of another training: data_digest is ")
        .contains(", features_digest is ")
        .doesNotContain("lr is", "obs_digest")
        .endsWith(then);
    assertThat(Path.of(where, "000001")).isDirectory();
    assertThat(folder.resolve("model")).doesNotExist();
  }

  private static Object[] with(String[] command, String... more) {
    return Stream.concat(Stream.of(command), Stream.of(more)).toArray();
  }

  @Test
  void withoutMemoryItSaysWhatToChangeAndExitsWith137() throws Exception {
    sandbox.environment.put("JAVA_OPTS", "-Xmx100m");
    sandbox.forShortRuns();
    Path input = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    Cli cli =
        sandbox.run(
            "train",
            input.toString(),
            "--batch-key",
            "batch",
            "--model-dir",
            folder.resolve("model").toString(),
            "--n-hidden",
            "4000",
            "--n-layers",
            "2");
    assertThat(cli.code()).as(cli.err()).isEqualTo(137);
    assertThat(cli.err())
        .matches(
            "regularizedvi: the [0-9]+ MiB of memory that Java may use are not enough; allow more with the"
                + " environment variable JAVA_OPTS, for example JAVA_OPTS=-Xmx16g; in training, a smaller"
                + " --batch-size or --n-hidden needs less\\.\n");
    assertThat(folder.resolve("model")).doesNotExist();
  }
}
