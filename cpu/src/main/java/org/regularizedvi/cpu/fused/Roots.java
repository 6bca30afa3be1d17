package org.regularizedvi.cpu.fused;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Collects where a backward call begins: tensors with the gradients that are known of them. */
final class Roots {
  private final List<Tensor> roots = new ArrayList<>();
  private final List<Tensor> gradients = new ArrayList<>();

  /** Begins at a tensor, unless nothing behind it moves. */
  void add(Tensor tensor, Tensor gradient) {
    if (tensor.requires_grad()) {
      roots.add(tensor);
      gradients.add(gradient);
    }
  }

  /** Begins at a part of the loss. */
  void addLoss(Tensor loss) {
    add(loss, torch.ones_like(loss));
  }

  /** Leaves gradients at everything behind the roots. */
  void differentiate() {
    torch.backward(
        new TensorVector(roots.toArray(Tensor[]::new)),
        new TensorVector(gradients.toArray(Tensor[]::new)),
        new BoolOptional(false),
        false,
        new TensorVector());
  }
}
