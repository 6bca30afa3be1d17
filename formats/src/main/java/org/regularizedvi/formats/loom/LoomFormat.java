package org.regularizedvi.formats.loom;

import java.nio.file.Path;
import java.util.List;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.formats.CellFormat;
import org.regularizedvi.formats.hdf5.H5File;
import org.regularizedvi.formats.hierarchy.Hierarchy;

/** Reads loom files, which loompy and velocyto write. */
public final class LoomFormat implements CellFormat {
  @Override
  public String words() {
    return "a loom file (.loom)";
  }

  @Override
  public List<String> endings() {
    return List.of(".loom");
  }

  @Override
  public boolean recognises(Path file) {
    if (!H5File.isAt(file)) {
      return false;
    }
    try (H5File opened = H5File.open(file)) {
      return opened.kind(LoomCells.MATRIX) == Hierarchy.Kind.ARRAY
          && opened.exists(LoomCells.FEATURES)
          && opened.exists(LoomCells.CELLS);
    }
  }

  @Override
  public List<String> modalities(Path file) {
    return Selection.ONE_MODALITY;
  }

  @Override
  public boolean holds(Path file, String modality, CountSource source) {
    try (H5File opened = H5File.open(file)) {
      return source
          .layer()
          .map(name -> opened.kind(LoomCells.LAYERS + "/" + name) == Hierarchy.Kind.ARRAY)
          .orElse(true);
    }
  }

  @Override
  public CellSource open(Path file, Selection selection) {
    H5File opened = H5File.open(file);
    try {
      return new LoomCells(opened, selection);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }
}
