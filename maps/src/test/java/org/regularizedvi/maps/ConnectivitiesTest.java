package org.regularizedvi.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Connectivities against those of scanpy, on the same neighbours. */
class ConnectivitiesTest {
  @Test
  void areThoseOfScanpy() {
    Golden golden = new Golden();
    Graph graph = Connectivities.of(Neighbours.of(golden.points(), 15, Golden.THREADS));
    assertThat(graph.starts()).isEqualTo(golden.ints("connectivities/indptr"));
    assertThat(graph.indices()).isEqualTo(golden.ints("connectivities/indices"));
    float[] expected = golden.floats("connectivities/data");
    for (int e = 0; e < expected.length; e++) {
      assertThat(graph.weights()[e]).as("edge %d", e).isCloseTo(expected[e], within(1e-5f));
    }
  }

  @Test
  void ofPointsInOnePlaceAreOne() {
    Neighbours neighbours = Neighbours.of(new Points(4, 1, new float[4]), 3, Golden.THREADS);
    assertThat(Connectivities.of(neighbours).weights()).containsOnly(1);
  }
}
