package org.regularizedvi.formats.prepared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.Samples;
import org.regularizedvi.input.InputException;

/** Prepared cells that are not as they were written are refused in a sentence that names them. */
class DamagedFolderTest {
  @TempDir Path folder;
  private Path prepared;

  @BeforeEach
  void prepare() {
    prepared = PreparedSamples.prepare(PreparedSamples.ofOne(folder));
  }

  private static SparseRows read(Path prepared) {
    Formats.requireWhole(prepared);
    try (CellSource cells = Formats.open(prepared)) {
      assertThat(cells.cells().obsNames()).isEqualTo(Samples.CELLS);
      return cells.counts("").slice(0, 3);
    }
  }

  private void requireRefused(String... words) {
    assertThatThrownBy(() -> read(prepared))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(prepared.toString())
        .hasMessageContainingAll(words);
  }

  @Test
  void soundOnesAreRead() {
    assertThat(read(prepared)).usingRecursiveComparison().isEqualTo(Samples.counts());
  }

  /** A bit of white space, or of an escape of the same character, may change nothing. */
  @Test
  void anyBitOfTheManifestThatSaysSomethingElseIsSeen() throws IOException {
    Path file = prepared.resolve(Manifest.FILE);
    byte[] sound = Files.readAllBytes(file);
    Manifest expected = Manifest.read(prepared);
    int seen = 0;
    for (int bit = 0; bit < 8 * sound.length; bit++) {
      byte[] other = sound.clone();
      other[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, other);
      try {
        assertThat(Manifest.read(prepared)).as("bit " + bit).isEqualTo(expected);
      } catch (InputException e) {
        assertThat(e.getMessage()).contains(prepared.toString());
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(7 * 8 * sound.length / 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cells.h5ad", "counts"})
  void anyByteOfTheOtherFilesIsLookedAt(String name) throws IOException {
    Path file = prepared.resolve(name);
    byte[] sound = Files.readAllBytes(file);
    for (int at = 0; at < sound.length; at += 1 + sound.length / 500) {
      byte[] other = sound.clone();
      other[at] ^= 16;
      Files.write(file, other);
      assertThatThrownBy(
              () -> {
                try (CellSource cells = Formats.open(prepared)) {
                  cells.counts("").slice(0, 3);
                }
              })
          .as(name + " at " + at)
          .isInstanceOf(InputException.class)
          .hasMessageContaining(prepared.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cells.h5ad", "counts", "prepared.json"})
  void filesThatAreCutOrGoneAreNamed(String name) throws IOException {
    Path file = prepared.resolve(name);
    byte[] sound = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(sound, sound.length / 2));
    requireRefused(name);
    Files.delete(file);
    requireRefused(name);
  }

  @Test
  void aFolderThatIsNotThereOrAFileIsNamed() throws IOException {
    prepared = folder.resolve("none.rvi");
    requireRefused("There is no folder");
    Files.writeString(prepared, "a file");
    requireRefused("prepared.json", "regularizedvi prepare");
  }

  @Test
  void aLaterFormatIsTold() throws IOException {
    Path file = prepared.resolve(Manifest.FILE);
    Files.writeString(
        file, Files.readString(file).replace("\"format\" : 1,", "\"format\" : 2, \"more\": 3,"));
    requireRefused("prepared in format 2", "no later one than 1", "a newer version");
  }

  @Test
  void countsOfOthersAreSeen() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path others = PreparedSamples.prepare(Samples.write(other, 1, 2, 3, 4, 9));
    byte[] counts = Files.readAllBytes(others.resolve("counts"));
    assertThat(Files.size(prepared.resolve("counts"))).isEqualTo(counts.length);
    Files.write(prepared.resolve("counts"), counts);
    requireRefused("its counts are not those that it was prepared with");
  }

  /** No file outside is opened because a manifest says so. */
  @Test
  void tablesElsewhereAreNotOpened() throws IOException {
    Manifest own = Manifest.read(prepared);
    Files.delete(prepared.resolve(Manifest.FILE));
    new Manifest(
            own.format(),
            own.sources(),
            own.choices(),
            own.modalities(),
            StoredFile.of(folder.resolve("one.h5ad")),
            own.countBytes())
        .write(prepared);
    requireRefused("one.h5ad");
    assertThat(List.of(prepared.toFile().list())).doesNotContain("one.h5ad");
  }
}
