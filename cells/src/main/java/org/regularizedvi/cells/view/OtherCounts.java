package org.regularizedvi.cells.view;

import java.util.Optional;
import java.util.function.Supplier;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.InputChoices;

/**
 * Shows a source as it is, but for the counts of one modality.
 *
 * @param all the source, which closing this closes
 * @param modality whose counts are others
 * @param reader opens them, from the first cell on
 */
public record OtherCounts(CellSource all, String modality, Supplier<CountReader> reader)
    implements View {
  @Override
  public InputChoices choices() {
    return all.choices();
  }

  @Override
  public Counts counts(String name) {
    if (!name.equals(modality)) {
      return all.counts(name);
    }
    try (CountReader others = reader.get()) {
      return CountsInMemory.read(others, features(name).source());
    }
  }

  @Override
  public Optional<Counts> onDisk(String name) {
    return name.equals(modality) ? Optional.empty() : all.onDisk(name);
  }

  @Override
  public CountReader countReader(String name) {
    return name.equals(modality) ? reader.get() : all.countReader(name);
  }
}
