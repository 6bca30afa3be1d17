package org.regularizedvi.maps;

import java.util.Random;
import nl.cwts.networkanalysis.Clustering;
import nl.cwts.networkanalysis.LeidenAlgorithm;
import nl.cwts.networkanalysis.LocalMergingAlgorithm;
import nl.cwts.networkanalysis.Network;
import nl.cwts.util.LargeDoubleArray;
import nl.cwts.util.LargeIntArray;

/**
 * Finds clusters of a graph by the Leiden algorithm. It maximises the quality that scanpy's {@code
 * sc.tl.leiden} maximises: the modularity of the weighted graph with a resolution (Reichardt and
 * Bornholdt 2006).
 *
 * <p>Source: Traag, Waltman and van Eck, "From Louvain to Leiden", Scientific Reports 9, 2019; the
 * library is the authors' own.
 */
public final class Leiden {
  private static final int ITERATIONS_AT_MOST = 100;

  private Leiden() {}

  /**
   * Returns the cluster of each point; cluster 0 is the largest. It iterates until no iteration
   * makes the quality better.
   *
   * @param graph joins the points
   * @param resolution above 0; the higher, the more clusters
   * @param seed makes the random choices of the algorithm
   * @return the cluster of each point
   */
  public static int[] of(Graph graph, double resolution, long seed) {
    Network network =
        new Network(
            graph.rows(),
            true,
            widened(graph.starts()),
            new LargeIntArray(graph.indices()),
            new LargeDoubleArray(widened(graph.weights())),
            false);
    // The library's quality has resolution * weight(a) * weight(b): modularity divides by 2m.
    double scaled = resolution / (2 * network.getTotalEdgeWeight());
    LeidenAlgorithm leiden =
        new LeidenAlgorithm(scaled, 1, LocalMergingAlgorithm.DEFAULT_RANDOMNESS, new Random(seed));
    Clustering clusters = new Clustering(graph.rows());
    double before = leiden.calcQuality(network, clusters);
    for (int i = 0; i < ITERATIONS_AT_MOST; i++) {
      leiden.improveClustering(network, clusters);
      double after = leiden.calcQuality(network, clusters);
      // Not "unequal": sums in another order differ in their last bits for ever.
      if (after <= before + Math.ulp(1f) * Math.abs(before)) {
        break;
      }
      before = after;
    }
    clusters.orderClustersByNNodes();
    return clusters.getClusters();
  }

  /**
   * {@return the modularity of clusters, -1 to 1; higher is better}
   *
   * @param graph joins the points
   * @param clusters the cluster of each point
   * @param resolution above 0
   */
  public static double modularity(Graph graph, int[] clusters, double resolution) {
    double[] degrees = new double[graph.rows()];
    double inside = 0;
    double total = 0;
    double[] ofCluster = new double[graph.rows()];
    for (int i = 0; i < graph.rows(); i++) {
      for (int e = graph.starts()[i]; e < graph.starts()[i + 1]; e++) {
        degrees[i] += graph.weights()[e];
        inside += clusters[i] == clusters[graph.indices()[e]] ? graph.weights()[e] : 0;
      }
      total += degrees[i];
      ofCluster[clusters[i]] += degrees[i];
    }
    double expected = 0;
    for (double degree : ofCluster) {
      expected += degree / total * (degree / total);
    }
    return inside / total - resolution * expected;
  }

  private static long[] widened(int[] values) {
    long[] wide = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
