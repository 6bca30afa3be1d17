package org.regularizedvi.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * Holds what was found in one modality.
 *
 * @param name the name of the modality, empty where there is only one
 * @param features the names of its features
 * @param reconstruction the negative log-likelihood of its counts, nats per cell
 * @param libraryObsW the weight of the observed total in the library size, 0 to 1, where it is
 *     learned
 * @param library the library sizes of the cells
 * @param dispersions the inverse dispersions of the features
 * @param ambient the ambient counts, where the modality has a background
 * @param scaling the scaling factors, where it has them
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
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when a part has not as many features
   */
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
   * The library sizes of the cells.
   *
   * @param observed the total of each cell's counts
   * @param inferred the library size that the model infers, on its own scale; NaN for a cell that
   *     lacks the modality
   */
  public record LibrarySizes(double[] observed, double[] inferred) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException when there are not as many of both
     */
    public LibrarySizes {
      require(observed.length, inferred.length, "inferred sizes");
    }
  }

  /** Says by which number a feature's noise beyond counting is known. */
  public enum Noise {
    /** The inverse dispersion. */
    INVERSE_DISPERSION(
        "theta",
        "Inverse dispersion theta of each feature against its mean count",
        "theta, larger is closer to Poisson"),
    /** The technical variance, where decoders give bursts. */
    TECHNICAL_VARIANCE(
        "technical variance",
        "Technical variance of each feature's counts against its mean count",
        "technical variance, smaller is closer to none");

    private final String words;
    private final String caption;
    private final String axis;

    Noise(String words, String caption, String axis) {
      this.words = words;
      this.caption = caption;
      this.axis = axis;
    }

    /** {@return its name within sentences and tables} */
    String words() {
      return words;
    }

    /** {@return the caption of its figure} */
    String caption() {
      return caption;
    }

    /** {@return the title of its axis} */
    String axis() {
      return axis;
    }
  }

  /**
   * The noise of the features beyond counting.
   *
   * @param noise the number by which it is known
   * @param mean the mean count of each feature
   * @param theta that number of each feature, the geometric mean over groups
   * @param priorTheta where the prior alone would put it
   */
  public record Dispersions(Noise noise, double[] mean, double[] theta, double priorTheta) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException when there are not as many of both
     */
    public Dispersions {
      require(mean.length, theta.length, "dispersions");
    }
  }

  /**
   * The ambient counts.
   *
   * @param categories the names of the ambient categories
   * @param profiles category x feature: the share of each feature in the background; the shares of
   *     a category add up to 1
   * @param fractions the ambient share of each cell's counts, NaN where the cell has no counts
   * @param shareOf for each category, the share of the expected counts that is ambient
   */
  public record Ambient(
      List<String> categories,
      double[][] profiles,
      double[] fractions,
      SequencedMap<String, Double> shareOf) {}

  /**
   * The scaling factors of the features.
   *
   * @param groups the names of the groups
   * @param factors group x feature; 1 stands for no difference
   */
  public record Scaling(List<String> groups, double[][] factors) {}
}
