package org.regularizedvi.cells.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.cells.SparseRows;

/** Rows come out of a deal as they went into the store, and only in the order of the deal. */
class RowDealTest {
  private static final int BATCH = 17;
  private static final SparseRows ROWS = AnyStoreTest.counts(900, 300, 0.1, true, 7);

  @TempDir Path folder;
  private CountStore store;
  private StoredCounts counts;

  @BeforeEach
  void store() {
    store = CountStore.temporary(folder, "", HeldRows.reader(ROWS, 333));
    counts = (StoredCounts) store.counts("");
  }

  @AfterEach
  void nothingIsLeft() {
    counts.close();
    store.close();
    assertThat(folder).isEmptyDirectory();
  }

  /** Nine in ten of the rows, in an order of their own. */
  private static int[] order(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = IntStream.range(0, ROWS.rows()).filter(_ -> random.nextInt(10) > 0).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int row = order[i];
      order[i] = order[j];
      order[j] = row;
    }
    return order;
  }

  private static SparseRows empty(int[] rows) {
    int[] indptr = new int[rows.length + 1];
    for (int i = 0; i < rows.length; i++) {
      int count = rows[i] < 0 ? 0 : ROWS.indptr()[rows[i] + 1] - ROWS.indptr()[rows[i]];
      indptr[i + 1] = indptr[i] + count;
    }
    int counts = indptr[rows.length];
    return new SparseRows(ROWS.columns(), indptr, new int[counts], new float[counts]);
  }

  /** Some rows that follow each other in an order, sorted, as a minibatch has them, and a gap. */
  private static int[] batch(int[] order, int from) {
    int[] rows = Arrays.copyOfRange(order, from, Math.min(order.length, from + BATCH) + 1);
    rows[rows.length - 1] = -1;
    Arrays.sort(rows, 0, rows.length - 1);
    return rows;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 700, 1 << 26})
  void rowsComeInTheOrderOfTheDeal(int bytesOfPart) throws IOException {
    int[] order = order(1);
    try (RowDeal deal = RowDeal.of(counts.stored(), order, folder, bytesOfPart)) {
      for (int from = 0; from < order.length; from += BATCH) {
        int[] rows = batch(order, from);
        SparseRows into = empty(rows);
        assertThat(deal.read(rows, into)).isTrue();
        AnyStoreTest.requireEqual(into, ROWS.pick(rows));
        // The same rows once more, as of several modalities or threads.
        assertThat(deal.read(rows, empty(rows))).isTrue();
      }
    }
  }

  @Test
  void whatIsFarApartOrHasNoTurnIsLeftToOthers() throws IOException {
    int[] order = order(1);
    int[] without =
        IntStream.range(0, ROWS.rows())
            .filter(row -> Arrays.stream(order).noneMatch(own -> own == row))
            .toArray();
    RowDeal deal = RowDeal.of(counts.stored(), order, folder, 700);
    int[] apart = {order[0], order[order.length - 1]};
    assertThat(deal.read(apart, empty(apart))).isFalse();
    int[] one = {order[3], without[0]};
    assertThat(deal.read(one, empty(one))).isFalse();
    int[] near = {order[4], order[3]};
    assertThat(deal.read(near, empty(near))).isTrue();
    deal.close();
    deal.close();
    assertThat(deal.read(near, empty(near))).isFalse();
  }

  @Test
  void countsThatDealAnswerAsOthersDo() {
    StoredCounts dealing = counts.dealing(folder);
    for (int epoch = 0; epoch < 3; epoch++) {
      int[] order = order(epoch);
      dealing.expect(order);
      for (int from = 0; from < order.length; from += BATCH) {
        int[] rows = Arrays.copyOfRange(order, from, Math.min(order.length, from + BATCH));
        AnyStoreTest.requireEqual(dealing.gather(rows), ROWS.pick(rows));
        int[] others = new SplittableRandom(from).ints(30, 0, ROWS.rows()).toArray();
        AnyStoreTest.requireEqual(dealing.gather(others), ROWS.pick(others));
      }
    }
    dealing.close();
    AnyStoreTest.requireEqual(dealing.slice(0, ROWS.rows()), ROWS);
  }

  @Test
  void noRowHasTwoTurns() {
    assertThatThrownBy(() -> RowDeal.of(counts.stored(), new int[] {3, 5, 3}, folder, 700))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 3 comes twice");
  }

  @Test
  void slowIsADiskThatGivesFewCellsAndMoreInARun() {
    assertThat(new DiskTrial(1_500, 20_000).slow()).isTrue();
    assertThat(new DiskTrial(40_000, 100_000).slow()).isFalse();
    assertThat(new DiskTrial(1_500, 2_000).slow()).isFalse();
    assertThat(DiskTrial.tells(counts.stored())).isFalse();
  }

  @Test
  void aTrialReadsAndCounts() {
    SparseRows many = AnyStoreTest.counts(3_000, 20_000, 0.5, true, 7);
    try (CountStore large = CountStore.temporary(folder, "", HeldRows.reader(many, 333))) {
      StoredCounts own = (StoredCounts) large.counts("");
      assertThat(DiskTrial.tells(own.stored())).isTrue();
      DiskTrial trial = DiskTrial.of(own);
      assertThat(trial.cells()).isPositive();
      assertThat(trial.dealt()).isPositive();
    }
  }
}
