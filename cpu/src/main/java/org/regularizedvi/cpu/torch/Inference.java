package org.regularizedvi.cpu.torch;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cells.FloatMatrix;

/** Calls of libtorch without gradients, from any thread, that give Java's numbers. */
public final class Inference {
  private Inference() {}

  /**
   * Runs a body on the calling thread alone and frees the tensors that it made.
   *
   * @param body returns no tensor
   */
  public static <T> T run(Supplier<T> body) {
    LibraryThreads.one();
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      return body.get();
    }
  }

  /** Runs a body that makes one matrix, and returns its numbers. */
  public static FloatMatrix matrix(Supplier<Tensor> body) {
    return run(() -> Tensors.matrix(body.get()));
  }
}
