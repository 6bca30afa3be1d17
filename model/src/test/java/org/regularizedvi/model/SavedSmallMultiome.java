package org.regularizedvi.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.NewModality;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.ModalityCounts;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.mudata.MuDataCells;
import org.regularizedvi.formats.mudata.MuDataFile;
import org.regularizedvi.training.TrainListener;

/**
 * A small trained model of two modalities, which some cells lack, with its folder and a file of its
 * cells.
 */
record SavedSmallMultiome(
    Path folder, MuDataFile file, CellData data, RegularizedMultimodalVI model)
    implements AutoCloseable {
  static final int CELLS = 90;
  private static final CovariateKeys KEYS = CovariateKeys.batch("batch");

  static SavedSmallMultiome in(Path dir, LatentConfig latent) {
    Path cells = dir.resolve("cells.h5mu");
    write(TestCells.ofTwo(CELLS, KEYS), cells);
    MuDataFile file = MuDataFile.open(cells);
    CellData data = CellData.read(source(file), KEYS);
    MultimodalConfig config =
        new MultimodalConfig(TestCells.smallModel(), MultimodalOptions.defaults().with(latent));
    RegularizedMultimodalVI model = RegularizedMultimodalVI.setup(data, config, 7, _ -> {});
    model.train(
        data, TrainConfig.recommended().withMaxEpochs(3).withBatchSize(32), TrainListener.silent());
    Path folder = dir.resolve("model");
    model.save(folder, IfExists.REFUSE);
    return new SavedSmallMultiome(folder, file, data, model);
  }

  /** Writes cells of three batches; modalities stand in the file the other way round. */
  static void write(CellData data, Path file) {
    List<NewModality> modalities = new ArrayList<>();
    List<String> names = new ArrayList<>();
    String[] batch = new String[data.size()];
    for (int n = 0; n < batch.length; n++) {
      names.add("cell" + n);
      batch[n] = "b" + n % 3;
    }
    for (ModalityCounts own : data.modalities().reversed()) {
      modalities.add(new NewModality(own.name(), own.counts(), names, own.features(), List.of()));
    }
    Formats.write(
        file,
        new NewCells(modalities, List.of(new Addition.ObsColumn("batch", new Column.Text(batch)))),
        IfExists.REFUSE);
  }

  static CellSource source(MuDataFile file) {
    return new MuDataCells(file, Map.of(), CountChecks.INTEGERS);
  }

  CellSource source() {
    return source(file);
  }

  @Override
  public void close() {
    model.close();
    file.close();
  }
}
