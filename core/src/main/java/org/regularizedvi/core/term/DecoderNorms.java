package org.regularizedvi.core.term;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.Parameters;

/**
 * Tells how much a decoder's first layer listens to z and how much to each covariate: Frobenius
 * norms of their columns of its weight.
 *
 * @param latent the norm of the columns of z
 * @param covariates the norm of all columns of each covariate by its key, continuous ones first; a
 *     key with a single category has no columns and is not among them
 * @param latentColumns the number of columns of z
 * @param covariateColumns the number of all covariates' columns
 */
public record DecoderNorms(
    double latent,
    SequencedMap<String, Double> covariates,
    int latentColumns,
    int covariateColumns) {
  /** Keeps a copy, which nobody can change. */
  public DecoderNorms {
    covariates = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(covariates));
  }

  /** {@return the norm of the columns of all covariates} */
  public double allCovariates() {
    return Math.sqrt(covariates.values().stream().mapToDouble(norm -> norm * norm).sum());
  }

  /** {@return the covariates' share of both norms, 0 to 1} */
  public double covariateFraction() {
    double both = latent + allCovariates();
    return both > 0 ? allCovariates() / both : 0;
  }

  /**
   * {@return the norms of a decoder of a modality}
   *
   * @param spec the modality
   * @param shape the decoder's hidden layers
   * @param weight the name of the stored weight of the first of them
   */
  static DecoderNorms of(
      ModalitySpec spec, NetShape shape, String weight, Parameters parameters, Schema schema) {
    double[] squares = columnSquares(parameters.memory(weight), shape);
    double latent = 0;
    int at = 0;
    for (; at < spec.jointLatent(); at++) {
      latent += squares[at];
    }
    SequencedMap<String, Double> sums = new LinkedHashMap<>();
    for (String key : schema.keys().nnContinuousCovariateKeys()) {
      sums.put(key, squares[at++]);
    }
    for (CategoryMapping key : oneHotKeys(spec, schema)) {
      for (int c = 0; c < key.size(); c++) {
        sums.merge(key.key(), squares[at++], Double::sum);
      }
    }
    if (at != squares.length) {
      throw new IllegalStateException(
          "%d columns of %s were told apart, of %d".formatted(at, weight, squares.length));
    }
    SequencedMap<String, Double> norms = new LinkedHashMap<>();
    for (Map.Entry<String, Double> sum : sums.entrySet()) {
      norms.put(sum.getKey(), Math.sqrt(sum.getValue()));
    }
    return new DecoderNorms(
        Math.sqrt(latent), norms, spec.jointLatent(), squares.length - spec.jointLatent());
  }

  private static List<CategoryMapping> oneHotKeys(ModalitySpec spec, Schema schema) {
    List<CategoryMapping> keys = new ArrayList<>();
    if (spec.generative().useBatchInDecoder()) {
      keys.addAll(schema.of(Purpose.BATCH));
    }
    keys.addAll(schema.of(Purpose.NN_CONDITIONING));
    keys.removeIf(key -> key.size() < 2);
    return keys;
  }

  private static double[] columnSquares(MemorySegment weight, NetShape shape) {
    double[] squares = new double[shape.fanIn(0)];
    for (int h = 0; h < shape.hidden(); h++) {
      for (int k = 0; k < squares.length; k++) {
        double entry = weight.getAtIndex(ValueLayout.JAVA_FLOAT, (long) h * squares.length + k);
        squares[k] += entry * entry;
      }
    }
    return squares;
  }
}
