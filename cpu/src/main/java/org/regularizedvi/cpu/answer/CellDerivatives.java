package org.regularizedvi.cpu.answer;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;

/**
 * Sums up c |P - m| of one cell over tiles of features, with bursts |c P + c' P'| with what belongs
 * to the burst sizes behind.
 */
final class CellDerivatives {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private final Branches.Branch own;
  private final Optional<Branches.Branch> sizes;
  private final float[] meansK;
  private final double[] sumsK;
  private final float[] lanes = new float[F.length()];

  /**
   * Begins the sums of a cell.
   *
   * @param own derivatives of its last hidden layer
   * @param sizes those of the burst size decoder's, where there is one
   * @param meansK m
   */
  CellDerivatives(Branches.Branch own, Optional<Branches.Branch> sizes, float[] meansK) {
    this.own = own;
    this.sizes = sizes;
    this.meansK = meansK;
    this.sumsK = new double[meansK.length];
  }

  /** {@return the sums over the features so far, one per dimension} */
  double[] sums() {
    return sumsK;
  }

  /**
   * Computes P of a tile.
   *
   * @param products multiplies
   * @param weightHT the tile's weights
   * @param productKT takes P
   */
  void multiply(Products products, Matrix weightHT, Matrix productKT) {
    own.multiply(products, weightHT, productKT);
  }

  /**
   * Computes P' of a tile.
   *
   * @param products multiplies
   * @param weightHT the tile's weights of the burst size head
   * @param productKT takes P'
   */
  void multiplySizes(Products products, Matrix weightHT, Matrix productKT) {
    sizes.orElseThrow().multiply(products, weightHT, productKT);
  }

  /**
   * Adds a tile of features.
   *
   * @param productKT P
   * @param slopesT c
   */
  void add(Matrix productKT, Matrix slopesT) {
    if (own.unitsA().length > 0) {
      for (int k = 0; k < sumsK.length; k++) {
        sumsK[k] += sum(productKT, k, meansK[k], slopesT, slopesT.columns());
      }
    }
  }

  /**
   * Adds a tile of features with bursts.
   *
   * @param productKT P
   * @param slopesT c
   * @param sizeProductKT P'
   * @param sizeSlopesT c'
   */
  void add(Matrix productKT, Matrix slopesT, Matrix sizeProductKT, Matrix sizeSlopesT) {
    for (int k = 0; k < sumsK.length; k++) {
      for (int t = 0; t < slopesT.columns(); t++) {
        sumsK[k] +=
            Math.abs(
                slopesT.get(0, t) * productKT.get(k, t)
                    + sizeSlopesT.get(0, t) * sizeProductKT.get(k, t));
      }
    }
  }

  /** {@return the sum of c |P - m| over a tile's features for one dimension} */
  private double sum(Matrix productKT, int k, float mean, Matrix slopesT, int count) {
    MemorySegment product = productKT.memory();
    MemorySegment slopes = slopesT.memory();
    long row = (long) k * productKT.stride() * Float.BYTES;
    int bound = F.loopBound(count);
    FloatVector sums = FloatVector.zero(F);
    for (int t = 0; t < bound; t += F.length()) {
      long at = (long) t * Float.BYTES;
      sums =
          FloatVector.fromMemorySegment(F, product, row + at, ORDER)
              .sub(mean)
              .lanewise(VectorOperators.ABS)
              .fma(FloatVector.fromMemorySegment(F, slopes, at, ORDER), sums);
    }
    sums.intoArray(lanes, 0);
    double sum = 0;
    for (float lane : lanes) {
      sum += lane;
    }
    for (int t = bound; t < count; t++) {
      sum += slopesT.get(0, t) * Math.abs(productKT.get(k, t) - mean);
    }
    return sum;
  }
}
