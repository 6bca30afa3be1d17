package org.regularizedvi.cells.share;

import java.util.Optional;
import java.util.function.IntFunction;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountKeeper;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.FeatureRange;
import org.regularizedvi.cells.view.OtherCounts;

/**
 * Keeps the counts of those features that this process needs again and again, one of several that
 * share a training; of the others it takes down what is asked of each cell as they pass by. What is
 * asked of all features once is read from the file again, which stays open.
 *
 * @param keeper keeps them
 * @param needed says which features are needed of so many
 */
public record SharingKeeper(CountKeeper keeper, IntFunction<FeatureRange> needed)
    implements CountKeeper {
  /** {@inheritDoc} Those that lie on disk already, with all their features, stay as they are. */
  @Override
  public Counts keep(CellSource source, String modality, Optional<int[]> columns) {
    int all =
        columns.map(own -> own.length).orElseGet(() -> source.features(modality).varNames().size());
    FeatureRange part = needed.apply(all);
    if (part.equals(FeatureRange.all(all))
        || (columns.isEmpty() && source.onDisk(modality).isPresent())) {
      return keeper.keep(source, modality, columns);
    }
    Reading reading = new Reading(source, modality, columns, part);
    Counts held =
        keeper.keep(new OtherCounts(source, modality, reading::part), modality, Optional.empty());
    return new SharedCounts(reading::open, held, reading.passed.facts(), reading.passed.digest());
  }

  /** Reads a modality, from its first row whenever it is opened. */
  private static final class Reading {
    private final CellSource source;
    private final String modality;
    private final Optional<int[]> columns;
    private final FeatureRange part;
    private PassedRows passed;

    private Reading(
        CellSource source, String modality, Optional<int[]> columns, FeatureRange part) {
      this.source = source;
      this.modality = modality;
      this.columns = columns;
      this.part = part;
    }

    private CountReader open() {
      CountReader reader = source.countReader(modality);
      return columns.map(reader::columns).orElse(reader);
    }

    private CountReader part() {
      CountReader reader = open();
      passed = new PassedRows(reader.rows(), reader.columns(), part);
      return reader.part(part, passed::add);
    }
  }
}
