package org.regularizedvi.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The layout against umap-learn's, and against itself with other threads and seeds. */
class UmapLayoutTest {
  private static final UmapCurve CURVE = UmapCurve.of(1, 0.5);

  private final Golden golden = new Golden();
  private final Points points = golden.points();
  private final Graph graph = Connectivities.of(Neighbours.of(points, 15, Golden.THREADS));

  @Test
  void curvesAreThoseOfUmapLearn() {
    for (Map.Entry<String, JsonNode> curve : golden.at("curves").properties()) {
      String[] key = curve.getKey().split(" ");
      UmapCurve found = UmapCurve.of(Double.parseDouble(key[0]), Double.parseDouble(key[1]));
      assertThat(found.a())
          .as(curve.getKey())
          .isCloseTo(curve.getValue().get(0).doubleValue(), within(1e-5));
      assertThat(found.b())
          .as(curve.getKey())
          .isCloseTo(curve.getValue().get(1).doubleValue(), within(1e-5));
    }
  }

  @Test
  void isAsTrustworthyAsThatOfUmapLearn() {
    double theirs = golden.at("trustworthiness").doubleValue();
    // Our measure is scikit-learn's.
    assertThat(Trust.of(points, golden.floats("umap"), 15)).isCloseTo(theirs, within(1e-4));
    for (long seed = 0; seed < 3; seed++) {
      float[] plane = UmapLayout.of(points, graph, CURVE, seed, Golden.THREADS);
      assertThat(Trust.of(points, plane, 15)).isGreaterThan(theirs - 0.01);
    }
  }

  @Test
  void isTheSameWithAnyNumberOfThreadsAndAnotherWithAnotherSeed() {
    float[] one = UmapLayout.of(points, graph, CURVE, 5, new Threads(1));
    assertThat(UmapLayout.of(points, graph, CURVE, 5, new Threads(3))).isEqualTo(one);
    assertThat(UmapLayout.of(points, graph, CURVE, 6, new Threads(1))).isNotEqualTo(one);
  }

  @Test
  void ofPointsWithoutWidthIsFinite() {
    Points still = new Points(20, 1, new float[20]);
    Graph joined = Connectivities.of(Neighbours.of(still, 5, Golden.THREADS));
    for (float value : UmapLayout.of(still, joined, CURVE, 0, Golden.THREADS)) {
      assertThat(value).isFinite();
    }
  }
}
