package org.regularizedvi.formats.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.ZarrStores;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.anndata.WrittenCheck;
import org.regularizedvi.formats.mudata.MuDataFile;
import org.regularizedvi.input.InputException;

/** What anndata and mudata wrote as Zarr is read as what they wrote as HDF5. */
class AnnDataInZarrTest {
  @ParameterizedTest
  @ValueSource(strings = {"v2.zarr", "v3.zarr", "sharded.zarr", "v3.zarr.zip"})
  void filesOfAnnData(String kind) {
    for (String name : ZarrStores.SINGLE) {
      try (AnnDataFile expected = AnnDataFile.open(ZarrStores.of(name + ".h5ad"));
          AnnDataFile found = AnnDataFile.open(ZarrStores.of(name + "." + kind))) {
        requireSame(expected, found);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v2.zarr", "v3.zarr", "v3.zarr.zip"})
  void filesOfMuData(String kind) {
    for (String name : ZarrStores.SEVERAL) {
      try (MuDataFile expected = MuDataFile.open(ZarrStores.of(name + ".h5mu"));
          MuDataFile found = MuDataFile.open(ZarrStores.of(name + "." + kind))) {
        assertThat(found.modalities()).isEqualTo(expected.modalities());
        assertThat(found.obsNames()).isEqualTo(expected.obsNames());
        requireSame(expected.shared(), found.shared());
        for (String modality : expected.modalities()) {
          requireSame(expected.modality(modality), found.modality(modality));
        }
      }
    }
  }

  private static void requireSame(AnnDataFile expected, AnnDataFile found) {
    assertThat(found.obsNames()).isEqualTo(expected.obsNames());
    assertThat(found.varNames()).isEqualTo(expected.varNames());
    assertThat(found.obsColumns()).isEqualTo(expected.obsColumns());
    assertThat(found.varColumns()).isEqualTo(expected.varColumns());
    for (String name : expected.obsColumns()) {
      assertThat(WrittenCheck.same(found.obs(name), expected.obs(name))).as(name).isTrue();
    }
    for (String name : expected.varColumns()) {
      assertThat(WrittenCheck.same(found.var(name), expected.var(name))).as(name).isTrue();
    }
    assertThat(found.uns("nothing")).isEqualTo(expected.uns("nothing"));
    assertThat(found.obsmKeys()).isEqualTo(expected.obsmKeys());
    assertThat(found.layers()).isEqualTo(expected.layers());
    List<CountSource> sources = new ArrayList<>();
    expected.layers().forEach(layer -> sources.add(CountSource.layer(layer)));
    if (hasCounts(expected)) {
      sources.add(CountSource.x());
    }
    for (CountSource source : sources) {
      assertThat(found.counts(source, CountChecks.ALLOW_NON_INTEGER).inMemory().digest())
          .isEqualTo(expected.counts(source, CountChecks.ALLOW_NON_INTEGER).inMemory().digest());
    }
  }

  private static boolean hasCounts(AnnDataFile file) {
    try {
      file.counts(CountSource.x(), CountChecks.ALLOW_NON_INTEGER).inMemory();
      return true;
    } catch (InputException e) {
      assertThat(e).hasMessageContaining("has no X");
      return false;
    }
  }

  @Test
  void theServiceFindsThem() {
    for (String kind : new String[] {"v2.zarr", "v3.zarr", "sharded.zarr", "v3.zarr.zip"}) {
      Path file = ZarrStores.of("rich." + kind);
      Formats.requireWhole(file);
      assertThat(Formats.of(file).words()).startsWith("an AnnData file");
      try (CellSource cells = Formats.open(file)) {
        assertThat(cells.modalities()).containsExactly("");
        assertThat(cells.paths()).containsExactly(file);
      }
    }
    Path several = ZarrStores.of("same.v2.zarr");
    assertThat(Formats.of(several).words()).startsWith("a MuData file");
    try (CellSource cells = Formats.open(several);
        CellSource expected = Formats.open(ZarrStores.of("same.h5mu"))) {
      assertThat(cells.modalities()).isEqualTo(expected.modalities());
    }
  }
}
