package org.regularizedvi.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.regularizedvi.answers.StoredPosteriors;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.NewModality;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.cells.view.CellsWithoutCounts;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.store.StoredModality;
import org.regularizedvi.engine.Posterior;
import org.regularizedvi.engine.Posteriors;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.CellWriter;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.InputException;

/**
 * Writes and reads files of cells that have, in place of counts, the distributions of z and l that
 * a model gave them: obsm {@code regularizedvi_latent_qzm} and {@code _qzv}, with the modality
 * behind where several have encoders of their own, {@code regularizedvi_library_qlm} and {@code
 * _qlv}, and {@code regularizedvi_observed_counts}, a column for each modality; obs {@code
 * regularizedvi_minified_by} names the model.
 */
public final class MinifiedCells {
  private static final String LATENT = "regularizedvi_latent_q";
  private static final String LIBRARY = "regularizedvi_library_ql";
  private static final String TOTALS = "regularizedvi_observed_counts";
  private static final String MODEL = "regularizedvi_minified_by";

  private MinifiedCells() {}

  /**
   * {@return whether cells come without their counts}
   *
   * @param source an open file
   */
  public static boolean in(CellSource source) {
    return source.hasObsm(TOTALS);
  }

  /** Says before any work whether a file of such cells can be written. */
  static void requireTarget(CellSource source, Path out, IfExists ifExists) {
    CellWriter writer = Formats.writer(out, source.modalities().size() > 1);
    if (!writer.holdsSeveral() && source.modalities().size() > 1) {
      throw new InputException(
          "%s would hold one modality, but the model has %d; expected a name that ends in .h5mu."
              .formatted(out, source.modalities().size()));
    }
    source.paths().forEach(input -> Formats.requireOther(input, out));
    writer.requireTarget(out, ifExists);
  }

  /**
   * Writes cells without their counts, whole or not at all.
   *
   * @param additions what embedding the cells adds
   */
  static void write(
      FittedModel model,
      CellSource source,
      StoredPosteriors stored,
      TableAdditions additions,
      Path out,
      IfExists ifExists) {
    List<Addition> own = new ArrayList<>(moments(names(model), stored));
    String[] by = new String[source.cells().nObs()];
    Arrays.fill(by, FactsOfRun.digest(model.parameters()));
    own.add(new Addition.ObsColumn(MODEL, new Column.Text(by)));
    own.addAll(additions.shared());
    CellTable cells = source.cells();
    List<Addition> shared =
        Addition.replacing(
            cells.obsColumns().stream().map(key -> new Addition.ObsColumn(key, cells.obs(key))),
            own);
    List<NewModality> modalities = new ArrayList<>();
    for (String name : source.modalities()) {
      FeatureTable table = source.features(name);
      List<Addition> added =
          name.isEmpty() ? shared : additions.modalities().getOrDefault(name, List.of());
      modalities.add(
          new NewModality(
              name,
              CountsInMemory.of(SparseRows.empty(by.length, table.varNames().size())),
              cells.obsNames(),
              table.varNames(),
              Addition.replacing(
                  table.varColumns().stream()
                      .map(key -> new Addition.VarColumn(key, table.var(key))),
                  added)));
    }
    boolean one = modalities.getFirst().name().isEmpty();
    Formats.write(out, new NewCells(modalities, one ? List.of() : shared), ifExists);
  }

  private static List<Addition> moments(List<String> names, StoredPosteriors stored) {
    List<Addition> all = new ArrayList<>();
    for (int e = 0; e < names.size(); e++) {
      Posterior q = stored.posteriors().latents().get(e);
      all.add(new Addition.Obsm(LATENT + "zm" + names.get(e), q.mean()));
      all.add(new Addition.Obsm(LATENT + "zv" + names.get(e), q.variance()));
    }
    List<Posterior> libraries = stored.posteriors().libraries();
    if (!libraries.isEmpty()) {
      all.add(
          new Addition.Obsm(LIBRARY + "m", side(libraries.stream().map(Posterior::mean).toList())));
      all.add(
          new Addition.Obsm(
              LIBRARY + "v", side(libraries.stream().map(Posterior::variance).toList())));
    }
    all.add(new Addition.Obsm(TOTALS, stored.totals()));
    return all;
  }

  /** Puts columns side by side. */
  private static FloatMatrix side(List<FloatMatrix> columns) {
    int rows = columns.getFirst().rows();
    FloatMatrix side = FloatMatrix.zeros("The moments of the libraries", rows, columns.size());
    float[] row = new float[columns.size()];
    for (int n = 0; n < rows; n++) {
      for (int c = 0; c < row.length; c++) {
        row[c] = columns.get(c).at(n, 0);
      }
      side.put(n, row, 0, 1);
    }
    return side;
  }

  private static FloatMatrix column(FloatMatrix all, int c) {
    float[] values = new float[all.rows()];
    for (int n = 0; n < values.length; n++) {
      values[n] = all.at(n, c);
    }
    return new FloatMatrix(values.length, 1, values);
  }

  /** {@return what follows the name of each encoder's moments} */
  private static List<String> names(FittedModel model) {
    NetworkSpec spec = model.spec();
    List<StoredModality> modalities = model.setup().modalities();
    return spec.latentEncoders().size() == 1
        ? List.of("")
        : modalities.stream().map(own -> "_" + own.name()).toList();
  }

  /**
   * {@return what a model made of cells that come without counts}
   *
   * @throws InputException when it was another model
   */
  static StoredPosteriors read(FittedModel model, CellSource source) {
    requireMadeBy(model, source);
    List<Posterior> latents = new ArrayList<>();
    for (String name : names(model)) {
      latents.add(
          new Posterior(source.obsm(LATENT + "zm" + name), source.obsm(LATENT + "zv" + name)));
    }
    List<Posterior> libraries = new ArrayList<>();
    if (source.hasObsm(LIBRARY + "m")) {
      FloatMatrix means = source.obsm(LIBRARY + "m");
      FloatMatrix variances = source.obsm(LIBRARY + "v");
      for (int m = 0; m < means.columns(); m++) {
        libraries.add(new Posterior(column(means, m), column(variances, m)));
      }
    }
    return new StoredPosteriors(new Posteriors(latents, libraries), source.obsm(TOTALS));
  }

  private static void requireMadeBy(FittedModel model, CellSource source) {
    String own = FactsOfRun.digest(model.parameters());
    boolean same =
        switch (source.cells().obs(MODEL)) {
          case Column.Text(String[] by) -> List.of(by).stream().allMatch(own::equals);
          case Column.Categorical(_, List<String> by, _) -> by.equals(List.of(own));
          case Column.Numbers _, Column.Flags _ -> false;
        };
    if (!same) {
      throw new InputException(
          "%s has no counts, but what another model made of them; expected the model that it was minified with."
              .formatted(source.cells().source()));
    }
  }

  /** {@return the cells as a model takes them, with their totals for counts} */
  static CellSource shown(FittedModel model, CellSource source, StoredPosteriors stored) {
    Map<String, CellsWithoutCounts.Totals> totals = new HashMap<>();
    List<StoredModality> modalities = model.setup().modalities();
    for (int m = 0; m < modalities.size(); m++) {
      Set<String> known = new HashSet<>(modalities.get(m).features());
      List<String> there = source.features(modalities.get(m).name()).varNames();
      int column =
          IntStream.range(0, there.size())
              .filter(g -> known.contains(there.get(g)))
              .findFirst()
              .orElse(0);
      totals.put(modalities.get(m).name(), new CellsWithoutCounts.Totals(stored.totals(m), column));
    }
    return new CellsWithoutCounts(source, totals);
  }
}
