package org.regularizedvi.cells.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountKeeper;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.FeatureRange;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.store.DiskReads;
import org.regularizedvi.cells.store.KeptOnDisk;

/** A process that keeps the counts of some features knows what there is to know of all. */
class SharingKeeperTest {
  private static final int CELLS = 9_000;
  private static final int FEATURES = 40;
  private static final FeatureRange PART = new FeatureRange(8, 21);

  /** Every 50th cell has no count at all, and every 7th none of the features that are kept. */
  private static final CountsInMemory ALL = counts();

  @TempDir Path folder;

  private static CountsInMemory counts() {
    SplittableRandom random = new SplittableRandom(5);
    List<SparseRows> rows = new ArrayList<>();
    for (int n = 0; n < CELLS; n++) {
      int cell = n;
      int[] features =
          IntStream.range(0, FEATURES)
              .filter(g -> cell % 50 > 0 && random.nextInt(3) == 0)
              .filter(g -> cell % 7 > 0 || g < PART.from() || g >= PART.to())
              .toArray();
      float[] values = new float[features.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = 1 + random.nextInt(9);
      }
      rows.add(new SparseRows(FEATURES, new int[] {0, features.length}, features, values));
    }
    return CountsInMemory.of(SparseRows.join(FEATURES, rows));
  }

  private static CellSource source() {
    FeatureTable features =
        (FeatureTable)
            proxy(
                FeatureTable.class,
                "varNames",
                IntStream.range(0, FEATURES).mapToObj(g -> "gene" + g).toList());
    return (CellSource)
        Proxy.newProxyInstance(
            CellSource.class.getClassLoader(),
            new Class<?>[] {CellSource.class},
            (_, method, _) ->
                switch (method.getName()) {
                  case "features" -> features;
                  case "onDisk" -> Optional.empty();
                  case "countReader" -> CountReader.of(ALL);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Object proxy(Class<?> type, String name, Object value) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (_, method, _) -> method.getName().equals(name) ? value : "a test");
  }

  @Test
  void inMemoryAndOnDisk() {
    requireShared(keep(CountKeeper.inMemory(), Optional.empty()), ALL, PART);
    try (KeptOnDisk disk = new KeptOnDisk(folder, DiskReads.RANDOM)) {
      requireShared(keep(disk, Optional.empty()), ALL, PART);
    }
  }

  @Test
  void ofChosenFeatures() {
    int[] columns = IntStream.range(0, FEATURES).filter(g -> g % 5 > 0).toArray();
    CountsInMemory chosen;
    try (CountReader reader = CountReader.of(ALL).columns(columns)) {
      chosen = CountsInMemory.read(reader, "a test");
    }
    requireShared(keep(CountKeeper.inMemory(), Optional.of(columns)), chosen, PART);
  }

  private static Counts keep(CountKeeper keeper, Optional<int[]> columns) {
    return new SharingKeeper(keeper, _ -> PART).keep(source(), "", columns);
  }

  private static void requireShared(Counts shared, Counts all, FeatureRange part) {
    requireAll(shared, all);
    requireKept(shared.kept(), all, part);
    // Cells in another order, one of them twice and one without counts.
    int[] order = {8_999, 3, -1, 3, 50, 7, 4_200};
    requireAll(shared.inOrder(order), all.inOrder(order));
    requireKept(shared.inOrder(order).kept(), all.inOrder(order), part);
    requireKept(shared.kept().inOrder(order), all.inOrder(order), part);
    int[] some = IntStream.range(0, CELLS).filter(n -> n % 3 > 0).toArray();
    requireAll(shared.inOrder(some), all.inOrder(some));
  }

  /** Asked for all features, it gives them. */
  private static void requireAll(Counts shared, Counts all) {
    assertThat(shared.rows()).isEqualTo(all.rows());
    assertThat(shared.columns()).isEqualTo(all.columns());
    assertThat(shared.nonzeros()).isEqualTo(all.nonzeros());
    assertThat(shared.digest()).isEqualTo(all.digest());
    assertSame(SparseRows.join(all.columns(), shared.blocks().toList()), all.slice(0, all.rows()));
    int[] some = {all.rows() - 1, 0, 1, 0};
    assertSame(shared.gather(some), all.gather(some));
    assertSame(shared.slice(1, 4), all.slice(1, 4));
  }

  /** Of the features that it keeps it has the counts, of all others what steps need. */
  private static void requireKept(Counts kept, Counts all, FeatureRange part) {
    int[] rows = IntStream.range(0, all.rows()).toArray();
    SparseRows whole = all.gather(rows);
    assertSame(kept.gather(rows), whole.withOnly(part));
    assertThat(kept.nonzeros()).isEqualTo(whole.withOnly(part).nonzeros());
    assertThat(kept.totals(rows)).isEqualTo(all.totals(rows));
    int[] before = kept.before(rows);
    for (int n = 0; n < rows.length; n++) {
      int row = n;
      assertThat(kept.isEmpty(n)).isEqualTo(all.isEmpty(n));
      assertThat((long) before[n])
          .isEqualTo(
              Arrays.stream(whole.indices(), whole.indptr()[row], whole.indptr()[row + 1])
                  .filter(g -> g < part.from())
                  .count());
    }
  }

  private static void assertSame(SparseRows found, SparseRows expected) {
    assertThat(found.columns()).isEqualTo(expected.columns());
    assertThat(found.indptr()).isEqualTo(expected.indptr());
    assertThat(found.indices()).isEqualTo(expected.indices());
    assertThat(found.values()).isEqualTo(expected.values());
  }
}
