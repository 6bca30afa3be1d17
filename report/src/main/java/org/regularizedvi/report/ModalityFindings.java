package org.regularizedvi.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * What was found of one modality.
 *
 * @param name empty where there is only one
 * @param reconstruction negative log-likelihood of its counts, nats per cell
 * @param libraryObsW weight of the observed total in the library size
 */
public record ModalityFindings(
    String name,
    List<String> features,
    double reconstruction,
    OptionalDouble libraryObsW,
    LibrarySizes library,
    Dispersions dispersions,
    Optional<Ambient> ambient,
    Optional<Scaling> scaling) {
  public ModalityFindings {
    features = List.copyOf(features);
    int n = features.size();
    require(n, dispersions.theta().length, "dispersions");
    ambient.ifPresent(
        a -> Arrays.stream(a.profiles()).forEach(p -> require(n, p.length, "profile")));
    scaling.ifPresent(
        s -> Arrays.stream(s.factors()).forEach(f -> require(n, f.length, "factors")));
  }

  private static void require(int expected, int found, String what) {
    if (expected != found) {
      throw new IllegalArgumentException(
          "%d features, but %d of %s".formatted(expected, found, what));
    }
  }

  /**
   * Library sizes.
   *
   * @param observed the total of each cell's counts
   * @param inferred what the model takes it for, on its own scale; NaN for a cell that lacks the
   *     modality
   */
  public record LibrarySizes(double[] observed, double[] inferred) {
    public LibrarySizes {
      require(observed.length, inferred.length, "inferred sizes");
    }
  }

  /**
   * Inverse dispersions.
   *
   * @param mean mean count of each feature
   * @param theta of each feature, the geometric mean over groups; large is close to Poisson
   * @param priorTheta where the prior alone would put it
   */
  public record Dispersions(double[] mean, double[] theta, double priorTheta) {
    public Dispersions {
      require(mean.length, theta.length, "dispersions");
    }
  }

  /**
   * Ambient counts.
   *
   * @param profiles category x feature: the background's share of each feature, 1 in all
   * @param fractions the ambient share of each cell's counts, NaN where it has none
   * @param shareOf by category the share of the expected counts that is ambient
   */
  public record Ambient(
      List<String> categories,
      double[][] profiles,
      double[] fractions,
      SequencedMap<String, Double> shareOf) {}

  /**
   * Scaling factors of the features.
   *
   * @param factors group x feature; 1 is no difference
   */
  public record Scaling(List<String> groups, double[][] factors) {}
}
