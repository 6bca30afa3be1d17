package org.regularizedvi.formats.tenx;

import java.nio.file.Path;
import java.util.List;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.formats.CellFormat;
import org.regularizedvi.formats.hdf5.H5File;

/** Reads HDF5 files of counts as Cell Ranger writes them, and as CellBender copies them. */
public final class TenxH5Format implements CellFormat {
  @Override
  public String words() {
    return "a 10x matrix (.h5)";
  }

  @Override
  public List<String> endings() {
    return List.of(".h5");
  }

  @Override
  public boolean recognises(Path file) {
    if (!H5File.isAt(file)) {
      return false;
    }
    try (H5File opened = H5File.open(file)) {
      return !TenxH5.groups(opened).isEmpty();
    }
  }

  @Override
  public List<String> modalities(Path file) {
    try (TenxH5 opened = TenxH5.open(file)) {
      return List.copyOf(opened.features().modalities(file.toString()).keySet());
    }
  }

  @Override
  public boolean onlyX() {
    return true;
  }

  @Override
  public CellSource open(Path file, Selection selection) {
    TenxH5 opened = TenxH5.open(file);
    try {
      return new TenxCells(file, opened.barcodes(), opened.features(), opened, selection);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }
}
