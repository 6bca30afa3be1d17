package org.regularizedvi.samples;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.CountPlaces;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.NewModality;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;

/**
 * Gives the cells of several files as one data set, those of a file behind those of the file before
 * it. Features are matched by name, cells and their columns as {@link JoinedTable} says.
 */
public final class JoinedCells implements CellSource {
  private final List<Part> parts;
  private final JoinedTable table;
  private final SequencedMap<String, JoinedFeatures> features = new LinkedHashMap<>();

  /** Counts that somebody still holds, so that an output is written from them and not read anew. */
  private final Map<String, WeakReference<Counts>> held = new HashMap<>();

  private JoinedCells(List<Part> parts, FeatureJoin join) {
    this.parts = parts;
    this.table = new JoinedTable(parts);
    List<String> modalities = parts.getFirst().cells().modalities();
    parts.forEach(part -> requireSame(modalities, part));
    for (String name : modalities) {
      String source = name.isEmpty() ? table.source() : table.source() + ", modality " + name;
      List<FeatureTable> tables = parts.stream().map(part -> part.cells().features(name)).toList();
      features.put(name, JoinedFeatures.of(source, tables, join));
    }
  }

  /**
   * Joins cells.
   *
   * @param samples at least one, each with a name of its own
   * @param opened the open file of each, which closing the result closes
   * @param join which features are taken
   * @return the cells
   * @throws InputException when the files have not the same modalities, or cells or features that
   *     cannot be told apart
   */
  public static JoinedCells of(List<Sample> samples, List<CellSource> opened, FeatureJoin join) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      parts.add(new Part(samples.get(i), opened.get(i)));
    }
    return new JoinedCells(List.copyOf(parts), join);
  }

  private void requireSame(List<String> modalities, Part part) {
    if (!part.cells().modalities().equals(modalities)) {
      throw new InputException(
          "%s has %s, but %s has %s; expected the same modalities in every file."
              .formatted(
                  parts.getFirst().sample().path(),
                  words(modalities),
                  part.sample().path(),
                  words(part.cells().modalities())));
    }
  }

  private static String words(List<String> modalities) {
    return modalities.getFirst().isEmpty()
        ? "one modality without a name"
        : (modalities.size() == 1 ? "the modality " : "the modalities ")
            + String.join(" and ", modalities);
  }

  @Override
  public List<Path> paths() {
    return parts.stream().map(part -> part.sample().path()).toList();
  }

  /**
   * Returns what is taken of each file: options say the same for all, but for files that have
   * counts in X alone.
   */
  @Override
  public InputChoices choices() {
    List<InputChoices> all = parts.stream().map(part -> part.cells().choices()).toList();
    return all.stream()
        .filter(own -> !own.counts().equals(CountPlaces.x()))
        .findFirst()
        .orElse(all.getFirst());
  }

  @Override
  public CellTable cells() {
    return table;
  }

  @Override
  public FloatMatrix obsm(String key) {
    List<FloatMatrix> own = parts.stream().map(part -> part.cells().obsm(key)).toList();
    int columns = own.getFirst().columns();
    FloatMatrix joined = FloatMatrix.zeros("'%s' in obsm".formatted(key), table.nObs(), columns);
    float[] row = new float[columns];
    int at = 0;
    for (int p = 0; p < own.size(); p++) {
      if (own.get(p).columns() != columns) {
        throw new InputException(
            "'%s' in obsm has %s in %s and %d in %s; expected as many in every file."
                .formatted(
                    key,
                    Amount.of(columns, "column"),
                    paths().getFirst(),
                    own.get(p).columns(),
                    paths().get(p)));
      }
      for (int r = 0; r < own.get(p).rows(); r++) {
        own.get(p).get(r, row, 0);
        joined.put(at++, row, 0, 1);
      }
    }
    return joined;
  }

  @Override
  public List<String> obsmKeys() {
    return parts.getFirst().cells().obsmKeys().stream()
        .filter(key -> parts.stream().allMatch(part -> part.cells().hasObsm(key)))
        .toList();
  }

  @Override
  public List<String> notes() {
    return new JoinNotes(parts, table, features).lines();
  }

  @Override
  public List<String> modalities() {
    return List.copyOf(features.keySet());
  }

  @Override
  public FeatureTable features(String modality) {
    return joined(modality);
  }

  private JoinedFeatures joined(String modality) {
    return Optional.ofNullable(features.get(modality))
        .orElseThrow(
            () ->
                new InputException(
                    "%s has %s; expected %s."
                        .formatted(table.source(), words(modalities()), words(List.of(modality)))));
  }

  @Override
  public Counts counts(String modality) {
    Optional<Counts> before = Optional.ofNullable(held.get(modality)).map(WeakReference::get);
    return before.orElseGet(
        () -> {
          Counts read = read(modality);
          held.put(modality, new WeakReference<>(read));
          return read;
        });
  }

  private Counts read(String modality) {
    try (CountReader reader = countReader(modality)) {
      return CountsInMemory.read(reader, table.source());
    }
  }

  @Override
  public CountReader countReader(String modality) {
    JoinedRows rows = new JoinedRows(parts, modality, joined(modality), table.nObs());
    return new CountReader(rows, rows::fractional, rows::rounded);
  }

  @Override
  public void requireWritable(Destination to, IfExists ifExists) {
    if (!to.each()) {
      Formats.requireNew(paths(), modalities(), to.path(), ifExists);
      return;
    }
    for (Part part : parts) {
      Path copy = copy(part, to);
      paths().forEach(input -> Formats.requireOther(input, copy));
      part.cells().requireWritable(Destination.file(copy), ifExists);
    }
  }

  /** Returns where a file's own copy goes. */
  private static Path copy(Part part, Destination to) {
    String name = part.name() + Formats.endingOfCopy(part.sample().path());
    if (!Path.of(name).equals(Path.of(name).getFileName()) || name.startsWith(".")) {
      throw new InputException(
          "The copy of %s cannot be named after its sample '%s'; expected a name without slashes and without a dot before it."
              .formatted(part.sample().path(), part.name()));
    }
    return to.path().resolve(name);
  }

  /**
   * Writes a new file with counts, tables and additions; or a copy of each file, with additions and
   * what the sample sheet says.
   */
  @Override
  public void write(Destination to, TableAdditions additions, IfExists ifExists) {
    requireWritable(to, ifExists);
    if (!to.each()) {
      Formats.writer(to.path(), !modalities().equals(Selection.ONE_MODALITY))
          .write(to.path(), newCells(additions), ifExists);
      return;
    }
    TableAdditions all =
        new TableAdditions(obs(table.ofSheet(), additions), additions.modalities());
    int[] starts = table.starts();
    for (int p = 0; p < parts.size(); p++) {
      Path copy = copy(parts.get(p), to);
      try (PartAdditions own = new PartAdditions(copy, starts[p], starts[p + 1], p, features)) {
        parts.get(p).cells().write(Destination.file(copy), own.of(all), ifExists);
      }
    }
  }

  private NewCells newCells(TableAdditions additions) {
    List<NewModality> written = new ArrayList<>();
    features.forEach(
        (name, own) -> {
          List<Addition> added = additions.modalities().getOrDefault(name, List.of());
          Stream<Addition> obs =
              table.ofModalityAlone(name).entrySet().stream()
                  .map(column -> new Addition.ObsColumn(column.getKey(), column.getValue()));
          Stream<Addition> var =
              own.varColumns().stream().map(key -> new Addition.VarColumn(key, own.var(key)));
          written.add(
              new NewModality(
                  name,
                  counts(name),
                  table.obsNames(),
                  own.varNames(),
                  Addition.replacing(Stream.concat(obs, var), added)));
        });
    return new NewCells(written, obs(table.columns(), additions));
  }

  /** Returns columns of the cells, and what is added to the shared tables. */
  private List<Addition> obs(List<String> columns, TableAdditions additions) {
    return Addition.replacing(
        columns.stream().map(key -> new Addition.ObsColumn(key, table.column(key))),
        additions.shared());
  }

  @Override
  public void close() {
    parts.forEach(part -> part.cells().close());
  }
}
