package org.regularizedvi.formats.prepared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Aligned;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.cells.TableCopy;
import org.regularizedvi.cells.store.CountStore;
import org.regularizedvi.cells.view.SomeCells;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.InputException;

/**
 * Gives prepared cells, whose counts stay on disk. Of some of several modalities, or of the cells
 * that all have, a cell has a modality when it has counts in it.
 */
final class PreparedCells implements CellSource {
  private final Path folder;
  private final Manifest manifest;
  private final CellSource tables;
  private final CountStore store;
  private final CountChecks checks;
  private final CellTable cells;
  private final SequencedMap<String, Counts> counts = new LinkedHashMap<>();

  /** The places of the cells that are taken, where not all are. */
  private final Optional<int[]> rows;

  private PreparedCells(
      Path folder, Manifest manifest, CellSource tables, CountStore store, Selection selection) {
    this.folder = folder;
    this.manifest = manifest;
    this.tables = tables;
    this.store = store;
    this.checks = selection.checks();
    requirePlaces(selection);
    List<String> taken = tables.modalities();
    boolean all = taken.size() == manifest.modalities().size();
    this.rows =
        all && selection.join() == CellJoin.UNION
            ? Optional.empty()
            : Optional.of(taken(selection.join()));
    for (String name : taken) {
      Counts own = store.counts(name);
      counts.put(name, rows.map(own::inOrder).orElse(own));
    }
    CellTable table =
        new PreparedTable(
            tables.cells(), folder.toAbsolutePath().normalize().getFileName().toString());
    this.cells = rows.<CellTable>map(some -> new SomeCells(table, some)).orElse(table);
  }

  /**
   * Opens a folder.
   *
   * @throws InputException when it is damaged, or has not what is selected
   */
  static PreparedCells open(Path folder, Selection selection) {
    Manifest manifest = Manifest.read(folder);
    requireFiles(folder, manifest);
    CellSource tables =
        Formats.open(
            folder.resolve(manifest.tables().name()),
            new Selection(selection.modalities(), CellJoin.UNION, Map.of(), CountChecks.INTEGERS));
    try {
      CountStore store = CountStore.open(folder.resolve(PreparedFormat.COUNTS));
      try {
        requireTheCounts(folder, manifest, store);
        return new PreparedCells(folder, manifest, tables, store, selection);
      } catch (RuntimeException | Error e) {
        store.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      tables.close();
      throw e;
    }
  }

  private static void requireFiles(Path folder, Manifest manifest) {
    if (!PreparedFormat.FILES.contains(manifest.tables().name())) {
      throw Manifest.damaged(folder, "its tables are said to be in " + manifest.tables().name());
    }
    try {
      requireSize(folder.resolve(PreparedFormat.COUNTS), manifest.countBytes());
      Path tables = folder.resolve(manifest.tables().name());
      requireSize(tables, manifest.tables().bytes());
      if (!StoredFile.of(tables).equals(manifest.tables())) {
        throw Manifest.damaged(folder, "%s has another SHA-256".formatted(tables.getFileName()));
      }
    } catch (IOException e) {
      throw new InputException("Cannot read %s: %s".formatted(folder, e), e);
    }
  }

  private static void requireSize(Path file, long bytes) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw Manifest.damaged(file.getParent(), "it lacks the file " + file.getFileName());
    }
    if (Files.size(file) != bytes) {
      throw Manifest.damaged(
          file.getParent(),
          "%s has %,d bytes and should have %,d"
              .formatted(file.getFileName(), Files.size(file), bytes));
    }
  }

  private static void requireTheCounts(Path folder, Manifest manifest, CountStore store) {
    List<StoredPart> found =
        store.modalities().stream().map(name -> StoredPart.of(name, store.counts(name))).toList();
    if (!found.equals(manifest.modalities())) {
      throw Manifest.damaged(folder, "its counts are not those that it was prepared with");
    }
  }

  static boolean holds(Manifest manifest, String modality, CountSource source) {
    InputChoices choices = StoredChoices.read(manifest.choices());
    List<String> all = manifest.modalities().stream().map(StoredPart::name).toList();
    return source.equals(CountSource.x())
        || source.equals(choices.counts().sources(all).get(modality));
  }

  private void requirePlaces(Selection selection) {
    selection
        .counts()
        .forEach(
            (modality, source) -> {
              if (!holds(manifest, modality, source)) {
                throw new InputException(
                    "%s has no %s: prepared cells have the counts that prepare was told to take."
                        .formatted(folder, source.words()));
              }
            });
  }

  /** Returns the places of cells with counts in any of the modalities that are taken, or in all. */
  private int[] taken(CellJoin join) {
    List<Counts> own = tables.modalities().stream().map(store::counts).toList();
    int[] some =
        IntStream.range(0, tables.cells().nObs())
            .filter(
                cell ->
                    join == CellJoin.UNION
                        ? own.stream().anyMatch(one -> !one.isEmpty(cell))
                        : own.stream().noneMatch(one -> one.isEmpty(cell)))
            .toArray();
    if (some.length == 0) {
      throw new InputException(
          "No cell of %s has counts in %s of %s; expected some cells that have."
              .formatted(
                  folder,
                  join == CellJoin.UNION ? "any" : "all",
                  String.join(", ", tables.modalities())));
    }
    return some;
  }

  @Override
  public List<Path> paths() {
    return List.of(folder);
  }

  /** Returns what was taken of the files that the cells come from. */
  @Override
  public InputChoices choices() {
    return StoredChoices.read(manifest.choices());
  }

  @Override
  public CellTable cells() {
    return cells;
  }

  @Override
  public FloatMatrix obsm(String key) {
    FloatMatrix all = tables.obsm(key);
    return rows.map(some -> Aligned.matrix(all, some)).orElse(all);
  }

  @Override
  public List<String> obsmKeys() {
    return tables.obsmKeys();
  }

  @Override
  public List<String> notes() {
    List<SourceFile> sources = manifest.sources();
    List<String> notes = new ArrayList<>();
    notes.add(
        "counts stay on disk in %s, prepared from %s"
            .formatted(
                folder,
                sources.size() == 1
                    ? sources.getFirst().name()
                    : "%,d files".formatted(sources.size())));
    String changed =
        sources.stream()
            .filter(SourceFile::isAnotherNow)
            .map(SourceFile::path)
            .collect(Collectors.joining(", "));
    if (!changed.isEmpty()) {
      notes.add("changed since %s was prepared from it: %s".formatted(folder, changed));
    }
    return notes;
  }

  @Override
  public List<String> modalities() {
    return tables.modalities();
  }

  @Override
  public FeatureTable features(String modality) {
    return tables.features(modality);
  }

  @Override
  public Counts counts(String modality) {
    tables.features(modality);
    Counts own = counts.get(modality);
    if (own.fractional() && checks == CountChecks.INTEGERS) {
      throw new InputException(
          "%s has counts that are not whole%s; expected whole counts, or --allow-non-integer."
              .formatted(folder, modality.isEmpty() ? "" : " in modality '" + modality + "'"));
    }
    return own;
  }

  @Override
  public Optional<Counts> onDisk(String modality) {
    return Optional.of(counts(modality));
  }

  @Override
  public CountReader countReader(String modality) {
    return CountReader.of(counts(modality));
  }

  @Override
  public void requireWritable(Destination to, IfExists ifExists) {
    Formats.requireOutput(folder, to.ofOnly(folder), ifExists);
  }

  /** Writes all that was prepared into a file of another format, with the counts. */
  @Override
  public void write(Destination to, TableAdditions additions, IfExists ifExists) {
    requireWritable(to, ifExists);
    List<String> leftOut = new ArrayList<>();
    var copy = new TableCopy(this, leftOut::add).with(this::counts, additions);
    if (!leftOut.isEmpty()) {
      throw new InputException(leftOut.getFirst());
    }
    Formats.write(to.ofOnly(folder), copy, ifExists);
  }

  @Override
  public void close() {
    store.close();
    tables.close();
  }
}
