package org.regularizedvi.cells.store;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountKeeper;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;

/** Keeps counts in temporary files, one for each modality, which are gone when this is closed. */
public final class KeptOnDisk implements CountKeeper, AutoCloseable {
  private final Path target;
  private final Map<String, CountStore> stores = new HashMap<>();

  /**
   * Says where the files are; nothing is written yet.
   *
   * @param target a file or folder that is yet to be written, in whose folder they are
   */
  public KeptOnDisk(Path target) {
    this.target = target.toAbsolutePath().normalize();
  }

  /** {@return the folder of the files} */
  public Path folder() {
    return target.getParent();
  }

  /**
   * {@inheritDoc} Counts of the same modality that were kept before are gone. Those that lie on
   * disk already, with all their columns, stay there alone.
   */
  @Override
  public Counts keep(CellSource source, String modality, Optional<int[]> columns) {
    Optional<Counts> there = columns.isPresent() ? Optional.empty() : source.onDisk(modality);
    if (there.isPresent()) {
      return there.get();
    }
    Optional.ofNullable(stores.remove(modality)).ifPresent(CountStore::close);
    try (CountReader reader = reader(source, modality, columns)) {
      CountStore store = CountStore.temporary(target, modality, reader);
      stores.put(modality, store);
      return store.counts(modality);
    }
  }

  private static CountReader reader(CellSource source, String modality, Optional<int[]> columns) {
    CountReader all = source.countReader(modality);
    return columns.map(all::columns).orElse(all);
  }

  /** {@return the bytes of all files, 0 where there is none} */
  public long size() {
    return stores.values().stream().mapToLong(CountStore::size).sum();
  }

  /** Removes the files; the counts are not to be used any more. */
  @Override
  public void close() {
    stores.values().forEach(CountStore::close);
  }
}
