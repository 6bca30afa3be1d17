package org.regularizedvi.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.anndata.AnnDataCells;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.training.TrainListener;

/**
 * A small trained model with its folder and a file of its cells, in which the genes stand the other
 * way round after one that the model does not know.
 *
 * @param counts as the model sees them
 */
record SavedSmallModel(Path folder, Path cells, SparseRows counts, AmbientRegularizedSCVI model)
    implements AutoCloseable {
  static final int CELLS = 90;

  static SavedSmallModel in(Path dir) {
    CellData data = TestCells.of(CELLS, CovariateKeys.batch("batch").withNnConditioning("donor"));
    int genes = TestCells.GENES;
    int[] all = new int[CELLS];
    String[] batch = new String[CELLS];
    String[] donor = new String[CELLS];
    List<String> names = new ArrayList<>();
    for (int n = 0; n < CELLS; n++) {
      all[n] = n;
      batch[n] = "b" + n % 3;
      donor[n] = "d" + n % 2;
      names.add("cell" + n);
    }
    SparseRows counts = data.counts().gather(all);
    int[] place = new int[genes];
    List<String> genesOfFile = new ArrayList<>(List.of("unknown"));
    for (int g = 0; g < genes; g++) {
      place[g] = genes - g;
      genesOfFile.add("g" + (genes - 1 - g));
    }
    Path cells = dir.resolve("cells.h5ad");
    Formats.write(
        cells,
        NewCells.ofOne(
            CountsInMemory.of(counts.withColumns(place, genes + 1)),
            names,
            genesOfFile,
            List.of(
                new Addition.ObsColumn("batch", new Column.Text(batch)),
                new Addition.ObsColumn("donor", new Column.Text(donor)))),
        IfExists.REFUSE);
    AmbientRegularizedSCVI model =
        AmbientRegularizedSCVI.setup(data, TestCells.smallModel(), 7, _ -> {});
    model.train(
        data, TrainConfig.recommended().withMaxEpochs(3).withBatchSize(32), TrainListener.silent());
    Path folder = dir.resolve("model");
    model.save(folder, IfExists.REFUSE);
    return new SavedSmallModel(folder, cells, counts, model);
  }

  Embedding embed() {
    try (AnnDataFile file = AnnDataFile.open(cells)) {
      return model.embed(new AnnDataCells(file, CountSource.x(), CountChecks.INTEGERS));
    }
  }

  /** What the decoder takes of a cell: its posterior mean, and its donor as one-hot columns. */
  static double[] decoderInputs(Embedding embedding, int cell, int donor) {
    int latent = embedding.latent().columns();
    double[] inputs = new double[latent + 2];
    for (int k = 0; k < latent; k++) {
      inputs[k] = embedding.latent().at(cell, k);
    }
    inputs[latent + donor] = 1;
    return inputs;
  }

  @Override
  public void close() {
    model.close();
  }
}
