package org.regularizedvi.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.result.LatentMoments;

/** What is predicted of a slice, against the textbook's formulas and a known relation. */
final class SlicePredictionTest {
  private static final double RIDGE = 0.01;

  private static FloatMatrix matrix(int rows, float... values) {
    return new FloatMatrix(rows, values.length / rows, values);
  }

  @Test
  void momentsAreThoseOfTheTextbook() {
    LatentMoments found = LatentMoments.of(matrix(4, 1, 2, 3, 2, 5, 6, 7, 6)).orElseThrow();
    assertThat(found.meanK()).containsExactly(4, 4);
    // Sums of squares and products 20, 16, 16 over 3.
    assertThat(found.covarianceKK().values()).containsExactly(20 / 3f, 16 / 3f, 16 / 3f, 16 / 3f);
    assertThat(LatentMoments.of(matrix(3, 1, 2, 3, 2, 5, 6))).isEmpty();
    assertThat(LatentMoments.of(new FloatMatrix(0, 0, new float[0]))).isEmpty();
  }

  /** Of one given dimension m + s12 / (s22 + r) (z - m). */
  @Test
  void oneDimensionFromAnother() {
    LatentMoments moments = new LatentMoments(new float[] {1, -2}, matrix(2, 4, 1.5f, 1.5f, 3));
    float[] values = {9, 9, Float.NaN, 5};
    new SlicePrediction(moments, new boolean[] {false, true}).fill(values, 1);
    assertThat((double) values[2]).isCloseTo(1 + 1.5 / (3 + 3 * RIDGE) * 7, within(1e-6));
    assertThat(values).contains(9, 9, 5);
  }

  /** Of two given dimensions, with the inverse of a 2 x 2 matrix by its determinant. */
  @Test
  void oneDimensionFromTwo() {
    LatentMoments moments =
        new LatentMoments(
            new float[] {0.5f, 1, 2}, matrix(3, 2, 0.7f, 0.3f, 0.7f, 1.5f, 0.2f, 0.3f, 0.2f, 1));
    float[] values = {3, Float.NaN, -1};
    new SlicePrediction(moments, new boolean[] {true, false, true}).fill(values, 0);
    double ridge = RIDGE * 1.5;
    double a = 2 + ridge;
    double d = 1 + ridge;
    double determinant = a * d - 0.09;
    double weight0 = (d * 0.7 - 0.3 * 0.2) / determinant;
    double weight2 = (a * 0.2 - 0.3 * 0.7) / determinant;
    assertThat((double) values[1]).isCloseTo(1 + weight0 * 2.5 - weight2 * 3, within(1e-6));
  }

  @Test
  void whatNeverVariesSaysNothing() {
    LatentMoments moments = new LatentMoments(new float[] {1, 2}, matrix(2, 3, 0, 0, 0));
    float[] values = {Float.NaN, 7};
    new SlicePrediction(moments, new boolean[] {false, true}).fill(values, 0);
    assertThat(values).containsExactly(1, 7);
  }

  /** Three modalities of which z is a linear function of two numbers: any one tells the others. */
  @Test
  void anyModalitiesFromAnyOthers() {
    SplittableRandom random = new SplittableRandom(4);
    int cells = 400;
    float[] joint = new float[cells * 6];
    for (int n = 0; n < cells; n++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double[] z = {a, b, 1 + a - b, 2 * b, 0.5 * a, 3 - a - b};
      for (int k = 0; k < 6; k++) {
        joint[n * 6 + k] = (float) z[k];
      }
    }
    LatentMoments moments = LatentMoments.of(matrix(cells, joint)).orElseThrow();
    // Row by row: complete, lacking the first, the last, and all but the second.
    float[] encoded = joint.clone();
    boolean[][] has = {
      {true, true, true}, {false, true, true}, {true, true, false}, {false, true, false}
    };
    for (int n = 0; n < has.length; n++) {
      for (int k = 0; k < 6; k++) {
        if (!has[n][k / 2]) {
          encoded[n * 6 + k] = 77;
        }
      }
    }
    List<Embedding.OfModality> slices =
        List.of(slice(joint, has, 0), slice(joint, has, 1), slice(joint, has, 2));
    Embedding found =
        PredictedSlices.of(new Embedding(rows(encoded, has.length), slices, 3), moments);
    assertThat(found.unpredicted()).isZero();
    assertThat(found.modalities()).isEqualTo(slices);
    for (int n = 0; n < has.length; n++) {
      for (int k = 0; k < 6; k++) {
        double expected = joint[n * 6 + k];
        if (has[n][k / 2]) {
          assertThat(found.latent().at(n, k)).isEqualTo((float) expected);
        } else {
          assertThat((double) found.latent().at(n, k)).isCloseTo(expected, within(0.1));
        }
      }
    }
  }

  private static FloatMatrix rows(float[] values, int rows) {
    return new FloatMatrix(rows, 6, Arrays.copyOf(values, rows * 6));
  }

  private static Embedding.OfModality slice(float[] joint, boolean[][] has, int modality) {
    float[] own = new float[has.length * 2];
    for (int n = 0; n < has.length; n++) {
      for (int k = 0; k < 2; k++) {
        own[n * 2 + k] = has[n][modality] ? joint[n * 6 + 2 * modality + k] : Float.NaN;
      }
    }
    return new Embedding.OfModality(
        "m" + modality,
        Optional.of(new FloatMatrix(has.length, 2, own)),
        new double[has.length],
        Optional.empty());
  }
}
