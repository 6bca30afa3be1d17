package org.regularizedvi.cpu.fused;

import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.kernel.Workspace;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Keeps the memory that one worker needs for a tile: logits that become their gradient, the tile's
 * weight gradient, the kernel's scratch.
 */
final class HeadScratch implements AutoCloseable {
  private final int tileSize;
  private final int hidden;
  private final ElementType type;
  final Workspace workspace;
  final GeneParameters genes;
  private Tensor logits;
  private Tensor hiddenGradient;
  final Tensor weightGradient;
  final Tensor typedWeightGradient;

  HeadScratch(int rows, int tileSize, int hidden, ElementType type, GeneParameters genes) {
    this.tileSize = tileSize;
    this.hidden = hidden;
    this.type = type;
    this.genes = genes;
    this.workspace = new Workspace(rows);
    this.logits = empty(type, rows, tileSize);
    this.hiddenGradient = empty(type, type == ElementType.BFLOAT16 ? rows : 0, hidden);
    this.weightGradient = empty(ElementType.FLOAT32, tileSize, hidden);
    this.typedWeightGradient =
        type == ElementType.BFLOAT16 ? empty(type, tileSize, hidden) : weightGradient;
  }

  /** {@return room for a number of rows: N x T} */
  Tensor logits(int rows) {
    if (logits.size(0) < rows) {
      logits.close();
      logits = empty(type, rows, tileSize);
    }
    return logits;
  }

  /** {@return a tile's share of the hidden gradient before it is added up in float32: N x H} */
  Tensor hiddenGradient(int rows) {
    if (hiddenGradient.size(0) < rows) {
      hiddenGradient.close();
      hiddenGradient = empty(type, rows, hidden);
    }
    return hiddenGradient;
  }

  static Tensor empty(ElementType type, long... shape) {
    torch.ScalarType scalar =
        type == ElementType.BFLOAT16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float;
    return Tensors.keep(torch.empty(shape, new TensorOptions(scalar), new MemoryFormatOptional()));
  }

  @Override
  public void close() {
    logits.close();
    hiddenGradient.close();
    weightGradient.close();
    if (type == ElementType.BFLOAT16) {
      typedWeightGradient.close();
    }
  }
}
