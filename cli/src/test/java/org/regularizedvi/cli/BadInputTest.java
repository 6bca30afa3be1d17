package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
  private static final List<Mistake> MISTAKES = Mistake.in("/mistakes.txt");

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

  @TestFactory
  Stream<DynamicTest> eachMistakeHasItsSentence() {
    return MISTAKES.stream()
        .map(
            mistake ->
                dynamicTest(
                    mistake.command(),
                    () -> {
                      assertThat(mistake.said(folder)).isEqualTo(mistake.sentence());
                      assertThat(contents()).isEqualTo(before);
                    }));
  }

  @Test
  void thereAreFortyAtLeast() {
    assertThat(MISTAKES).hasSizeGreaterThanOrEqualTo(40);
  }
}
