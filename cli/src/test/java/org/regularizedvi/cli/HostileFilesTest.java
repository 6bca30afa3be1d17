package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.formats.PythonEnvironment;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.hdf5.FileWalks;
import org.regularizedvi.input.InputException;

/**
 * Whole files that nobody means well by: links in circles and out of the file, sizes and filters
 * that are absurd. h5py writes them (src/test/python/hostile.py of data); each ends in the sentence
 * of {@code hostile.txt}, within seconds and without the memory it asks for.
 */
@EnabledOnOs(OS.LINUX)
class HostileFilesTest {
  private static final List<Mistake> MISTAKES = Mistake.in("/hostile.txt");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The largest of the files asks for 8 GB. */
  private static final long LARGEST_GROWTH_MB = 700;

  @TempDir static Path folder;

  @BeforeAll
  static void write() {
    Path cells = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    PythonEnvironment.run("hostile.py", cells, folder);
  }

  @TestFactory
  Stream<DynamicTest> eachHasItsSentence() {
    return MISTAKES.stream()
        .map(mistake -> dynamicTest(mistake.command(), () -> assertRefused(mistake)));
  }

  private static void assertRefused(Mistake mistake) throws IOException {
    Path file = folder.resolve(mistake.command().split(" ")[1]);
    byte[] before = Files.readAllBytes(file);
    long memory = peak(true);
    if (!mistake.sentence().contains("crashed")) {
      Assertions.assertTimeout(PATIENCE, () -> FileWalks.walk(file));
    }
    String said = Assertions.assertTimeout(PATIENCE, () -> mistake.said(folder));
    assertThat(said).isEqualTo(mistake.sentence());
    assertThat(peak(false) - memory).isLessThan(LARGEST_GROWTH_MB);
    assertThat(folder.resolve("never.h5ad")).doesNotExist();
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  /** Returns the most memory that this process has had, in MB; from now on if it is to be reset. */
  private static long peak(boolean reset) throws IOException {
    if (reset) {
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    }
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .findFirst()
        .orElseThrow();
  }

  /** A circle where nothing is read harms nobody. */
  @Test
  void aCircleBesideTheWayIsLeftAlone() {
    Path file = folder.resolve("hard_circle_unread.h5ad");
    Cli run = Cli.run("check", file, "--batch-key", "batch");
    assertThat(run.code()).as(run.toString()).isZero();
    try (AnnDataFile cells = AnnDataFile.open(file)) {
      assertThatThrownBy(() -> cells.uns("itself"))
          .isInstanceOf(InputException.class)
          .hasMessageEndingWith(
              "in %s holds a dict more than 64 deep in others; expected a dict, a text, a number, or a list of those."
                  .formatted(file));
    }
  }

  @Test
  void everyFileIsTried() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".h5ad")))
          .allMatch(
              name ->
                  List.of("cells.h5ad", "hard_circle_unread.h5ad").contains(name)
                      || MISTAKES.stream().anyMatch(m -> m.command().contains(" " + name + " ")));
    }
  }
}
