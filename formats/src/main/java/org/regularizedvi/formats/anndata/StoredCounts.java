package org.regularizedvi.formats.anndata;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.RowBlocks;
import org.regularizedvi.formats.anndata.encoding.CountMatrices;
import org.regularizedvi.formats.anndata.encoding.PlacedRows;
import org.regularizedvi.formats.anndata.encoding.StoredRows;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;

/** Reads the counts at one place of an AnnData file, into memory or some cells at a time. */
public final class StoredCounts {
  private final AnnDataFile file;
  private final Hierarchy features;
  private final CountSource source;
  private final CountChecks checks;

  /**
   * Names a place, which need not exist.
   *
   * @param file the tables of the cells and features
   * @param features has the matrix: the file, or the raw of it
   * @param source where the counts are: X, or a layer
   * @param checks which values may pass for counts
   */
  StoredCounts(AnnDataFile file, Hierarchy features, CountSource source, CountChecks checks) {
    this.file = file;
    this.features = features;
    this.source = source;
    this.checks = checks;
  }

  /**
   * Reads the counts into memory.
   *
   * @return cells x features
   * @throws InputException when there is no such matrix, or a value is no count
   */
  public Counts inMemory() {
    CountCheck check = check(false);
    return inMemory(blocks(check, Optional.empty()), check);
  }

  /**
   * Reads rows into memory in the order given.
   *
   * @param rowOf for each row of the result the row of the file, -1 for an empty one
   * @return the rows x features
   * @throws InputException when there is no such matrix, or a value is no count
   */
  public Counts inMemory(int[] rowOf) {
    CountCheck check = check(false);
    int[] stored = Arrays.stream(rowOf).filter(row -> row >= 0).sorted().distinct().toArray();
    int[] placeOf = new int[file.nObs()];
    for (int place = 0; place < stored.length; place++) {
      placeOf[stored[place]] = place;
    }
    // Read in the file's order, which is the fast one, and put in the other without a copy.
    return inMemory(new PlacedRows(blocks(check, Optional.empty()), stored), check)
        .inOrder(Arrays.stream(rowOf).map(row -> row < 0 ? -1 : placeOf[row]).toArray());
  }

  private CountsInMemory inMemory(RowBlocks rows, CountCheck check) {
    return CountsInMemory.read(rows, check, features.where(path()));
  }

  /**
   * Reads the counts from the first cell to the last, in bounded memory.
   *
   * @return a reader of cells x features, to be closed
   * @throws InputException when there is no such matrix, or it is damaged
   */
  public CountReader reader() {
    CountCheck check = check(true);
    return new CountReader(blocks(check, temporary()), check, false);
  }

  /**
   * Reads rows in the order given, in bounded memory.
   *
   * @param rowOf for each row of the result the row of the file, -1 for an empty one
   * @param some whether these are chosen rows, which may all be empty
   * @return a reader of the rows x features, to be closed
   * @throws InputException when there is no such matrix, or it is damaged
   */
  public CountReader reader(int[] rowOf, boolean some) {
    CountCheck check = check(true);
    return new CountReader(new PlacedRows(blocks(check, temporary()), rowOf), check, some);
  }

  private CountCheck check(boolean atOnce) {
    String option = file.layerOption();
    return new CountCheck(
        features.where(path()),
        option + "counts",
        () -> file.places().wholeNumbers(source, option),
        row -> file.obsNames().get(row),
        column -> file.varNames().get(column),
        checks,
        atOnce);
  }

  private Optional<Path> temporary() {
    return Optional.of(file.temporary());
  }

  private StoredRows blocks(CountCheck check, Optional<Path> temporary) {
    source
        .layer()
        .filter(name -> !file.isRaw() && !file.layers().contains(name))
        .ifPresent(
            name -> {
              throw new InputException(
                  "%s has no layer '%s'; %s."
                      .formatted(
                          file.where(), name, Nearest.words(name, file.places().besidesX())));
            });
    Hierarchy.Kind kind = features.kind(path());
    if (kind == Hierarchy.Kind.MISSING || kind == Hierarchy.Kind.NULL) {
      List<String> others = file.places().besidesX();
      throw new InputException(
          "%s has no X; name the layer with the counts (layers: %s)."
              .formatted(file.where(), others.isEmpty() ? "none" : String.join(", ", others)));
    }
    return CountMatrices.open(features, path(), file.nObs(), file.nVars(), check, temporary);
  }

  /** Returns the path of the counts among what has the features. */
  private String path() {
    return file.isRaw() ? "X" : source.location();
  }
}
