package org.regularizedvi.formats.prepared;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.formats.CellFormat;
import org.regularizedvi.formats.CellPreparer;

/** Reads folders of cells that were prepared for several runs: see {@link Preparation}. */
public final class PreparedFormat implements CellFormat {
  /** The end of the names of folders. */
  static final String ENDING = ".rvi";

  /** The name of the file with the counts. */
  static final String COUNTS = "counts";

  /** The name of the file with the tables of cells of one modality. */
  static final String TABLES = "cells.h5ad";

  /** The name of the file with the tables of cells of several modalities. */
  static final String TABLES_OF_SEVERAL = "cells.h5mu";

  /** The names of all files that a folder may have. */
  static final List<String> FILES = List.of(Manifest.FILE, COUNTS, TABLES, TABLES_OF_SEVERAL);

  @Override
  public String words() {
    return "a folder of prepared cells (.rvi)";
  }

  @Override
  public List<String> endings() {
    return List.of(ENDING);
  }

  @Override
  public boolean recognises(Path folder) {
    return Files.isRegularFile(folder.resolve(Manifest.FILE));
  }

  @Override
  public List<String> modalities(Path folder) {
    return Manifest.read(folder).modalities().stream().map(StoredPart::name).toList();
  }

  /** The counts of a folder are those of the place that they come from, and X. */
  @Override
  public boolean holds(Path folder, String modality, CountSource source) {
    return PreparedCells.holds(Manifest.read(folder), modality, source);
  }

  @Override
  public boolean onlyX() {
    return true;
  }

  @Override
  public boolean ownsFolder() {
    return true;
  }

  @Override
  public List<Path> hdf5Within(Path folder) {
    return recognises(folder)
        ? Stream.of(TABLES, TABLES_OF_SEVERAL).map(folder::resolve).filter(Files::exists).toList()
        : List.of();
  }

  @Override
  public Optional<CellPreparer> preparer() {
    return Optional.of(new Preparation());
  }

  @Override
  public CellSource open(Path folder, Selection selection) {
    return PreparedCells.open(folder, selection);
  }
}
