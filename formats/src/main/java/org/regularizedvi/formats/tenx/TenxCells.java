package org.regularizedvi.formats.tenx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.ChosenColumns;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.NewModality;
import org.regularizedvi.cells.RowBlocks;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;

/** Gives the cells of a 10x matrix, whichever files hold it. */
final class TenxCells implements CellSource {
  /** The example in messages of where the raw counts may be. */
  static final String OTHER_COUNTS = "the filtered_feature_bc_matrix of the same run";

  private final Path path;
  private final CellTable cells;
  private final TenxFeatures features;
  private final TenxMatrix matrix;
  private final SequencedMap<String, TenxModality> modalities = new LinkedHashMap<>();
  private final Selection selection;

  /**
   * Puts together what was read; closing this closes the matrix.
   *
   * @throws InputException when the matrix has not what is selected
   */
  TenxCells(
      Path path,
      List<String> barcodes,
      TenxFeatures features,
      TenxMatrix matrix,
      Selection selection) {
    this.path = path;
    this.features = features;
    this.matrix = matrix;
    this.selection = selection;
    String source = path.toAbsolutePath().normalize().getFileName().toString();
    this.cells = new TenxCellTable(source, barcodes);
    features
        .modalities(path.toString())
        .forEach(
            (name, columns) ->
                modalities.put(
                    name,
                    TenxModality.of(
                        name.isEmpty() ? source : "%s, modality '%s'".formatted(source, name),
                        features,
                        columns)));
    selection.modalities().forEach(this::modality);
    for (String name : modalities.keySet()) {
      selection.countsOf(name).layer().ifPresent(this::refuseLayer);
    }
  }

  private void refuseLayer(String layer) {
    throw new InputException(
        "%s has no layer '%s': a 10x matrix is the only one of its file.".formatted(path, layer));
  }

  private TenxModality modality(String name) {
    return Optional.ofNullable(modalities.get(name))
        .orElseThrow(
            () ->
                new InputException(
                    modalities.containsKey("")
                        ? "%s has one modality without a name; expected the modality '%s' (rna and atac are there where a matrix has both Gene Expression and Peaks)."
                            .formatted(path, name)
                        : "%s has the modalities %s; expected %s."
                            .formatted(
                                path,
                                String.join(" and ", modalities.keySet()),
                                name.isEmpty() ? "one alone" : "'" + name + "'")));
  }

  @Override
  public List<Path> paths() {
    return List.of(path);
  }

  @Override
  public InputChoices choices() {
    return InputChoices.defaults();
  }

  @Override
  public CellTable cells() {
    return cells;
  }

  @Override
  public FloatMatrix obsm(String key) {
    throw new InputException(
        "%s has no '%s' in obsm: a 10x matrix holds counts alone.".formatted(path, key));
  }

  @Override
  public List<String> obsmKeys() {
    return List.of();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    String leftOut = features.leftOut();
    if (!leftOut.isEmpty()) {
      notes.add("features left out: " + leftOut);
    }
    int renamed = modalities.values().stream().mapToInt(TenxModality::renamed).sum();
    if (renamed > 0) {
      notes.add(
          "%s an earlier one and got -1, -2, ... to be unique"
              .formatted(
                  Amount.of(renamed, "name of a feature repeats", "names of features repeat")));
    }
    return notes;
  }

  @Override
  public List<String> modalities() {
    List<String> taken =
        selection.modalities().isEmpty()
            ? List.copyOf(modalities.keySet())
            : selection.modalities();
    return taken.stream().sorted().toList();
  }

  @Override
  public FeatureTable features(String modality) {
    return modality(modality);
  }

  @Override
  public Counts counts(String modality) {
    TenxModality wanted = modality(modality);
    return matrix.inMemory(() -> check(false), all -> chosen(wanted, all));
  }

  @Override
  public CountReader countReader(String modality) {
    CountCheck check = check(true);
    return new CountReader(
        chosen(modality(modality), matrix.blocks(check, Optional.of(selection.temporary()))),
        check,
        false);
  }

  private CountCheck check(boolean atOnce) {
    return new CountCheck(
        matrix.where(),
        OTHER_COUNTS,
        () -> "",
        cells.obsNames()::get,
        features.names()::get,
        selection.checks(),
        atOnce);
  }

  private RowBlocks chosen(TenxModality modality, RowBlocks all) {
    return modality.columns().length == features.size()
        ? all
        : new ChosenColumns(all, modality.columns());
  }

  @Override
  public void requireWritable(Destination to, IfExists ifExists) {
    Formats.requireOutput(path, to.ofOnly(path), ifExists);
  }

  /** Writes all that was read into a file of another format, as this one is only read. */
  @Override
  public void write(Destination to, TableAdditions additions, IfExists ifExists) {
    requireWritable(to, ifExists);
    Path target = to.ofOnly(path);
    Formats.write(target, newCells(additions), ifExists);
  }

  private NewCells newCells(TableAdditions additions) {
    List<NewModality> written = new ArrayList<>();
    modalities.forEach(
        (name, modality) -> {
          List<Addition> own = new ArrayList<>(modality.var());
          own.addAll(additions.modalities().getOrDefault(name, List.of()));
          written.add(
              new NewModality(name, counts(name), cells.obsNames(), modality.varNames(), own));
        });
    return new NewCells(written, additions.shared());
  }

  @Override
  public void close() {
    matrix.close();
  }
}
