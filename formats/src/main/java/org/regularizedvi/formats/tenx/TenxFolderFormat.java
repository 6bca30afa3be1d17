package org.regularizedvi.formats.tenx;

import java.nio.file.Path;
import java.util.List;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.formats.CellFormat;

/** Reads folders with a matrix.mtx and the names of its features and cells. */
public final class TenxFolderFormat implements CellFormat {
  @Override
  public String words() {
    return "a 10x folder (matrix.mtx, features.tsv, barcodes.tsv)";
  }

  @Override
  public List<String> endings() {
    return TenxFolder.MATRIX;
  }

  @Override
  public boolean recognises(Path input) {
    return TenxFolder.isAt(input);
  }

  @Override
  public List<String> modalities(Path input) {
    TenxFeatures features = TenxFolder.of(input).readFeatures();
    return List.copyOf(features.modalities(input.toString()).keySet());
  }

  @Override
  public boolean onlyX() {
    return true;
  }

  @Override
  public CellSource open(Path input, Selection selection) {
    TenxFolder folder = TenxFolder.of(input);
    List<String> barcodes = folder.readBarcodes();
    TenxFeatures features = folder.readFeatures();
    MtxMatrix matrix = MtxMatrix.open(folder.matrix(), barcodes.size(), features.size());
    return new TenxCells(input, barcodes, features, matrix, selection);
  }
}
