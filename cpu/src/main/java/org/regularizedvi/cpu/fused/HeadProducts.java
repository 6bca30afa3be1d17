package org.regularizedvi.cpu.fused;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Computes the head's three matrix products for a tile of genes, in float32 or with bfloat16
 * operands: logits = h W' + b, dh += dA W, dW = dA' h.
 *
 * <p>With bfloat16 it keeps a copy of the weight in that type, which {@link #refresh} brings up to
 * date, and sums what comes out in float32.
 */
final class HeadProducts implements AutoCloseable {
  /**
   * oneDNN's AMX products of a number of genes that is no multiple of this gave other bits now and
   * then (1 in 60 runs of two steps, oneDNN of libtorch 2.10); filled up with zeros they do not.
   */
  private static final int AMX_ROWS = 32;

  private final ElementType type;
  private final Tensor weight;
  private final Tensor bias;
  private final Tensor operand;

  /**
   * Makes the products over a head's parameters.
   *
   * @param weight G x H
   * @param bias G
   */
  HeadProducts(ElementType type, Tensor weight, Tensor bias) {
    this.type = type;
    this.weight = Tensors.keep(weight.detach());
    this.bias = Tensors.keep(bias.detach());
    this.operand = type == ElementType.BFLOAT16 ? paddedCopy(weight.detach()) : this.weight;
  }

  private static Tensor paddedCopy(Tensor weight) {
    int genes = (int) weight.size(0);
    Tensor copy = torch.zeros(multiple(genes), weight.size(1)).to(torch.ScalarType.BFloat16);
    copy.narrow(0, 0, genes).copy_(weight);
    return Tensors.keep(copy);
  }

  private static int multiple(int genes) {
    return (genes + AMX_ROWS - 1) / AMX_ROWS * AMX_ROWS;
  }

  /**
   * {@return the number of genes that a tile's products cover: with bfloat16 it is filled up by
   * zeros}
   */
  private int covered(int genes) {
    return type == ElementType.BFLOAT16 ? multiple(genes) : genes;
  }

  /** {@return the hidden layer as the products take it} */
  Tensor operand(Tensor hiddenNH) {
    return type == ElementType.BFLOAT16 ? hiddenNH.to(torch.ScalarType.BFloat16) : hiddenNH;
  }

  /** Computes a tile's logits into the worker's scratch and returns them: N x genes. */
  Tensor logits(HeadScratch own, int first, int genes, Tensor hiddenNH) {
    int rows = (int) hiddenNH.size(0);
    Tensor covered = own.logits(rows).narrow(0, 0, rows).narrow(1, 0, covered(genes));
    torch.addmm_out(
        covered, bias(first, genes), hiddenNH, operand.narrow(0, first, covered(genes)).t());
    return covered.narrow(1, 0, genes);
  }

  private Tensor bias(int first, int genes) {
    Tensor own = bias.narrow(0, first, genes);
    if (type == ElementType.FLOAT32) {
      return own;
    }
    Tensor padded = torch.zeros(covered(genes)).to(torch.ScalarType.BFloat16);
    padded.narrow(0, 0, genes).copy_(own);
    return padded;
  }

  /**
   * Computes from the gradient that has taken the logits' place: adds the tile's share of the
   * hidden gradient to a lane, or starts the lane with it, and leaves the weight's gradient in the
   * scratch.
   */
  void gradients(
      HeadScratch own, int first, int genes, Tensor hiddenNH, Tensor laneNH, boolean startsLane) {
    int rows = (int) hiddenNH.size(0);
    int covered = covered(genes);
    Tensor gradient = own.logits(rows).narrow(0, 0, rows).narrow(1, 0, covered);
    if (covered > genes) {
      gradient.narrow(1, genes, covered - genes).zero_();
    }
    Tensor weights = operand.narrow(0, first, covered);
    if (type == ElementType.BFLOAT16) {
      Tensor share = own.hiddenGradient(rows).narrow(0, 0, rows);
      torch.mm_out(share, gradient, weights);
      if (startsLane) {
        laneNH.copy_(share);
      } else {
        laneNH.add_(share);
      }
      Tensor typed = own.typedWeightGradient.narrow(0, 0, covered);
      torch.mm_out(typed, gradient.t(), hiddenNH);
      own.weightGradient.narrow(0, 0, covered).copy_(typed);
    } else {
      if (startsLane) {
        torch.mm_out(laneNH, gradient, weights);
      } else {
        torch.addmm_out(laneNH, laneNH, gradient, weights);
      }
      torch.mm_out(own.weightGradient.narrow(0, 0, genes), gradient.t(), hiddenNH);
    }
  }

  /** Brings a tile's operand up to date with the weight. */
  void refresh(int first, int genes) {
    if (type == ElementType.BFLOAT16) {
      operand.narrow(0, first, genes).copy_(weight.narrow(0, first, genes));
    }
  }

  @Override
  public void close() {
    if (type == ElementType.BFLOAT16) {
      operand.close();
    }
    weight.close();
    bias.close();
  }
}
