package org.regularizedvi.ambient;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;

/** Adds up the counts of droplets without cells, in one pass over a matrix of all droplets. */
final class EmptyDroplets {
  private static final int AT_ONCE = 8192;

  private EmptyDroplets() {}

  /**
   * {@return what empty droplets hold}
   *
   * @param all every droplet of a run
   * @param features the features that are wanted; the modality that has most of them is taken
   * @param range which droplets are empty
   * @param say is told how many there are
   * @throws InputException when none is in the range, or a value is no count
   */
  static Profile of(
      CellSource all, List<String> features, DropletRange range, Consumer<String> say) {
    String file = all.paths().getFirst().toString();
    String modality = modality(all, features);
    all.features(modality).requireUniqueVarNames();
    double[] sums = new double[all.features(modality).varNames().size()];
    long empty = 0;
    double counts = 0;
    try (CountReader reader = all.countReader(modality)) {
      for (Optional<SparseRows> block = reader.next(AT_ONCE);
          block.isPresent();
          block = reader.next(AT_ONCE)) {
        SparseRows rows = block.get();
        double[] totals = rows.totals();
        for (int row = 0; row < totals.length; row++) {
          if (range.holds(totals[row])) {
            empty++;
            counts += totals[row];
            for (int i = rows.indptr()[row]; i < rows.indptr()[row + 1]; i++) {
              sums[rows.indices()[i]] += rows.values()[i];
            }
          }
        }
      }
    }
    int droplets = all.cells().obsNames().size();
    if (empty == 0) {
      throw new InputException(
          "None of %s of %s has %s counts; expected a matrix of all droplets, empty ones among them (raw_feature_bc_matrix)."
              .formatted(Amount.of(droplets, "droplet"), file, words(range)));
    }
    say.accept(
        "ambient profile: %,d of %s of %s with %s counts, %,.0f in all"
            .formatted(empty, Amount.of(droplets, "droplet"), file, words(range), counts));
    return new Profile(file, all.features(modality).varNames(), sums);
  }

  private static String words(DropletRange range) {
    return "%,d to %,d".formatted(range.minCounts(), range.maxCounts());
  }

  private static String modality(CellSource all, List<String> features) {
    Set<String> wanted = new HashSet<>(features);
    return all.modalities().stream()
        .max(
            Comparator.comparingLong(
                name -> all.features(name).varNames().stream().filter(wanted::contains).count()))
        .orElseThrow();
  }
}
