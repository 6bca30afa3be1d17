package org.regularizedvi.cells;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.regularizedvi.input.InputException;

/**
 * Arranges the cells of a source for a new file: all columns of their tables and of those of the
 * features, the dense matrices of obsm, and counts wherever these are kept.
 */
public final class TableCopy {
  private final CellSource source;
  private final Consumer<String> leftOut;

  /**
   * Prepares to copy.
   *
   * @param source the cells
   * @param leftOut is told, in a sentence each, which columns and matrices cannot be read, and so
   *     are left out
   */
  public TableCopy(CellSource source, Consumer<String> leftOut) {
    this.source = source;
    this.leftOut = leftOut;
  }

  /**
   * {@return the cells}
   *
   * @param counts gives the counts of each modality
   * @param added comes into the new file besides, and in place of what has the same name
   * @throws InputException when two cells have the same name
   */
  public NewCells with(Function<String, Counts> counts, TableAdditions added) {
    CellTable cells = source.cells();
    CellTable.requireUnique("name of a cell", cells.obsNames(), cells.source());
    List<Addition> shared = Addition.replacing(Stream.concat(obs(cells), obsm()), added.shared());
    boolean one = source.modalities().equals(Selection.ONE_MODALITY);
    List<NewModality> modalities = new ArrayList<>();
    for (String name : source.modalities()) {
      FeatureTable features = source.features(name);
      Stream<Addition> own =
          Stream.concat(
              cells.ofModality(name).map(this::obs).orElseGet(Stream::empty), var(features));
      modalities.add(
          new NewModality(
              name,
              counts.apply(name),
              cells.obsNames(),
              features.varNames(),
              Addition.replacing(
                  own, one ? shared : added.modalities().getOrDefault(name, List.of()))));
    }
    return new NewCells(modalities, one ? List.of() : shared);
  }

  private Stream<Addition> obs(CellTable table) {
    return table.obsColumns().stream()
        .flatMap(
            key ->
                readable("obs", key, () -> new Addition.ObsColumn(key, table.obs(key))).stream());
  }

  private Stream<Addition> var(FeatureTable table) {
    return table.varColumns().stream()
        .flatMap(
            key ->
                readable("var", key, () -> new Addition.VarColumn(key, table.var(key))).stream());
  }

  private Stream<Addition> obsm() {
    return source.obsmKeys().stream()
        .flatMap(
            key -> readable("obsm", key, () -> new Addition.Obsm(key, source.obsm(key))).stream());
  }

  private Optional<Addition> readable(String where, String key, Supplier<Addition> read) {
    try {
      return Optional.of(read.get());
    } catch (InputException e) {
      leftOut.accept("'%s' in %s is left out: %s".formatted(key, where, e.getMessage()));
      return Optional.empty();
    }
  }
}
