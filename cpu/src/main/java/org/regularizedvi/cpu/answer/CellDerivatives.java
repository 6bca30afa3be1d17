package org.regularizedvi.cpu.answer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;

/** Sums up c |P - m| of one cell over tiles of features, with those hidden units that are not 0. */
final class CellDerivatives {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private final int[] unitsA;
  private final Matrix jacobianKA;
  private final float[] meansK;
  private final double[] sumsK;
  private final float[] lanes = new float[F.length()];

  /**
   * Begins the sums of a cell.
   *
   * @param arena owns a copy of the derivatives
   * @param hiddenH the cell's last hidden layer
   * @param jacobianKH its derivatives
   * @param meansK m
   */
  CellDerivatives(Arena arena, float[] hiddenH, Matrix jacobianKH, float[] meansK) {
    this.unitsA = IntStream.range(0, hiddenH.length).filter(h -> hiddenH[h] > 0).toArray();
    this.jacobianKA = Matrix.in(arena, jacobianKH.rows(), unitsA.length);
    this.meansK = meansK;
    this.sumsK = new double[meansK.length];
    float[] row = new float[hiddenH.length];
    for (int k = 0; k < meansK.length; k++) {
      jacobianKH.copyRow(k, row);
      for (int a = 0; a < unitsA.length; a++) {
        jacobianKA.set(k, a, row[unitsA[a]]);
      }
    }
  }

  /** {@return the sums over the features so far, one per dimension} */
  double[] sums() {
    return sumsK;
  }

  /**
   * Adds a tile of features.
   *
   * @param products multiplies
   * @param weightHT the tile's weights
   * @param slopesT c
   * @param roomHT for the weights of the cell's own units
   * @param roomKT for P
   */
  void add(Products products, Matrix weightHT, Matrix slopesT, Matrix roomHT, Matrix roomKT) {
    if (unitsA.length == 0) {
      return;
    }
    int count = weightHT.columns();
    long bytes = (long) count * Float.BYTES;
    for (int a = 0; a < unitsA.length; a++) {
      long from = (long) unitsA[a] * weightHT.stride() * Float.BYTES;
      long to = (long) a * roomHT.stride() * Float.BYTES;
      MemorySegment.copy(weightHT.memory(), from, roomHT.memory(), to, bytes);
    }
    Matrix weightAT = roomHT.rows(0, unitsA.length).columns(0, count);
    products.times(jacobianKA, weightAT, 0, roomKT.columns(0, count));
    for (int k = 0; k < sumsK.length; k++) {
      sumsK[k] += sum(roomKT, k, meansK[k], slopesT, count);
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
