package org.regularizedvi.formats.prepared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.Samples;
import org.regularizedvi.input.InputException;

/** Cells are prepared whole or not at all, and only where nothing is lost. */
class PreparationTest {
  @TempDir Path folder;
  private Path file;
  private Path target;

  @BeforeEach
  void write() {
    file = PreparedSamples.ofOne(folder);
    target = folder.resolve("cells.rvi");
  }

  private static void prepare(Path input, Path target, IfExists ifExists) {
    try (CellSource cells = Formats.open(input)) {
      Formats.preparer().write(cells, target, ifExists, _ -> {});
    }
  }

  private static void requireRefused(Path input, Path target, IfExists ifExists, String words) {
    assertThatThrownBy(() -> prepare(input, target, ifExists))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(target.toString())
        .hasMessageContaining(words);
  }

  private String counts() {
    try (CellSource cells = Formats.open(target)) {
      return cells.counts("").digest();
    }
  }

  @Test
  void whatIsThereIsReplacedWhenAsked() {
    prepare(file, target, IfExists.REFUSE);
    String before = counts();
    Path other = Samples.write(folder, 9, 8, 7, 6, 5);
    requireRefused(other, target, IfExists.REFUSE, "--overwrite");
    assertThat(counts()).isEqualTo(before);
    prepare(other, target, IfExists.REPLACE);
    assertThat(counts()).isNotEqualTo(before);
    assertThat(target.toFile().list())
        .containsExactlyInAnyOrder("cells.h5ad", "counts", "prepared.json");
    assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".tmp"));
  }

  @Test
  void nothingElseIsReplaced() throws IOException {
    requireRefused(file, folder.resolve("cells.h5ad"), IfExists.REFUSE, "must end in .rvi");
    Files.createDirectory(target);
    Files.writeString(target.resolve("notes.txt"), "mine");
    requireRefused(file, target, IfExists.REPLACE, "holds no prepared cells");
    Files.delete(target.resolve("notes.txt"));
    prepare(file, target, IfExists.REFUSE);
    Files.writeString(target.resolve("notes.txt"), "mine");
    requireRefused(file, target, IfExists.REPLACE, "notes.txt beside its prepared cells");
    assertThat(target.resolve("notes.txt")).hasContent("mine");
    Path one = Files.writeString(folder.resolve("file.rvi"), "mine");
    requireRefused(file, one, IfExists.REPLACE, "it is a file");
  }

  @Test
  void theInputIsKept() {
    prepare(file, target, IfExists.REFUSE);
    requireRefused(target, target, IfExists.REPLACE, "the input is never changed");
    requireRefused(target, target.resolve("inner.rvi"), IfExists.REPLACE, "one in the other");
    Path again = folder.resolve("again.rvi");
    prepare(target, again, IfExists.REFUSE);
    String first = counts();
    target = again;
    assertThat(counts()).isEqualTo(first);
  }

  @Test
  void whatIsNoCountLeavesNothing() {
    Path fractions = Samples.write(folder, 1, 2.5f, 3, 4, 5);
    assertThatThrownBy(() -> prepare(fractions, target, IfExists.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("2.5");
    assertThat(target).doesNotExist();
    assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".tmp"));
  }
}
