package org.regularizedvi.formats.prepared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.cells.TableCopy;
import org.regularizedvi.cells.store.CountStore;
import org.regularizedvi.files.DiskRoom;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.files.WholeFolder;
import org.regularizedvi.formats.CellPreparer;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.InputException;

/** Writes {@link PreparedFormat folders of prepared cells}. */
final class Preparation implements CellPreparer {
  @Override
  public void requireTarget(List<Path> inputs, Path target, IfExists ifExists) {
    if (!target.getFileName().toString().endsWith(PreparedFormat.ENDING)) {
      throw new InputException(
          "The name of a folder of prepared cells must end in %s, but is %s."
              .formatted(PreparedFormat.ENDING, target));
    }
    Formats.requireApart(inputs, target);
    WholeFolder.require(target);
    if (Files.exists(target)) {
      requireReplaceable(target, ifExists);
    }
  }

  private static void requireReplaceable(Path target, IfExists ifExists) {
    List<String> others = others(target);
    boolean prepared = Files.exists(target.resolve(Manifest.FILE));
    if (!prepared && !others.isEmpty()) {
      throw new InputException(
          "%s exists and holds no prepared cells; choose another name.".formatted(target));
    }
    if (!others.isEmpty()) {
      throw new InputException(
          "%s holds %s beside its prepared cells, which would be lost; move it elsewhere, or choose another name."
              .formatted(target, others.getFirst()));
    }
    if (prepared && ifExists == IfExists.REFUSE) {
      throw new InputException(
          "Will not write %s: it exists; choose another name, or overwrite it (--overwrite)."
              .formatted(target));
    }
  }

  /** Lists what is in a folder besides prepared cells. */
  private static List<String> others(Path target) {
    if (!Files.isDirectory(target)) {
      throw new InputException("Cannot write %s: it is a file.".formatted(target));
    }
    try (Stream<Path> files = Files.list(target)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !PreparedFormat.FILES.contains(name))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InputException("Cannot look into %s: %s".formatted(target, e), e);
    }
  }

  @Override
  public void write(CellSource source, Path target, IfExists ifExists, Consumer<String> leftOut) {
    requireTarget(source.paths(), target, ifExists);
    CellTable cells = source.cells();
    CellTable.requireUnique("name of a cell", cells.obsNames(), cells.source());
    source.modalities().forEach(name -> source.features(name).requireUniqueVarNames());
    List<SourceFile> sources = source.paths().stream().map(SourceFile::at).toList();
    try {
      WholeFolder.write(
          target,
          ifExists,
          fresh -> {
            requireRoom(source, target);
            CountStore.write(fresh.resolve(PreparedFormat.COUNTS), readers(source));
            Path tables = tables(fresh, source);
            Formats.write(
                tables,
                new TableCopy(source, leftOut)
                    .with(name -> none(source, name), TableAdditions.shared(List.of())),
                IfExists.REFUSE);
            manifest(source, sources, fresh, tables).write(fresh);
          });
    } catch (IOException e) {
      throw new InputException("Cannot write %s: %s".formatted(target, e.getMessage()), e);
    }
  }

  private static SequencedMap<String, Supplier<CountReader>> readers(CellSource source) {
    SequencedMap<String, Supplier<CountReader>> readers = new LinkedHashMap<>();
    source.modalities().forEach(name -> readers.put(name, () -> source.countReader(name)));
    return readers;
  }

  private static void requireRoom(CellSource source, Path target) throws IOException {
    long bytes = 0;
    for (String name : source.modalities()) {
      try (CountReader reader = source.countReader(name)) {
        bytes += CountStore.leastBytes(reader);
      }
    }
    DiskRoom.require(target.toAbsolutePath().getParent(), bytes, "The counts of prepared cells");
  }

  private static Path tables(Path folder, CellSource source) {
    boolean one = source.modalities().equals(Selection.ONE_MODALITY);
    return folder.resolve(one ? PreparedFormat.TABLES : PreparedFormat.TABLES_OF_SEVERAL);
  }

  /** Returns no counts at all, of all cells and features. */
  private static Counts none(CellSource source, String modality) {
    return CountsInMemory.of(
        SparseRows.empty(source.cells().nObs(), source.features(modality).varNames().size()));
  }

  private static Manifest manifest(
      CellSource source, List<SourceFile> sources, Path folder, Path tables) throws IOException {
    Path counts = folder.resolve(PreparedFormat.COUNTS);
    List<StoredPart> parts = new ArrayList<>();
    try (CountStore store = CountStore.open(counts)) {
      store.modalities().forEach(name -> parts.add(StoredPart.of(name, store.counts(name))));
    }
    return new Manifest(
        Manifest.FORMAT,
        sources,
        StoredChoices.of(source.choices()),
        parts,
        StoredFile.of(tables),
        Files.size(counts));
  }
}
