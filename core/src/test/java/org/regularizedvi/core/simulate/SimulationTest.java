package org.regularizedvi.core.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.SparseRows;

/** Counts follow the truth that stands beside them. */
class SimulationTest {
  private static final SimulationPlan RNA =
      new SimulationPlan(1500, 4, 3, 0, 11, List.of(ModalityPlan.of("rna", 600)));
  private static final SimulationPlan UNEVEN =
      new SimulationPlan(
          1500,
          4,
          3,
          0,
          11,
          List.of(
              new ModalityPlan(
                  "rna", FeatureKind.EXPRESSION, 600, 3000, new SimulatedAmbient(0.2, 0.7, 0.5))));
  private static final SimulationPlan BOTH =
      new SimulationPlan(
          900,
          3,
          2,
          0.3,
          5,
          List.of(
              new ModalityPlan("rna", FeatureKind.EXPRESSION, 200, 500, SimulatedAmbient.even(0.1)),
              ModalityPlan.of("atac", 1000)));

  /** Sums over the cells of a batch: counts, expected native and ambient counts, variance. */
  private record Sums(double[] counts, double[] native_, double[] ambient, double[] variance) {
    static Sums of(Simulation simulation, int modality, int batch) {
      SimulatedModality m = simulation.modalities().get(modality);
      int features = m.counts().columns();
      Sums sums =
          new Sums(
              new double[features],
              new double[features],
              new double[features],
              new double[features]);
      SparseRows rows = m.counts().slice(0, m.counts().rows());
      for (int r = 0; r < rows.rows(); r++) {
        int cell = m.cells()[r];
        if (simulation.cells().batchN()[cell] == batch) {
          sums.add(rows, r, m, simulation.cells().typeN()[cell], batch);
        }
      }
      return sums;
    }

    private void add(SparseRows rows, int row, SimulatedModality m, int type, int batch) {
      for (int i = rows.indptr()[row]; i < rows.indptr()[row + 1]; i++) {
        counts[rows.indices()[i]] += rows.values()[i];
      }
      FeatureTruth truth = m.features();
      // The cell's fraction says how native and ambient parts are shifted; their sum stays.
      double typical = truth.ambientFraction(type, batch);
      double share = m.plan().ambient().fraction();
      double odds = m.fractionN()[row] / (1 - m.fractionN()[row]) * (1 - typical) / typical;
      double times = 1 / (odds * share + 1 - share);
      for (int g = 0; g < counts.length; g++) {
        double factor = m.libraryN()[row] * truth.scalingBG()[batch][g] * times;
        double own = factor * truth.rhoTG()[type][g];
        double soup = factor * odds * truth.ambientBG()[batch][g];
        native_[g] += own;
        ambient[g] += soup;
        variance[g] += own + soup + (own + soup) * (own + soup) / truth.thetaG()[g];
      }
    }
  }

  /** Standardised differences of a batch's sums have variance 1: means and dispersion are right. */
  @Test
  void sumsOverABatchLieAboutTheirMeansAsFarAsTheyShould() {
    for (SimulationPlan plan : List.of(RNA, UNEVEN)) {
      assertAsFarAsTheyShould(Simulation.of(plan));
    }
  }

  private static void assertAsFarAsTheyShould(Simulation simulation) {
    double squares = 0;
    int terms = 0;
    for (int batch = 0; batch < 3; batch++) {
      Sums sums = Sums.of(simulation, 0, batch);
      for (int g = 0; g < 600; g++) {
        // Sums of few, very uneven counts are far from normal.
        if (simulation.modalities().getFirst().features().thetaG()[g] > 0.3) {
          double z =
              (sums.counts[g] - sums.native_[g] - sums.ambient[g]) / Math.sqrt(sums.variance[g]);
          assertThat(Math.abs(z)).isLessThan(6);
          squares += z * z;
          terms++;
        }
      }
    }
    assertThat(terms).isGreaterThan(1500);
    assertThat(squares / terms).isCloseTo(1, within(5 * Math.sqrt(2.0 / terms)));
  }

  /** Weighted least squares on the two expected profiles finds both, and so the ambient share. */
  @Test
  void theAmbientShareIsInTheCounts() {
    Simulation simulation = Simulation.of(RNA);
    for (int batch = 0; batch < 3; batch++) {
      Sums sums = Sums.of(simulation, 0, batch);
      double nn = 0;
      double na = 0;
      double aa = 0;
      double nx = 0;
      double ax = 0;
      for (int g = 0; g < 600; g++) {
        double weight = 1 / sums.variance[g];
        nn += weight * sums.native_[g] * sums.native_[g];
        na += weight * sums.native_[g] * sums.ambient[g];
        aa += weight * sums.ambient[g] * sums.ambient[g];
        nx += weight * sums.native_[g] * sums.counts[g];
        ax += weight * sums.ambient[g] * sums.counts[g];
      }
      double soup = (nn * ax - na * nx) / (nn * aa - na * na);
      double own = (aa * nx - na * ax) / (nn * aa - na * na);
      double ambient = soup * Arrays.stream(sums.ambient).sum();
      double share = ambient / (ambient + own * Arrays.stream(sums.native_).sum());
      assertThat(share).isCloseTo(0.2, within(0.02));
    }
  }

  /** Logits of the fractions: spread over the cells of a batch, and from batch to batch. */
  @Test
  void ambientFractionsSpreadAsThePlanSays() {
    Simulation simulation = Simulation.of(UNEVEN);
    SimulatedModality rna = simulation.modalities().getFirst();
    double[] means = new double[3];
    for (int batch = 0; batch < 3; batch++) {
      int own = batch;
      double[] logits =
          IntStream.range(0, 1500)
              .filter(n -> simulation.cells().batchN()[n] == own)
              .mapToDouble(n -> Math.log(rna.fractionN()[n] / (1 - rna.fractionN()[n])))
              .toArray();
      means[batch] = Arrays.stream(logits).average().orElseThrow();
      double variance =
          Arrays.stream(logits).map(l -> (l - means[own]) * (l - means[own])).average().orElse(0);
      assertThat(Math.sqrt(variance)).isCloseTo(0.7, within(4 * 0.7 / Math.sqrt(2 * 500)));
    }
    double spread =
        Arrays.stream(means).max().orElseThrow() - Arrays.stream(means).min().orElseThrow();
    assertThat(spread).isBetween(0.1, 3.0);
  }

  @Test
  void fractionsAndSizesAreWhatThePlanSays() {
    Simulation simulation = Simulation.of(RNA);
    SimulatedModality rna = simulation.modalities().getFirst();
    for (int t = 0; t < 4; t++) {
      assertThat(Arrays.stream(rna.features().rhoTG()[t]).sum()).isCloseTo(0.8, within(1e-9));
      for (int b = 0; b < 3; b++) {
        assertThat(Arrays.stream(rna.features().ambientBG()[b]).sum()).isCloseTo(0.2, within(1e-9));
        assertThat(rna.features().ambientFraction(t, b)).isCloseTo(0.2, within(0.01));
      }
    }
    double[] sorted = Arrays.stream(rna.libraryN()).sorted().toArray();
    assertThat(sorted[750] / 3000).isCloseTo(1, within(0.08));
    double meanOfRoots =
        Arrays.stream(rna.features().thetaG()).map(t -> 1 / Math.sqrt(t)).average().orElseThrow();
    assertThat(meanOfRoots).as("1 / rate of the prior").isCloseTo(1 / 3.0, within(0.06));
    double[] scaling = rna.features().scalingBG()[0];
    double mean = Arrays.stream(scaling).average().orElseThrow();
    double variance = Arrays.stream(scaling).map(y -> (y - mean) * (y - mean)).sum() / 600;
    assertThat(mean).isCloseTo(1, within(0.015));
    assertThat(variance).as("Gamma(200, 200)").isCloseTo(1 / 200.0, within(0.0015));
  }

  @Test
  void theSameSeedGivesTheSameCountsOnAnyNumberOfThreads() throws Exception {
    String digest = Simulation.of(RNA).modalities().getFirst().counts().digest();
    try (ForkJoinPool one = new ForkJoinPool(1)) {
      Simulation alone = one.submit(() -> Simulation.of(RNA)).get();
      assertThat(alone.modalities().getFirst().counts().digest()).isEqualTo(digest);
    }
    SimulationPlan other = new SimulationPlan(1500, 4, 3, 0, 12, RNA.modalities());
    assertThat(Simulation.of(other).modalities().getFirst().counts().digest()).isNotEqualTo(digest);
  }

  @Test
  void cellsLackAtMostOneModality() {
    Simulation simulation = Simulation.of(BOTH);
    boolean[] rna = has(simulation, 0);
    boolean[] atac = has(simulation, 1);
    int both = 0;
    for (int n = 0; n < 900; n++) {
      assertThat(rna[n] || atac[n]).isTrue();
      both += rna[n] && atac[n] ? 1 : 0;
    }
    assertThat(both / 900.0).isCloseTo(0.7, within(0.05));
    int withoutRna = 900 - simulation.modalities().getFirst().cells().length;
    assertThat(withoutRna / 900.0).isCloseTo(0.15, within(0.04));
  }

  private static boolean[] has(Simulation simulation, int modality) {
    boolean[] has = new boolean[900];
    for (int cell : simulation.modalities().get(modality).cells()) {
      has[cell] = true;
    }
    return has;
  }

  @Test
  void peaksAreOpenByTypeAndSeldomCountedTwice() {
    SimulatedModality atac = Simulation.of(BOTH).modalities().get(1);
    SparseRows rows = atac.counts().slice(0, atac.counts().rows());
    long ones = IntStream.range(0, rows.nonzeros()).filter(i -> rows.values()[i] == 1).count();
    assertThat(ones / (double) rows.nonzeros()).isGreaterThan(0.8);
    assertThat(rows.nonzeros() / (900.0 * 1000)).isBetween(0.03, 0.15);
    assertThat(atac.features().ambientBG()[0]).containsOnly(0);
    double[][] rho = atac.features().rhoTG();
    long differ =
        IntStream.range(0, 1000)
            .filter(g -> Math.abs(Math.log(rho[0][g] / rho[1][g])) > Math.log(5))
            .count();
    // Closed in all types unless open in one: 2 * 0.3 * 0.7 of the half that is not shared.
    assertThat(differ / 1000.0).isCloseTo(0.21, within(0.05));
  }
}
