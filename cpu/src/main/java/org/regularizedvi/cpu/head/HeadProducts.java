package org.regularizedvi.cpu.head;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.regularizedvi.cpu.matrix.Bfloat16;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.work.RowRange;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.kernel.ElementType;

/**
 * Computes the head's three matrix products for a tile of genes, in float32 or with bfloat16
 * operands: logits = h W' + b, dh = dA W, dW = dA' h.
 *
 * <p>With bfloat16 it keeps a copy of the weight in that type, which {@link #refresh} brings up to
 * date. Logits come out in the type of the operands, gradients in float32.
 */
final class HeadProducts implements AutoCloseable {
  private final ElementType type;
  private final Matrix weight;
  private final MemorySegment bias;
  private final Matrix operand;
  private final Products products;
  private final Arena arena = Arena.ofShared();
  private Arena hiddenArena = Arena.ofShared();
  private Matrix hidden;

  /**
   * Makes the products over a head's parameters.
   *
   * @param weight G x H
   * @param bias G
   */
  HeadProducts(ElementType type, Matrix weight, MemorySegment bias, Products products) {
    this.type = type;
    this.weight = weight;
    this.bias = bias;
    this.products = products;
    this.operand =
        type == ElementType.BFLOAT16
            ? Matrix.in(arena, type, weight.rows(), weight.columns())
            : weight;
    this.hidden = Matrix.in(hiddenArena, type, 0, weight.columns());
    refresh(0, weight.rows());
  }

  /** {@return the hidden layer as the products take it, valid until the next call} */
  Matrix operand(Matrix hiddenNH, Workers workers) {
    if (type == ElementType.FLOAT32) {
      return hiddenNH;
    }
    if (hidden.rows() < hiddenNH.rows()) {
      hiddenArena.close();
      hiddenArena = Arena.ofShared();
      hidden = Matrix.in(hiddenArena, type, hiddenNH.rows(), hiddenNH.columns());
    }
    List<RowRange> blocks = RowRange.blocks(hiddenNH.rows());
    workers.run(
        blocks.size(),
        (_, block) -> {
          RowRange rows = blocks.get(block);
          Bfloat16.round(
              hiddenNH.rows(rows.from(), rows.to()), hidden.rows(rows.from(), rows.to()));
        });
    return hidden.rows(0, hiddenNH.rows());
  }

  /** Computes a tile's logits into the worker's scratch and returns them: N x genes. */
  Matrix logits(HeadRoom own, int first, int genes, Matrix hiddenNH) {
    Matrix logits = own.logits(hiddenNH.rows()).columns(0, genes);
    products.affine(
        hiddenNH,
        operand.rows(first, first + genes),
        bias.asSlice((long) first * Float.BYTES, (long) genes * Float.BYTES),
        logits);
    return logits;
  }

  /**
   * Computes from the gradient that has taken the logits' place: the tile's share of the hidden
   * gradient, and the weight's gradient, which stays in the scratch.
   */
  void gradients(HeadRoom own, int first, int genes, Matrix hiddenNH, Matrix shareNH) {
    Matrix gradient = own.logits(hiddenNH.rows()).columns(0, genes);
    products.times(gradient, operand.rows(first, first + genes), 0, shareNH);
    products.transposedTimes(gradient, hiddenNH, 0, own.weightGradient.rows(0, genes));
  }

  /** Brings a tile's operand up to date with the weight. */
  void refresh(int first, int genes) {
    if (type == ElementType.BFLOAT16) {
      Bfloat16.round(weight.rows(first, first + genes), operand.rows(first, first + genes));
    }
  }

  @Override
  public void close() {
    hiddenArena.close();
    arena.close();
  }
}
