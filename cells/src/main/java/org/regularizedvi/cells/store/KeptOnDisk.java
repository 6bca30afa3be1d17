package org.regularizedvi.cells.store;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountKeeper;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;

/** Keeps counts in temporary files, one for each modality, which are gone when this is closed. */
public final class KeptOnDisk implements CountKeeper, AutoCloseable {
  private final Path folder;
  private final DiskReads reads;
  private final Map<String, CountStore> stores = new HashMap<>();
  private final Map<String, StoredCounts> dealing = new HashMap<>();
  private final Map<String, String> told = new TreeMap<>();

  /**
   * Says where the files are; nothing is written yet.
   *
   * @param folder where they are, made when it is missing
   * @param reads how cells are read from them
   */
  public KeptOnDisk(Path folder, DiskReads reads) {
    this.reads = reads;
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** {@return the folder of the files} */
  public Path folder() {
    return folder;
  }

  /**
   * {@inheritDoc} Counts of the same modality that were kept before are gone. Those that lie on
   * disk already, with all their columns, stay there alone.
   */
  @Override
  public Counts keep(CellSource source, String modality, Optional<int[]> columns) {
    Optional<Counts> there = columns.isPresent() ? Optional.empty() : source.onDisk(modality);
    if (there.isPresent()) {
      return served(modality, there.get());
    }
    Optional.ofNullable(stores.remove(modality)).ifPresent(CountStore::close);
    try (CountReader reader = reader(source, modality, columns)) {
      CountStore store = CountStore.temporary(folder, modality, reader);
      stores.put(modality, store);
      return served(modality, store.counts(modality));
    }
  }

  /**
   * {@return counts as they are best read from the disk that they lie on; the same of those in
   * memory}
   *
   * @param modality the name of the modality
   * @param counts its counts
   */
  public Counts served(String modality, Counts counts) {
    if (!(counts instanceof StoredCounts stored)) {
      return counts;
    }
    told.remove(modality);
    boolean dealt = reads == DiskReads.DEALT;
    if (reads == DiskReads.MEASURED && DiskTrial.tells(stored.stored())) {
      DiskTrial trial = DiskTrial.of(stored);
      dealt = trial.slow();
      String speed =
          "the disk gives some %,d single cells a second".formatted(Math.round(trial.cells()));
      told.put(
          modality,
          dealt
              ? "%s: once an epoch it is read in a run, and cells are dealt into the epoch's order in %s"
                  .formatted(speed, folder)
              : speed);
    }
    if (!dealt) {
      return stored;
    }
    StoredCounts own = stored.dealing(folder);
    Optional.ofNullable(dealing.put(modality, own)).ifPresent(StoredCounts::close);
    return own;
  }

  /** {@return sentences on how cells are read, of trials that were made} */
  public List<String> told() {
    return List.copyOf(told.values());
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
    dealing.values().forEach(StoredCounts::close);
    stores.values().forEach(CountStore::close);
  }
}
