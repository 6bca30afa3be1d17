package org.regularizedvi.formats.mudata;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.files.TemporaryFile;
import org.regularizedvi.formats.CellFormat;
import org.regularizedvi.formats.CellWriter;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.anndata.Containers;
import org.regularizedvi.formats.anndata.encoding.Modalities;
import org.regularizedvi.formats.hierarchy.Hierarchy;

/**
 * Reads MuData files (.h5mu) and Zarr stores, which hold several modalities of the same cells, each
 * with a name.
 */
public final class MuDataFormat implements CellFormat {
  @Override
  public String words() {
    return "a MuData file (.h5mu) or store (.zarr)";
  }

  @Override
  public List<String> endings() {
    return Containers.endings(".h5mu");
  }

  @Override
  public boolean recognises(Path file) {
    if (Containers.at(file).isEmpty()) {
      return false;
    }
    try (Hierarchy opened = Containers.open(file)) {
      return Modalities.presentIn(opened);
    }
  }

  @Override
  public List<String> modalities(Path file) {
    try (Hierarchy opened = Containers.open(file)) {
      return Modalities.names(opened);
    }
  }

  @Override
  public boolean holds(Path file, String modality, CountSource source) {
    try (Hierarchy opened = Containers.open(file)) {
      return AnnDataFile.modality(opened, modality, TemporaryFile.systemFolder()).holds(source);
    }
  }

  @Override
  public CellSource open(Path file, Selection selection) {
    if (selection.modalities().equals(Selection.ONE_MODALITY)) {
      try (Hierarchy opened = Containers.open(file)) {
        Modalities.requireNone(opened);
      }
    }
    MuDataFile opened =
        MuDataFile.open(file, selection.modalities(), selection.join(), selection.temporary());
    try {
      return new MuDataCells(opened, selection.counts(), selection.checks());
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  @Override
  public Optional<CellWriter> writer() {
    return Optional.of(new MuDataWriter());
  }
}
