package org.regularizedvi.cpu.head;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.step.TiledMatrix;
import org.regularizedvi.kernel.ElementType;

/**
 * Holds a linear map from a last hidden layer to the genes: its wide weight with the optimiser's
 * moments, and its products.
 *
 * @param matrix the weight with its moments
 * @param products multiplies with it
 */
record HeadWeight(TiledMatrix matrix, HeadProducts products) implements AutoCloseable {
  private static final long ALIGNMENT = 64;

  /**
   * Says how heads compute, whichever weight they have.
   *
   * @param bounds the first gene of each of several workers, and the number of genes
   */
  record Kind(ElementType type, boolean trained, Products multiply, int genes, int[] bounds) {}

  /** {@return the map of a stored weight, genes x hidden, and a stored bias} */
  static HeadWeight of(
      Parameters parameters, String weight, String bias, int hidden, Kind kind, Arena arena) {
    MemorySegment memory = parameters.memory(weight);
    long bytes = kind.trained() ? memory.byteSize() : 0;
    TiledMatrix matrix =
        new TiledMatrix(
            weight,
            0,
            memory,
            arena.allocate(bytes, ALIGNMENT),
            arena.allocate(bytes, ALIGNMENT),
            hidden,
            parameters.spec(weight).lrMultiplier(),
            kind.bounds());
    HeadProducts products =
        new HeadProducts(
            kind.type(),
            Matrix.over(memory, kind.genes(), hidden),
            parameters.memory(bias),
            kind.multiply());
    return new HeadWeight(matrix, products);
  }

  /** Hands the gradient of a tile of the weight to the taker, and follows what became of it. */
  void hand(HeadRoom room, int first, int genes, TiledMatrix.Taker taker) {
    long bytes = (long) genes * matrix.stride() * Float.BYTES;
    taker.take(matrix, first, genes, room.weightGradient.memory().asSlice(0, bytes));
    products.refresh(first, genes);
  }

  @Override
  public void close() {
    products.close();
  }
}
