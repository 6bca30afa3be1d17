package org.regularizedvi.formats.tenx;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.RowBlocks;
import org.regularizedvi.formats.anndata.encoding.DealtRows;
import org.regularizedvi.input.InputException;

/**
 * Gives the counts of a Matrix Market file, which may be stored as features x cells or the other
 * way.
 */
final class MtxMatrix implements TenxMatrix {
  private final Path file;
  private final int cells;
  private final int features;
  private final boolean cellsFirst;
  private Optional<MtxScan> scan = Optional.empty();

  /** Says that the entries must be dealt to their places. */
  private static final class OutOfOrder extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private MtxMatrix(Path file, int cells, int features, boolean cellsFirst) {
    this.file = file;
    this.cells = cells;
    this.features = features;
    this.cellsFirst = cellsFirst;
  }

  /**
   * Reads the sizes of a file and decides by them which axis is that of the cells; where there are
   * as many cells as features, the name tells: features x cells, but for kallisto's "cells_x".
   *
   * @param cells how many cells have names
   * @param features how many features have names
   * @throws InputException when the sizes are others, or the file is no matrix
   */
  static MtxMatrix open(Path file, int cells, int features) {
    try (MtxReader reader = MtxReader.open(file)) {
      boolean usual = reader.rows() == features && reader.columns() == cells;
      boolean turned = reader.rows() == cells && reader.columns() == features;
      if (!usual && !turned) {
        throw new InputException(
            "%s is a matrix of %,d x %,d, but there are names for %,d features and %,d barcodes; expected one of %,d x %,d."
                .formatted(
                    file, reader.rows(), reader.columns(), features, cells, features, cells));
      }
      boolean named = file.getFileName().toString().contains("cells_x");
      return new MtxMatrix(file, cells, features, turned && (named || !usual));
    }
  }

  @Override
  public String where() {
    return file.toString();
  }

  int cells() {
    return cells;
  }

  int features() {
    return features;
  }

  /** Starts to read the entries. */
  MtxReader entries() {
    return MtxReader.open(file);
  }

  /** {@return the cell of the entry that was read} */
  int cell(MtxReader entry) {
    return cellsFirst ? entry.row() : entry.column();
  }

  /** {@return the feature of the entry that was read} */
  int feature(MtxReader entry) {
    return cellsFirst ? entry.column() : entry.row();
  }

  @Override
  public RowBlocks blocks(CountCheck check, Optional<Path> temporary) {
    MtxScan known = scan();
    return known.inOrder()
        ? new MtxInOrder(
            this, check, () -> new InputException(file + " changed while it was read."))
        : DealtRows.of(new MtxEntries(this, known, check), check, temporary);
  }

  /** Takes the entries to be in order, as they nearly always are, until one is not. */
  @Override
  public CountsInMemory inMemory(Supplier<CountCheck> checks, UnaryOperator<RowBlocks> chosen) {
    CountCheck check = checks.get();
    try {
      return CountsInMemory.read(
          chosen.apply(new MtxInOrder(this, check, OutOfOrder::new)), check, where());
    } catch (OutOfOrder _) {
      return TenxMatrix.super.inMemory(checks, chosen);
    }
  }

  private synchronized MtxScan scan() {
    if (scan.isEmpty()) {
      scan = Optional.of(MtxScan.of(this));
    }
    return scan.get();
  }

  /** Does nothing: the file is open only while somebody reads it. */
  @Override
  public void close() {}
}
