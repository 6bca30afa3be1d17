package org.regularizedvi.samples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Aligned;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;

/**
 * Puts the tables of the cells of several samples one below another. What a sample sheet says comes
 * before what a file says; {@code sample} is a file's own column where it has one, and else the
 * sample's name. Where any name of a cell is in several files, all names end in {@code -SAMPLE}.
 */
final class JoinedTable implements CellTable {
  private final List<Part> parts;
  private final List<String> names;
  private final int clashing;

  /**
   * Joins tables.
   *
   * @throws InputException when a file names a cell twice
   */
  JoinedTable(List<Part> parts) {
    this.parts = List.copyOf(parts);
    Map<String, Integer> partOf = new HashMap<>();
    SequencedSet<String> inSeveral = new LinkedHashSet<>();
    for (int p = 0; p < parts.size(); p++) {
      for (String name : parts.get(p).cells().cells().obsNames()) {
        Integer before = partOf.put(name, p);
        if (before != null && before == p) {
          throw new InputException(
              "The cell name '%s' is used twice in %s; make them unique with obs_names_make_unique()."
                  .formatted(name, parts.get(p).sample().path()));
        } else if (before != null) {
          inSeveral.add(name);
        }
      }
    }
    this.clashing = inSeveral.size();
    List<String> all = new ArrayList<>();
    for (Part part : parts) {
      String ending = clashing > 0 ? "-" + part.name() : "";
      part.cells().cells().obsNames().forEach(name -> all.add(name + ending));
    }
    this.names = Collections.unmodifiableList(all);
    requireUnique();
  }

  /** Endings can make two names the same: "a" of sample "b-c" and "a-b" of sample "c". */
  private void requireUnique() {
    Map<String, Integer> seen = HashMap.newHashMap(names.size());
    for (int i = 0; i < names.size(); i++) {
      Integer before = seen.put(names.get(i), i);
      if (before != null) {
        throw new InputException(
            "Two cells would be named '%s', cells %d and %d of all (counted from 0); expected other names of samples, in a sample sheet."
                .formatted(names.get(i), before, i));
      }
    }
  }

  /** Returns how many names of cells are in several files. */
  int clashing() {
    return clashing;
  }

  @Override
  public String source() {
    return parts.size() == 1
        ? parts.getFirst().cells().cells().source()
        : "the data set of %d files (%s)"
            .formatted(parts.size(), Words.list(parts.stream().map(Part::name).toList()));
  }

  @Override
  public int nObs() {
    return names.size();
  }

  @Override
  public List<String> obsNames() {
    return names;
  }

  /** {@return the columns that every file has, or the sheet} */
  @Override
  public List<String> obsColumns() {
    return columns().stream().filter(this::hasObs).toList();
  }

  /** {@return the columns that any file has, or the sheet} */
  List<String> columns() {
    SequencedSet<String> all = new LinkedHashSet<>(ofSheet());
    parts.forEach(part -> all.addAll(part.cells().cells().obsColumns()));
    return List.copyOf(all);
  }

  /** {@return the column of the samples' names, and those of the sheet} */
  List<String> ofSheet() {
    SequencedSet<String> all = new LinkedHashSet<>(List.of(Sample.COLUMN));
    all.addAll(parts.getFirst().sample().columns().keySet());
    return List.copyOf(all);
  }

  @Override
  public boolean hasObs(String key) {
    return ofSheet().contains(key) || lacking(key).isEmpty();
  }

  private List<Part> lacking(String key) {
    return parts.stream().filter(part -> !part.cells().cells().hasObs(key)).toList();
  }

  @Override
  public Column obs(String key) {
    if (!hasObs(key)) {
      throw missing(key);
    }
    return column(key);
  }

  private InputException missing(String key) {
    List<Part> lacking = lacking(key);
    return new InputException(
        lacking.size() == parts.size()
            ? "%s has no column '%s' in obs; %s."
                .formatted(source(), key, Nearest.words(key, obsColumns()))
            : "obs of %s has no column '%s', which %d of %d files %s; expected it in every file, or in a sample sheet."
                .formatted(
                    Words.list(
                        lacking.stream().map(own -> own.sample().path().toString()).toList()),
                    key,
                    parts.size() - lacking.size(),
                    parts.size(),
                    Amount.word(parts.size() - lacking.size(), "has", "have")));
  }

  /** {@return a column that the sheet or any file has; missing where a file lacks it} */
  Column column(String key) {
    if (parts.getFirst().sample().columns().containsKey(key)) {
      return said(key, parts.stream().map(part -> part.sample().columns().get(key)).toList());
    }
    return ColumnStack.of(parts.stream().map(part -> found(part, key)).toList(), sizes());
  }

  private static Optional<Column> found(Part part, String key) {
    if (part.cells().cells().hasObs(key)) {
      return Optional.of(part.cells().cells().obs(key));
    }
    return key.equals(Sample.COLUMN)
        ? Optional.of(new Column.Categorical(new int[part.size()], List.of(part.name()), false))
        : Optional.empty();
  }

  private int[] sizes() {
    return parts.stream().mapToInt(Part::size).toArray();
  }

  @Override
  public Optional<CellTable> ofModality(String modality) {
    return Optional.of(new OwnColumns(source(), names, ofModalityAlone(modality)));
  }

  /** {@return the columns that a modality of any file has for itself, under their names} */
  SequencedMap<String, Column> ofModalityAlone(String modality) {
    List<Optional<CellTable>> own =
        parts.stream().map(part -> part.cells().cells().ofModality(modality)).toList();
    SequencedMap<String, Column> columns = new LinkedHashMap<>();
    for (CellTable table : own.stream().flatMap(Optional::stream).toList()) {
      for (String key : table.obsColumns()) {
        columns.computeIfAbsent(
            key,
            _ ->
                ColumnStack.of(
                    own.stream()
                        .map(t -> t.filter(some -> some.hasObs(key)).map(some -> some.obs(key)))
                        .toList(),
                    sizes()));
      }
    }
    return columns;
  }

  /** Returns what the sheet says of each sample, for each of its cells: numbers, or categories. */
  private Column said(String key, List<String> texts) {
    int[] sampleOf =
        IntStream.range(0, parts.size())
            .flatMap(p -> IntStream.generate(() -> p).limit(parts.get(p).size()))
            .toArray();
    boolean numbers =
        !key.equals(Sample.COLUMN)
            && texts.stream().allMatch(text -> text.isEmpty() || text.matches(NUMBER))
            && texts.stream().anyMatch(text -> !text.isEmpty());
    if (numbers) {
      boolean whole = texts.stream().allMatch(text -> text.isEmpty() || text.matches(WHOLE));
      double[] values =
          texts.stream()
              .mapToDouble(text -> text.isEmpty() ? Double.NaN : Double.parseDouble(text))
              .toArray();
      return Aligned.column(new Column.Numbers(values, whole), sampleOf);
    }
    List<String> categories =
        texts.stream().filter(text -> !text.isEmpty()).distinct().collect(Collectors.toList());
    int[] codes = texts.stream().mapToInt(categories::indexOf).toArray();
    return Aligned.column(new Column.Categorical(codes, categories, false), sampleOf);
  }

  /** Numbers without leading zeros, which names have and numbers have not. */
  private static final String WHOLE = "-?(0|[1-9]\\d{0,14})";

  private static final String NUMBER = "-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?";

  /** {@return the place of the first cell of each file, and behind them the number of all cells} */
  int[] starts() {
    int[] starts = new int[parts.size() + 1];
    Arrays.setAll(starts, p -> parts.subList(0, p).stream().mapToInt(Part::size).sum());
    return starts;
  }
}
