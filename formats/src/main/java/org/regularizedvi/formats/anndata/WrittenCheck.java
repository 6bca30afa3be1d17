package org.regularizedvi.formats.anndata;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.Layer;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.Tree;

/** Reads additions back after they were written. */
public final class WrittenCheck {
  private WrittenCheck() {}

  /**
   * Opens the file and compares every addition with what is in it.
   *
   * @param file the place of the file
   * @param additions what was written
   * @throws IllegalStateException when one differs
   */
  public static void requireWritten(Path file, List<Addition> additions) {
    try (AnnDataFile read = AnnDataFile.open(file)) {
      requireWritten(read, additions);
    }
  }

  /**
   * Compares every addition with what is in a file.
   *
   * @param read the file
   * @param additions what was written; of two with the same place and name the last counts
   * @throws IllegalStateException when one differs
   */
  public static void requireWritten(AnnDataFile read, List<Addition> additions) {
    Map<String, Addition> last = new HashMap<>();
    for (Addition addition : additions) {
      last.put(place(addition), addition);
    }
    last.forEach(
        (place, addition) -> {
          if (!holds(read, addition)) {
            throw new IllegalStateException(
                "%s was written to %s but reads back differently".formatted(place, read.path()));
          }
        });
  }

  private static String place(Addition addition) {
    return switch (addition) {
      case Addition.ObsColumn(String name, _) -> "obs/" + name;
      case Addition.VarColumn(String name, _) -> "var/" + name;
      case Addition.Obsm(String name, _) -> "obsm/" + name;
      case Addition.Varm(String name, _) -> "varm/" + name;
      case Addition.Obsp(String name, _) -> "obsp/" + name;
      case Addition.OfLayer(String name, _) -> "layers/" + name;
      case Addition.OfRaw(Addition.OfLayer(String name, _)) -> "obsm/" + name;
      case Addition.OfRaw(Addition own) -> "raw/" + place(own);
      case Addition.Uns(String name, _) -> "uns/" + name;
    };
  }

  private static boolean holds(AnnDataFile file, Addition addition) {
    return switch (addition) {
      case Addition.ObsColumn(String name, Column values) -> same(file.obs(name), values);
      case Addition.VarColumn(String name, Column values) -> same(file.var(name), values);
      case Addition.Obsm(String name, FloatMatrix values) -> file.obsm(name).sameAs(values);
      case Addition.Varm(String name, FloatMatrix values) -> file.varm(name).sameAs(values);
      case Addition.Obsp(String name, SparseRows values) -> same(file.obsp(name), values);
      case Addition.OfLayer(String name, Layer values) -> file.holdsLayer(name, values);
      case Addition.OfRaw(Addition.OfLayer(String name, Layer values)) ->
          file.holdsObsm(name, values);
      case Addition.OfRaw(Addition own) -> holds(file.at(CountSource.raw()), own);
      case Addition.Uns(String name, Tree value) ->
          same(file.uns(name).orElse(new Tree.Nothing()), value);
    };
  }

  private static boolean same(SparseRows a, SparseRows b) {
    return a.columns() == b.columns()
        && Arrays.equals(a.indptr(), b.indptr())
        && Arrays.equals(a.indices(), b.indices())
        && Arrays.equals(a.values(), b.values());
  }

  /**
   * {@return whether two columns are equal: of one kind, with the same entries}
   *
   * @param a a column
   * @param b another one
   */
  public static boolean same(Column a, Column b) {
    return switch (a) {
      case Column.Categorical x ->
          b instanceof Column.Categorical y
              && Arrays.equals(x.codes(), y.codes())
              && x.categories().equals(y.categories())
              && x.ordered() == y.ordered();
      case Column.Text(String[] x) -> b instanceof Column.Text(String[] y) && Arrays.equals(x, y);
      case Column.Numbers(double[] x, boolean whole) ->
          b instanceof Column.Numbers(double[] y, boolean alsoWhole)
              && whole == alsoWhole
              && Arrays.equals(x, y);
      case Column.Flags(boolean[] x, boolean[] missing) ->
          b instanceof Column.Flags(boolean[] y, boolean[] alsoMissing)
              && Arrays.equals(x, y)
              && Arrays.equals(missing, alsoMissing);
    };
  }

  /**
   * {@return whether two trees are equal} Entries that are {@link Tree.Nothing} count as absent,
   * and order does not matter.
   *
   * @param a a tree
   * @param b another one
   */
  public static boolean same(Tree a, Tree b) {
    return switch (a) {
      case Tree.Dict x -> b instanceof Tree.Dict y && sameEntries(present(x), present(y));
      case Tree.Reals(double[] x) -> b instanceof Tree.Reals(double[] y) && Arrays.equals(x, y);
      case Tree.Text _, Tree.Whole _, Tree.Real _, Tree.Flag _, Tree.Texts _, Tree.Nothing _ ->
          a.equals(b);
    };
  }

  private static boolean sameEntries(Map<String, Tree> a, Map<String, Tree> b) {
    return a.keySet().equals(b.keySet())
        && a.entrySet().stream().allMatch(e -> same(e.getValue(), b.get(e.getKey())));
  }

  private static Map<String, Tree> present(Tree.Dict dict) {
    Map<String, Tree> present = new HashMap<>(dict.entries());
    present.values().removeIf(Tree.Nothing.class::isInstance);
    return present;
  }
}
