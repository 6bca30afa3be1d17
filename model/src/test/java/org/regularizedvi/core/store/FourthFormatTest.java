package org.regularizedvi.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.formats.anndata.AnnDataCells;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.model.RegularizedModel;

/**
 * A model that the program saved when model.json was of format 4, with what it found for its 60
 * invented cells: {@code train --n-hidden 4 --n-latent 2 --library-n-hidden 3 --max-epochs 3
 * --precision float32 --seed 5 --batch-key batch}.
 */
final class FourthFormatTest {
  private static final Path FOLDER = Path.of("src/test/resources/models/format4");

  @Test
  void aModelWithoutYoungerOptionsEmbedsAsTheProgramThatWroteIt() {
    try (RegularizedModel model = RegularizedModel.load(FOLDER);
        AnnDataFile file = AnnDataFile.open(FOLDER.resolve("cells.h5ad"))) {
      Embedding found = model.embed(new AnnDataCells(file, CountSource.x(), CountChecks.INTEGERS));
      assertThat(found.latent().values())
          .containsExactly(file.obsm("X_regularizedvi").values(), within(1e-5f));
    }
  }
}
