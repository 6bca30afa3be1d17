package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the program refuses: one sentence, exit code 2, nothing written and nothing changed. The
 * mistakes and their sentences are in {@code mistakes.txt}, a command and what it says.
 */
@EnabledOnOs(OS.LINUX)
class BadInputTest {
  @TempDir static Path folder;
  private static Map<Path, Integer> before;

  @BeforeAll
  static void write() throws IOException {
    BadFiles.write(folder);
    Object[] train = {
      "train",
      folder.resolve("cells.h5ad"),
      "--model-dir",
      folder.resolve("model"),
      "--batch-key",
      "batch",
      "--max-epochs",
      1,
      "--n-hidden",
      8,
      "--n-latent",
      2
    };
    assertThat(Cli.run(train).code()).isZero();
    before = contents();
  }

  private static Map<Path, Integer> contents() throws IOException {
    Map<Path, Integer> contents = new TreeMap<>();
    for (Path file : BadFiles.in(folder)) {
      contents.put(file, Arrays.hashCode(Files.readAllBytes(file)));
    }
    return contents;
  }

  private static String[] mistakes() {
    try (var in = BadInputTest.class.getResourceAsStream("/mistakes.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().split("\n\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> eachMistakeHasItsSentence() {
    return Arrays.stream(mistakes())
        .map(
            mistake -> {
              String[] lines = mistake.split("\n", 2);
              return dynamicTest(
                  lines[0],
                  () -> {
                    assertThat(said(lines[0])).isEqualTo(lines[1]);
                    assertThat(contents()).isEqualTo(before);
                  });
            });
  }

  /**
   * Runs a command as it stands in the table and returns what it says, paths without the folder and
   * sizes of files as N.
   */
  private static String said(String command) {
    Object[] arguments =
        Arrays.stream(command.split(" "))
            .map(
                word ->
                    word.matches("/?[a-z_0-9./]+\\.(h5ad|h5mu|yaml)|[a-z_]+/")
                        ? folder.resolve(word)
                        : word)
            .toArray();
    Cli run = Cli.run(arguments);
    assertThat(run.code()).as(run.toString()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    return run.err()
        .strip()
        .replace(folder + "/", "")
        .replace(folder.toString(), ".")
        .replaceAll("eof = \\d+", "eof = N");
  }

  @Test
  void thereAreFortyAtLeast() {
    assertThat(mistakes()).hasSizeGreaterThanOrEqualTo(40);
  }
}
