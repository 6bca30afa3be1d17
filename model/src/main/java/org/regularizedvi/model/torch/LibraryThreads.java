package org.regularizedvi.model.torch;

import org.bytedeco.openblas.presets.openblas;
import org.bytedeco.pytorch.global.torch;

/** Threads that the libraries take for a product of their own: OpenMP's and OpenBLAS's. */
public final class LibraryThreads {
  private LibraryThreads() {}

  /** For products that the calling thread asks for; OpenBLAS's number holds for all threads. */
  public static void set(int threads) {
    torch.set_num_threads(threads);
    openblas.blas_set_num_threads(threads);
  }
}
