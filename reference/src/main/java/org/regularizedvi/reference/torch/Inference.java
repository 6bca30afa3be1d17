package org.regularizedvi.reference.torch;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cells.FloatMatrix;

/** Calls libtorch without gradients, from any thread, and gives Java's numbers. */
public final class Inference {
  private Inference() {}

  /**
   * Runs a body on the calling thread alone and frees the tensors that it made.
   *
   * @param <T> what the body gives: Java's numbers
   * @param body returns no tensor
   * @return what the body gave
   */
  public static <T> T run(Supplier<T> body) {
    LibraryThreads.one();
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      return body.get();
    }
  }

  /**
   * Runs a body that makes one matrix, and returns its numbers.
   *
   * @param body returns a tensor of two dimensions
   * @return its numbers, rounded to float32
   */
  public static FloatMatrix matrix(Supplier<Tensor> body) {
    return run(() -> Tensors.matrix(body.get()));
  }
}
