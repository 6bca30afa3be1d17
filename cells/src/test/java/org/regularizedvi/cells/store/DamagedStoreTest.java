package org.regularizedvi.cells.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.input.InputException;

/** A store that is not as it was written is refused before its counts are used. */
class DamagedStoreTest {
  private static final SparseRows RNA =
      HeldRows.of(
          900,
          new float[][] {{0, 1, 70, 899}, {1, 2, 300, 1}},
          new float[][] {{}, {}},
          new float[][] {{5, 6}, {0.5f, 1}});

  private static final SparseRows ATAC =
      HeldRows.of(7, new float[][] {{3}, {70_000}}, new float[][] {{}, {}}, new float[][] {{}, {}});

  @TempDir Path folder;
  private Path file;
  private byte[] sound;

  @BeforeEach
  void write() throws IOException {
    SequencedMap<String, SparseRows> modalities = new LinkedHashMap<>();
    modalities.put("rna", RNA);
    modalities.put("atac", ATAC);
    file = HeldRows.write(folder, modalities);
    sound = Files.readAllBytes(file);
  }

  private void readAll() {
    try (CountStore store = CountStore.open(file)) {
      assertThat(store.modalities()).containsExactly("rna", "atac");
      AnyStoreTest.requireEqual(store.counts("rna").slice(0, 3), RNA);
      AnyStoreTest.requireEqual(store.counts("atac").slice(0, 3), ATAC);
    }
  }

  private void requireRefused(byte[] bytes, String what) throws IOException {
    Files.write(file, bytes);
    assertThatThrownBy(this::readAll)
        .as(what)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aSoundStoreIsRead() {
    readAll();
  }

  @Test
  void anyBitThatIsAnotherIsSeen() throws IOException {
    for (int bit = 0; bit < 8 * sound.length; bit++) {
      byte[] other = sound.clone();
      other[bit / 8] ^= (byte) (1 << bit % 8);
      requireRefused(other, "bit " + bit);
    }
  }

  @Test
  void anyLengthThatIsAnotherIsSeen() throws IOException {
    for (int length = 0; length < sound.length; length++) {
      requireRefused(Arrays.copyOf(sound, length), "length " + length);
    }
    requireRefused(Arrays.copyOf(sound, sound.length + 1), "a byte more");
  }

  @Test
  void rowsThatChangedPlacesAreSeen() throws IOException {
    byte[] other = sound.clone();
    other[StoreFormat.HEAD + 1] = sound[StoreFormat.HEAD + 2];
    other[StoreFormat.HEAD + 2] = sound[StoreFormat.HEAD + 1];
    requireRefused(other, "two counts");
  }

  @Test
  void theSentenceSaysWhichCell() throws IOException {
    byte[] other = sound.clone();
    other[StoreFormat.HEAD] ^= 1;
    Files.write(file, other);
    try (CountStore store = CountStore.open(file)) {
      AnyStoreTest.requireEqual(
          store.counts("rna").gather(new int[] {2}), RNA.slice(2, 3)); // another cell is sound
      assertThatThrownBy(() -> store.counts("rna").gather(new int[] {2, 0}))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "The counts kept in %s are damaged: the counts of cell 1 in modality 'rna' do not have"
                  + " their checksum; expected them as they were written.",
              file);
    }
  }

  @Test
  void aStoreThatIsCutWhileItIsReadIsSeen() throws IOException {
    try (CountStore store = CountStore.open(file)) {
      Files.write(file, new byte[0]);
      assertThatThrownBy(() -> store.counts("rna").gather(new int[] {0}))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("it ends early");
    }
  }

  @Test
  void anotherVersionAndAnotherFileAreNamed() throws IOException {
    byte[] other = sound.clone();
    other[8] = 2;
    Files.write(file, other);
    assertThatThrownBy(this::readAll).hasMessageContaining("its version is 2, expected 1");
    Files.writeString(file, "cell,gene,count\n".repeat(10));
    assertThatThrownBy(this::readAll).hasMessageContaining("it does not begin as a store");
  }
}
