package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountKeeper;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.FeatureRange;
import org.regularizedvi.cells.share.SharingKeeper;
import org.regularizedvi.cells.store.KeptOnDisk;
import org.regularizedvi.cli.options.RunSettings;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.input.MemoryException;
import org.regularizedvi.model.RunEstimate;

/**
 * Reads the cells of a training, and keeps their counts in memory where it holds them, else on disk
 * until this is closed.
 */
final class TrainingCells implements AutoCloseable {
  private final RunSettings settings;
  private final IntFunction<FeatureRange> needed;
  private final Console console;
  private final KeptOnDisk disk;

  /**
   * Prepares to read.
   *
   * @param settings of the run
   * @param folder where counts may lie
   * @param needed says which features' counts the training needs step after step, of so many
   * @param console is told when counts are kept on disk for this run
   */
  TrainingCells(
      RunSettings settings, Path folder, IntFunction<FeatureRange> needed, Console console) {
    this.settings = settings;
    this.needed = needed;
    this.console = console;
    this.disk = new KeptOnDisk(folder, settings.diskReads());
  }

  /**
   * Reads the cells, once more when it turns out that memory does not hold them.
   *
   * @param reader reads the cells
   * @param estimates what a training on them needs
   * @return the cells, to be used until this is closed
   * @throws org.regularizedvi.input.InputException with everything that is wrong with the cells; or
   *     when the training needs more memory than there is, and that is refused
   */
  CellData read(Function<CountKeeper, CellData> reader, Function<CellData, RunEstimate> estimates) {
    CellData data = reader.apply(sharing(settings.onDisk() ? disk : this::keep));
    if (estimates.apply(data).lacksMemoryForCounts(Processor.memory())
        && data.modalities().stream().anyMatch(own -> own.counts().inMemory())) {
      data = reader.apply(sharing(disk));
    }
    if (disk.size() > 0) {
      console.say(
          "counts are kept on disk in %s (%,d MB)".formatted(disk.folder(), disk.size() >> 20));
    }
    disk.told().forEach(console::say);
    settings.memory().check(estimates.apply(data), Processor.memory(), console::warn);
    return data;
  }

  private CountKeeper sharing(CountKeeper keeper) {
    return new SharingKeeper(keeper, needed);
  }

  private Counts keep(CellSource source, String modality, Optional<int[]> columns) {
    try {
      return disk.served(modality, CountKeeper.inMemory().keep(source, modality, columns));
    } catch (MemoryException _) {
      return disk.keep(source, modality, columns);
    }
  }

  @Override
  public void close() {
    disk.close();
  }
}
