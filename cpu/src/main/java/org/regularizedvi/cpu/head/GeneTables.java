package org.regularizedvi.cpu.head;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.regularizedvi.core.term.FeatureScaling;

/**
 * Holds one transformed parameter of genes x categories for the genes of one tile, category by
 * category, and the gradients that come back. A category is transformed when it is first asked for
 * in a tile.
 */
final class GeneTables {
  /** Gives the parameter as the model uses it, and its derivative, at a raw value. */
  interface Transform {
    float value(float raw);

    float slope(float raw, float value);
  }

  static final Transform IDENTITY =
      new Transform() {
        @Override
        public float value(float raw) {
          return raw;
        }

        @Override
        public float slope(float raw, float value) {
          return 1;
        }
      };

  static final Transform EXP =
      new Transform() {
        @Override
        public float value(float raw) {
          return (float) Math.exp(raw);
        }

        @Override
        public float slope(float raw, float value) {
          return value;
        }
      };

  /** exp(raw), with gradients that are by raw already. */
  static final Transform EXP_GIVEN_BY_RAW =
      new Transform() {
        @Override
        public float value(float raw) {
          return (float) Math.exp(raw);
        }

        @Override
        public float slope(float raw, float value) {
          return 1;
        }
      };

  /** The scaling factor of a feature. */
  static final Transform SCALING =
      new Transform() {
        @Override
        public float value(float raw) {
          return (float) FeatureScaling.value(raw);
        }

        @Override
        public float slope(float raw, float value) {
          return (float) FeatureScaling.slope(raw);
        }
      };

  private final MemorySegment parameter;
  private final long geneStride;
  private final long categoryStride;
  private final Transform transform;
  private final float[][] values;
  private final float[][] gradients;
  private final boolean[] filled;
  private int firstGene;
  private int genes;

  /**
   * Makes the tables of a parameter.
   *
   * @param parameter raw values; gene g of category c is float {@code g * geneStride + c *
   *     categoryStride}
   */
  GeneTables(
      MemorySegment parameter,
      int categories,
      long geneStride,
      long categoryStride,
      Transform transform,
      int tileSize) {
    this.parameter = parameter;
    this.geneStride = geneStride;
    this.categoryStride = categoryStride;
    this.transform = transform;
    this.values = new float[categories][tileSize];
    this.gradients = new float[categories][tileSize];
    this.filled = new boolean[categories];
  }

  /** Turns to another tile; gradients of the last one are forgotten. */
  void startTile(int firstGene, int genes) {
    this.firstGene = firstGene;
    this.genes = genes;
    Arrays.fill(filled, false);
  }

  /** {@return a category's values for the genes of the tile} */
  float[] values(int category) {
    float[] table = values[category];
    if (!filled[category]) {
      filled[category] = true;
      Arrays.fill(gradients[category], 0, genes, 0);
      for (int j = 0; j < genes; j++) {
        table[j] = transform.value(raw(category, j));
      }
    }
    return table;
  }

  /**
   * {@return the array in which gradients by a category's values are summed; ask for the values
   * first}
   */
  float[] gradients(int category) {
    return gradients[category];
  }

  /**
   * Writes the gradients by raw values into an array laid out as the parameter, for the categories
   * of this tile's cells alone.
   */
  void flush(float[] into) {
    for (int c = 0; c < filled.length; c++) {
      if (filled[c]) {
        for (int j = 0; j < genes; j++) {
          into[(int) ((firstGene + j) * geneStride + c * categoryStride)] =
              gradients[c][j] * transform.slope(raw(c, j), values[c][j]);
        }
      }
    }
  }

  private float raw(int category, int j) {
    return parameter.getAtIndex(
        ValueLayout.JAVA_FLOAT, (firstGene + j) * geneStride + category * categoryStride);
  }
}
