package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.MissingSlices;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.ModalityCounts;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.store.Safetensors;
import org.regularizedvi.formats.mudata.MuDataFile;
import org.regularizedvi.input.InputException;

/** What the latent holds in the slices of modalities that cells lack. */
final class MissingSlicesTest {
  private static final int CELLS = SavedSmallMultiome.CELLS;
  private static final String MEAN = "complete_cells.latent_mean";
  private static final String COVARIANCE = "complete_cells.latent_covariance";

  @TempDir static Path dir;
  private static SavedSmallMultiome small;
  private static Embedding encoded;
  private static Embedding predicted;

  @BeforeAll
  static void train() {
    small = SavedSmallMultiome.in(dir, LatentConfig.defaults());
    encoded = small.model().embed(small.source(), MissingSlices.ENCODED);
    predicted = small.model().embed(small.source());
  }

  @AfterAll
  static void close() {
    small.close();
  }

  private static boolean lacks(int modality, int cell) {
    return small.data().modalities().get(modality).counts().isEmpty(cell);
  }

  @Test
  void onlySlicesThatCellsLackChange() {
    int own = predicted.latent().columns() / 2;
    for (int n = 0; n < CELLS; n++) {
      for (int k = 0; k < 2 * own; k++) {
        float before = encoded.latent().at(n, k);
        float after = predicted.latent().at(n, k);
        if (lacks(k / own, n)) {
          assertThat(after).isNotEqualTo(before);
          assertThat(predicted.modalities().get(k / own).latent().orElseThrow().at(n, k % own))
              .isNaN();
        } else {
          assertThat(after).isEqualTo(before);
        }
      }
    }
    long lacking = IntStream.range(0, CELLS).filter(n -> lacks(0, n) || lacks(1, n)).count();
    assertThat(encoded.unpredicted()).isEqualTo((int) lacking).isPositive();
    assertThat(predicted.unpredicted()).isZero();
    assertThat(predicted.warning()).isEmpty();
  }

  /** Every third, last first, in a file of their own; encoders do not see batches. */
  @Test
  void aCellDoesNotDependOnTheOthers() {
    int[] some = IntStream.range(0, 30).map(n -> 87 - 3 * n).toArray();
    CellData data = small.data();
    Path file = dir.resolve("some.h5mu");
    SavedSmallMultiome.write(
        new CellData(
            "some",
            data.modalities().stream()
                .map(
                    own ->
                        new ModalityCounts(own.name(), own.counts().inOrder(some), own.features()))
                .toList(),
            data.schema(),
            data.covariates().gather(some),
            data.choices()),
        file);
    try (MuDataFile opened = MuDataFile.open(file)) {
      Embedding alone = small.model().embed(SavedSmallMultiome.source(opened));
      for (int n = 0; n < some.length; n++) {
        for (int k = 0; k < alone.latent().columns(); k++) {
          assertThat((double) alone.latent().at(n, k))
              .isCloseTo(predicted.latent().at(some[n], k), within(1e-5));
        }
      }
    }
  }

  @Test
  void aLoadedModelPredictsTheSameBits() {
    try (RegularizedMultimodalVI loaded = RegularizedMultimodalVI.load(small.folder())) {
      assertThat(loaded.embed(small.source()).latent().values())
          .isEqualTo(predicted.latent().values());
    }
  }

  /** As folders were before there were predictions, and as an import makes them. */
  @Test
  void aFolderWithoutMomentsEncodesAndSaysSo() throws IOException {
    Path folder = with(tensors -> tensors.keySet().removeAll(Arrays.asList(MEAN, COVARIANCE)));
    try (RegularizedMultimodalVI old = RegularizedMultimodalVI.load(folder)) {
      Embedding found = old.embed(small.source());
      assertThat(found.latent().values()).isEqualTo(encoded.latent().values());
      assertThat(found.unpredicted()).isEqualTo(encoded.unpredicted());
      assertThat(found.warning().orElseThrow())
          .isEqualTo(
              "%d of 90 cells lack a modality whose slice of the latent representation the model cannot predict, as it was imported, saved by an earlier version or trained on too few cells with every modality; the slice holds what the encoder says of no counts, and clusterings may put these cells apart."
                  .formatted(found.unpredicted()));
    }
  }

  @Test
  void damagedMomentsAreNamed() throws IOException {
    Path one = with(tensors -> tensors.remove(COVARIANCE));
    assertThatThrownBy(() -> RegularizedMultimodalVI.load(one))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s is damaged: '%s' has 0 values; expected 144, the square of the 12 of '%s'."
                .formatted(one.resolve("model.safetensors"), COVARIANCE, MEAN));
    Path small =
        with(
            tensors -> {
              tensors.put(MEAN, new Safetensors.Entry(new long[] {2}, new float[2]));
              tensors.put(COVARIANCE, new Safetensors.Entry(new long[] {2, 2}, new float[4]));
            });
    assertThatThrownBy(() -> RegularizedMultimodalVI.load(small))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s is damaged: it has the mean of 2 latent dimensions side by side; expected 12."
                .formatted(small));
  }

  /** A change of a folder's tensors. */
  private interface Change {
    void make(SequencedMap<String, Safetensors.Entry> tensors);
  }

  private static Path with(Change change) throws IOException {
    Path folder = Files.createTempDirectory(dir, "changed");
    Files.copy(small.folder().resolve("model.json"), folder.resolve("model.json"));
    SequencedMap<String, Safetensors.Entry> tensors =
        Safetensors.read(small.folder().resolve("model.safetensors"));
    change.make(tensors);
    Safetensors.write(folder.resolve("model.safetensors"), tensors);
    return folder;
  }
}
