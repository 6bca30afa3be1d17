package org.regularizedvi.core.shape;

import java.util.Arrays;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;

/**
 * How many categories each key of each purpose has, and how many continuous covariates there are:
 * all that the shapes of parameters need to know of a schema.
 *
 * @param batch categories of {@code batch_key}, one entry, or none
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

  /** All ambient categories side by side. */
  public int ambientColumns() {
    return Arrays.stream(ambient).sum();
  }

  /** All scaling categories side by side; without a key one row serves all cells. */
  public int scalingRows() {
    return scaling.length == 0 ? 1 : Arrays.stream(scaling).sum();
  }

  /** One-hot columns of keys in a network: a key with a single category adds none. */
  static int oneHotColumns(int[] sizes) {
    return Arrays.stream(sizes).filter(size -> size > 1).sum();
  }
}
