package org.regularizedvi.core.shape;

import java.util.Arrays;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;

/**
 * Says how many categories each key of each purpose has, and how many continuous covariates there
 * are: everything that the shapes of parameters need to know about a schema.
 *
 * @param ambient the number of categories of each ambient key
 * @param conditioning the number of categories of each key that the decoder is conditioned on
 * @param scaling the number of categories of each scaling key
 * @param encoder the number of categories of each key that the encoders are conditioned on
 * @param batch the number of categories of {@code batch_key}: one entry, or none
 * @param dispersion the number of dispersion groups
 * @param library the number of library size groups
 * @param continuous the number of continuous covariates
 */
public record CategoryCounts(
    int[] ambient,
    int[] conditioning,
    int[] scaling,
    int[] encoder,
    int[] batch,
    int dispersion,
    int library,
    int continuous) {

  /**
   * {@return the numbers of a schema}
   *
   * @param schema keys and categories
   */
  public static CategoryCounts of(Schema schema) {
    return new CategoryCounts(
        schema.sizes(Purpose.AMBIENT),
        schema.sizes(Purpose.NN_CONDITIONING),
        schema.sizes(Purpose.FEATURE_SCALING),
        schema.sizes(Purpose.ENCODER),
        schema.sizes(Purpose.BATCH),
        schema.sizes(Purpose.DISPERSION)[0],
        schema.sizes(Purpose.LIBRARY_SIZE)[0],
        schema.keys().nnContinuousCovariateKeys().size());
  }

  /** {@return the number of ambient categories, those of all keys side by side} */
  public int ambientColumns() {
    return Arrays.stream(ambient).sum();
  }

  /**
   * {@return the number of scaling categories, those of all keys side by side; 1 without a key, for
   * a row that serves all cells}
   */
  public int scalingRows() {
    return scaling.length == 0 ? 1 : Arrays.stream(scaling).sum();
  }

  /** Counts the one-hot columns of keys in a network: a key with a single category adds none. */
  static int oneHotColumns(int[] sizes) {
    return Arrays.stream(sizes).filter(size -> size > 1).sum();
  }
}
