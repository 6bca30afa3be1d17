package org.regularizedvi.core.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.counts.CountSummary;

/**
 * Invented cells of eight types, of which each has half of its own genes from a list of markers, in
 * two samples whose profiles are unlike what their cells express.
 */
final class AmbientLevelTest {
  private static final int TYPES = 8;
  private static final int MARKERS = 20; // of each type
  private static final int GENES = 400; // of which the rest are for all types
  private static final double MOLECULES = 2000;

  private final SplittableRandom random = new SplittableRandom(5);
  private final double[] driftG = random.doubles(GENES, 0.3, 3).toArray();

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.05, 0.1, 0.2, 0.3, 0.5})
  void findsTheFractionOfEachSample(double fraction) {
    OptionalDouble[] found = levels(1600, fraction, 0.15);
    assertThat(found[0].orElseThrow()).isCloseTo(fraction, within(0.12 * fraction + 0.005));
    assertThat(found[1].orElseThrow()).isCloseTo(0.15, within(0.03));
  }

  @Test
  void aSampleOfTooFewCellsHasTheFractionOfAll() {
    OptionalDouble[] found = levels(6, 0.3, 0.1);
    assertThat(found[0].orElseThrow()).isCloseTo(found[1].orElseThrow(), within(0.01));
    assertThat(found[1].orElseThrow()).isCloseTo(0.1, within(0.02));
  }

  @Test
  void noSampleTellsWhereAllHaveTooFewCells() {
    Counts counts = CountsInMemory.of(cells(4, 4, 0.1, 0.1));
    assertThat(levels(counts, 4)).containsOnly(OptionalDouble.empty());
  }

  @Test
  void groupsAreOfOneTypeEach() {
    SparseRows cells = cells(800, 0, 0.1, 0.1);
    int[] groups = CellGroups.of(cells);
    int[][] cellsGT = new int[CellGroups.MOST][TYPES];
    for (int n = 0; n < groups.length; n++) {
      cellsGT[groups[n]][n % TYPES]++;
    }
    int pure = Arrays.stream(cellsGT).mapToInt(own -> Arrays.stream(own).max().orElseThrow()).sum();
    assertThat(pure).isGreaterThan(790);
  }

  private OptionalDouble[] levels(int inFirst, double first, double second) {
    return levels(CountsInMemory.of(cells(inFirst, 1600, first, second)), inFirst);
  }

  private OptionalDouble[] levels(Counts counts, int inFirst) {
    CountSummary summary = CountSummary.of(counts, new double[0], CountSummary.Ambient.NONE, false);
    int[] codes = new int[counts.rows()];
    Arrays.setAll(codes, n -> n < inFirst ? 0 : 1);
    float[] shares = new float[2 * GENES];
    for (int g = 0; g < GENES; g++) {
      shares[2 * g] = (float) soup(0)[g];
      shares[2 * g + 1] = (float) soup(1)[g];
    }
    return AmbientLevel.of(counts, summary, codes, new FloatMatrix(GENES, 2, shares));
  }

  /**
   * What is in solution: the mean of the types, each gene more or less, and not the same of both.
   */
  private double[] soup(int sample) {
    double[] soup = new double[GENES];
    for (int t = 0; t < TYPES; t++) {
      double[] own = type(t);
      for (int g = 0; g < GENES; g++) {
        soup[g] += own[g] * driftG[sample == 0 ? g : GENES - 1 - g];
      }
    }
    double sum = Arrays.stream(soup).sum();
    return Arrays.stream(soup).map(share -> share / sum).toArray();
  }

  private static double[] type(int type) {
    double[] shares = new double[GENES];
    for (int g = 0; g < GENES; g++) {
      int owner = g / MARKERS;
      shares[g] = owner >= TYPES ? 1 : owner == type ? 5 : 0;
    }
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / sum).toArray();
  }

  private SparseRows cells(int inFirst, int inSecond, double first, double second) {
    int cells = inFirst + inSecond;
    int[] indptr = new int[cells + 1];
    int[] indices = new int[cells * GENES];
    float[] values = new float[cells * GENES];
    int stored = 0;
    for (int n = 0; n < cells; n++) {
      double fraction = n < inFirst ? first : second;
      double[] own = type(n % TYPES);
      double[] soup = soup(n < inFirst ? 0 : 1);
      double total = MOLECULES * (0.5 + random.nextDouble());
      for (int g = 0; g < GENES; g++) {
        int x = poisson(total * ((1 - fraction) * own[g] + fraction * soup[g]));
        if (x > 0) {
          indices[stored] = g;
          values[stored++] = x;
        }
      }
      indptr[n + 1] = stored;
    }
    return new SparseRows(
        GENES, indptr, Arrays.copyOf(indices, stored), Arrays.copyOf(values, stored));
  }

  private int poisson(double mean) {
    int x = 0;
    for (double p = random.nextDouble(); p > Math.exp(-mean); p *= random.nextDouble()) {
      x++;
    }
    return x;
  }
}
