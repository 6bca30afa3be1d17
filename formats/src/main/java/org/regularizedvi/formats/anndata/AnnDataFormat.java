package org.regularizedvi.formats.anndata;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.formats.CellFormat;
import org.regularizedvi.formats.CellWriter;
import org.regularizedvi.formats.anndata.encoding.Modalities;
import org.regularizedvi.formats.hierarchy.Hierarchy;

/** Reads AnnData files (.h5ad) and Zarr stores, which hold one modality. */
public final class AnnDataFormat implements CellFormat {
  @Override
  public String words() {
    return "an AnnData file (.h5ad) or store (.zarr)";
  }

  @Override
  public List<String> endings() {
    return Containers.endings(".h5ad");
  }

  @Override
  public boolean recognises(Path file) {
    if (Containers.at(file).isEmpty()) {
      return false;
    }
    try (Hierarchy opened = Containers.open(file)) {
      return !Modalities.presentIn(opened) && opened.exists("obs") && opened.exists("var");
    }
  }

  @Override
  public List<String> modalities(Path file) {
    return Selection.ONE_MODALITY;
  }

  @Override
  public boolean holds(Path file, String modality, CountSource source) {
    try (AnnDataFile opened = AnnDataFile.open(file)) {
      return opened.holds(source);
    }
  }

  @Override
  public CellSource open(Path file, Selection selection) {
    boolean one = selection.modalities().equals(Selection.ONE_MODALITY);
    if (!selection.modalities().isEmpty() && !one) {
      try (Hierarchy opened = Containers.open(file)) {
        Modalities.requireSharedCells(opened);
      }
    }
    return new AnnDataCells(
        AnnDataFile.open(file, selection.temporary()), selection.countsOf(""), selection.checks());
  }

  @Override
  public Optional<CellWriter> writer() {
    return Optional.of(new AnnDataWriter());
  }
}
