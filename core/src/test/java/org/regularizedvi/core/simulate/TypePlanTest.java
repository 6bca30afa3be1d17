package org.regularizedvi.core.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regularizedvi.input.InputException;

/** Types of a tree resemble their siblings, rare ones are rare, and markers are off elsewhere. */
final class TypePlanTest {
  private static final TypePlan TREE = new TypePlan(24, List.of(3, 12), 4, 0.3);
  private static final int GENES = 1500;

  private static SimulationPlan plan(TypePlan types, double ambient) {
    return new SimulationPlan(
        3000,
        types,
        2,
        0,
        3,
        List.of(
            new ModalityPlan(
                "rna", FeatureKind.EXPRESSION, GENES, 1000, SimulatedAmbient.even(ambient))));
  }

  @Test
  void aNodeIsWithinANodeAboveIt() {
    assertThat(TREE.node(23, 2)).isEqualTo(23);
    assertThat(TREE.node(23, 1)).isEqualTo(11);
    assertThat(TREE.node(23, 0)).isEqualTo(2);
    for (int t = 0; t < 24; t++) {
      assertThat(TREE.node(t, 0)).isEqualTo(TREE.node(TREE.node(t, 1), 0));
    }
  }

  @Test
  void siblingsAreMoreAlikeThanCousinsAndThoseThanStrangers() {
    TypePlan tree = new TypePlan(24, List.of(3, 12), 0, 0);
    double[][] rho = Simulation.of(plan(tree, 0)).modalities().getFirst().features().rhoTG();
    double[] sums = new double[3];
    int[] pairs = new int[3];
    for (int s = 0; s < 24; s++) {
      for (int t = 0; t < s; t++) {
        int shared =
            tree.node(s, 1) == tree.node(t, 1) ? 2 : tree.node(s, 0) == tree.node(t, 0) ? 1 : 0;
        sums[shared] += distance(rho[s], rho[t]);
        pairs[shared]++;
      }
    }
    double siblings = sums[2] / pairs[2];
    double cousins = sums[1] / pairs[1];
    assertThat(siblings).isLessThan(0.6 * cousins);
    assertThat(cousins).isLessThan(0.7 * sums[0] / pairs[0]);
  }

  /** The mean square of differences of logs. */
  private static double distance(double[] a, double[] b) {
    return IntStream.range(0, a.length)
        .mapToDouble(g -> Math.pow(Math.log(a[g] / b[g]), 2))
        .average()
        .orElseThrow();
  }

  @Test
  void rareTypesHaveTenToFiftyCells() {
    Simulation simulation = Simulation.of(plan(TREE, 0.1));
    int[] cellsT = new int[24];
    for (int type : simulation.cells().typeN()) {
      cellsT[type]++;
    }
    assertThat(Arrays.stream(cellsT, 20, 24)).allMatch(n -> n >= 10 && n <= 50);
    assertThat(Arrays.stream(cellsT).sum()).isEqualTo(3000);
    double[] shares = simulation.cells().compositionBT()[0];
    assertThat(shares[23]).isGreaterThan(0).isLessThan(0.04);
    assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-9));
  }

  @Test
  void aMarkerIsOffInAllTypesButThoseOfANode() {
    Simulation simulation = Simulation.of(plan(TREE, 0.1));
    double[][] rho = simulation.modalities().getFirst().features().rhoTG();
    int markers = 0;
    for (int gene = 0; gene < GENES; gene++) {
      int g = gene;
      int[] on = IntStream.range(0, 24).filter(t -> rho[t][g] > 0).toArray();
      if (on.length < 24) {
        markers++;
        assertThat(on.length).isIn(1, 2, 8);
        int level = on.length == 1 ? 2 : on.length == 2 ? 1 : 0;
        assertThat(Arrays.stream(on).map(t -> TREE.node(t, level)).distinct()).hasSize(1);
      }
    }
    assertThat(markers).isBetween(400, 500);
    Simulation clean = Simulation.of(plan(TREE, 0));
    double[][] own = clean.modalities().getFirst().features().rhoTG();
    var rows = clean.modalities().getFirst().counts().slice(0, 500);
    for (int n = 0; n < rows.rows(); n++) {
      for (int i = rows.indptr()[n]; i < rows.indptr()[n + 1]; i++) {
        assertThat(own[clean.cells().typeN()[n]][rows.indices()[i]]).isPositive();
      }
    }
  }

  @Test
  void peaksOfSiblingsAreMoreAlike() {
    TypePlan tree = new TypePlan(8, List.of(2), 0, 0);
    double[][] rho =
        Simulation.of(
                new SimulationPlan(100, tree, 1, 0, 3, List.of(ModalityPlan.of("atac", 3000))))
            .modalities()
            .getFirst()
            .features()
            .rhoTG();
    assertThat(distance(rho[0], rho[2])).isLessThan(0.8 * distance(rho[0], rho[1]));
  }

  @Test
  void unrelatedTypesAreTheSameCellsAsEver() {
    assertThat(new TypePlan(6, List.of(), 0, 0)).isEqualTo(TypePlan.unrelated(6));
  }

  @Test
  void whatIsNoTreeIsRefused() {
    assertThatThrownBy(() -> new TypePlan(24, List.of(12, 3), 0, 0))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "type_levels must rise from above 1 to below the number of types, 24, but are [12, 3].");
    assertThatThrownBy(() -> new TypePlan(24, List.of(24), 0, 0))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> new TypePlan(24, List.of(), 24, 0))
        .hasMessage("rare_types must be at least 0 and below the number of types, 24, but is 24.");
    assertThatThrownBy(() -> new TypePlan(24, List.of(), 0, 1))
        .hasMessage("marker_share must be at least 0 and below 1, but is 1.0.");
    assertThatThrownBy(
            () ->
                new SimulationPlan(
                    300,
                    new TypePlan(24, List.of(), 4, 0),
                    1,
                    0,
                    0,
                    List.of(ModalityPlan.of("rna", 10))))
        .hasMessage(
            "rare_types 4 of up to 50 cells each need at least 400 cells, but cells is 300.");
  }
}
