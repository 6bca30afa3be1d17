package org.regularizedvi.cpu.answer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.net.DecoderLayers;
import org.regularizedvi.cpu.product.Products;

/** Makes, cell by cell, the derivatives of a decoder's last hidden layer by z. */
final class Branches {
  private final Arena arena;
  private final DecoderLayers layers;
  private final Matrix oneKH;
  private final Matrix otherKH;
  private final float[] hiddenH;
  private final float[] row;
  private final Matrix roomHT;
  private Matrix lastKH;

  /**
   * Makes room.
   *
   * @param arena owns it
   * @param layers of a decoder, which have seen the cells
   * @param latent number of dimensions of z
   */
  Branches(Arena arena, DecoderLayers layers, int latent) {
    int hidden = layers.hiddenNH().columns();
    this.arena = arena;
    this.layers = layers;
    this.oneKH = Matrix.in(arena, latent, hidden);
    this.otherKH = Matrix.in(arena, latent, hidden);
    this.lastKH = oneKH;
    this.hiddenH = new float[hidden];
    this.row = new float[hidden];
    this.roomHT = Matrix.in(arena, hidden, DecoderDerivatives.FEATURES_AT_ONCE);
  }

  /** {@return all derivatives of the last cell that was asked for: K x H, until the next} */
  Matrix lastKH() {
    return lastKH;
  }

  /** {@return the derivatives of a cell} */
  Branch of(int n, Matrix identityKK) {
    lastKH = layers.derivatives(n, identityKK, oneKH, otherKH);
    layers.hiddenNH().copyRow(n, hiddenH);
    int[] unitsA = IntStream.range(0, hiddenH.length).filter(h -> hiddenH[h] > 0).toArray();
    Matrix jacobianKA = Matrix.in(arena, lastKH.rows(), unitsA.length);
    for (int k = 0; k < lastKH.rows(); k++) {
      lastKH.copyRow(k, row);
      for (int a = 0; a < unitsA.length; a++) {
        jacobianKA.set(k, a, row[unitsA[a]]);
      }
    }
    return new Branch(unitsA, jacobianKA, roomHT);
  }

  /**
   * Holds those derivatives of one cell that are not 0.
   *
   * @param unitsA the hidden units that are not 0
   * @param jacobianKA their derivatives
   * @param roomHT for the weights of these units
   */
  record Branch(int[] unitsA, Matrix jacobianKA, Matrix roomHT) {
    /** Computes P for a tile of features, whose weights are transposed: zeros without any unit. */
    void multiply(Products products, Matrix weightHT, Matrix productKT) {
      int count = weightHT.columns();
      if (unitsA.length == 0) {
        productKT.clear();
        return;
      }
      long bytes = (long) count * Float.BYTES;
      for (int a = 0; a < unitsA.length; a++) {
        long from = (long) unitsA[a] * weightHT.stride() * Float.BYTES;
        long to = (long) a * roomHT.stride() * Float.BYTES;
        MemorySegment.copy(weightHT.memory(), from, roomHT.memory(), to, bytes);
      }
      Matrix weightAT = roomHT.rows(0, unitsA.length).columns(0, count);
      products.times(jacobianKA, weightAT, 0, productKT.columns(0, count));
    }
  }
}
