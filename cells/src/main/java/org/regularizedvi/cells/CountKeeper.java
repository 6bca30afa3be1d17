package org.regularizedvi.cells;

import java.util.Optional;

/** Reads counts of a file, and keeps them where a training asks for them again and again. */
public interface CountKeeper {
  /**
   * {@return the counts of a modality, the same wherever they are kept}
   *
   * @param source the file
   * @param modality the name of the modality
   * @param columns those of the features that are kept, ascending; empty for all
   * @throws org.regularizedvi.input.InputException when a value is no count, or there is no room
   */
  Counts keep(CellSource source, String modality, Optional<int[]> columns);

  /** {@return the one that keeps counts in memory} */
  static CountKeeper inMemory() {
    return (source, modality, columns) -> {
      if (columns.isEmpty()) {
        return source.counts(modality);
      }
      try (CountReader reader = source.countReader(modality).columns(columns.get())) {
        return CountsInMemory.read(reader, source.features(modality).source());
      }
    };
  }
}
