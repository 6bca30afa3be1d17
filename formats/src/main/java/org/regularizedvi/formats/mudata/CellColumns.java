package org.regularizedvi.formats.mudata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import org.regularizedvi.cells.Aligned;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.ColumnJoin;
import org.regularizedvi.cells.SharedCells;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;

/**
 * Finds a column for shared cells under a user's key. {@code rna:sample} is the shared column of
 * that very name, else column {@code sample} of modality rna; {@code sample} is the shared column,
 * else what the modalities that have it say (see {@link ColumnJoin}). A cell that the table or
 * modality lacks has no value.
 */
final class CellColumns {
  private final MuDataParts parts;
  private final SequencedMap<String, AnnDataFile> chosen;
  private final SharedCells cells;
  private final int[] sharedRows;

  /**
   * Prepares to look.
   *
   * @param chosen the modalities that a key without a modality is looked for in
   * @param sharedRows the row of each cell in the table that the modalities share, -1 for none
   */
  CellColumns(
      MuDataParts parts,
      SequencedMap<String, AnnDataFile> chosen,
      SharedCells cells,
      int[] sharedRows) {
    this.parts = parts;
    this.sharedRows = sharedRows;
    this.chosen = chosen;
    this.cells = cells;
  }

  boolean has(String key) {
    return parts.shared().hasObs(key) || !own(key).isEmpty();
  }

  /**
   * Reads a column.
   *
   * @throws InputException when there is none, saying where it was looked for
   */
  Column read(String key) {
    if (parts.shared().hasObs(key)) {
      return Aligned.column(parts.shared().obs(key), sharedRows);
    }
    SequencedMap<String, String> own = own(key);
    if (own.isEmpty()) {
      throw missing(key);
    }
    SequencedMap<String, Column> columns = new LinkedHashMap<>();
    own.forEach(
        (modality, column) ->
            columns.put(
                modality, Aligned.column(parts.modality(modality).obs(column), rows(modality))));
    return new ColumnJoin(key, parts.shared().source(), cells.names()::get).join(columns);
  }

  private int[] rows(String modality) {
    if (cells.rowsOf().containsKey(modality)) {
      return cells.rowsOf().get(modality);
    }
    return cells.rowsIn(
        parts.modality(modality).obsNames(),
        "'mod/%s/obs' in %s".formatted(modality, parts.file().path()));
  }

  /** {@return the modalities that have a column for the key, with the column's name there} */
  private SequencedMap<String, String> own(String key) {
    SequencedMap<String, String> own = new LinkedHashMap<>();
    modality(key)
        .ifPresentOrElse(
            name -> own.put(name, key.substring(name.length() + 1)),
            () ->
                chosen.forEach(
                    (name, file) -> {
                      if (file.hasObs(key)) {
                        own.put(name, key);
                      }
                    }));
    return own;
  }

  /** {@return the modality that the key names and that has the column} */
  private Optional<String> modality(String key) {
    return parts.modalities().keySet().stream()
        .filter(name -> key.startsWith(name + ":"))
        .filter(name -> parts.modality(name).hasObs(key.substring(name.length() + 1)))
        .findFirst();
  }

  private InputException missing(String key) {
    List<String> looked = new ArrayList<>();
    looked.add("the shared obs (%s)".formatted(few(parts.shared().obsColumns())));
    parts
        .modalities()
        .forEach(
            (name, file) -> {
              if (chosen.containsKey(name) || key.startsWith(name + ":")) {
                looked.add("obs of '%s' (%s)".formatted(name, few(file.obsColumns())));
              }
            });
    SequencedSet<String> known = new LinkedHashSet<>(parts.shared().obsColumns());
    chosen.values().forEach(file -> known.addAll(file.obsColumns()));
    parts
        .modalities()
        .forEach((name, file) -> file.obsColumns().forEach(c -> known.add(name + ":" + c)));
    String suggestion = Nearest.suggestion(key, known);
    return new InputException(
        "%s has no column '%s' of cells; looked in %s%s"
            .formatted(
                parts.file().path(),
                key,
                String.join(", ", looked),
                suggestion.isEmpty() ? "." : suggestion));
  }

  private static String few(List<String> columns) {
    if (columns.isEmpty()) {
      return "no columns";
    }
    String shown = columns.stream().limit(10).collect(Collectors.joining(", "));
    return columns.size() > 10 ? "%s and %d more".formatted(shown, columns.size() - 10) : shown;
  }
}
