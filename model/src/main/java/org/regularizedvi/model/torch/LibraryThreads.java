package org.regularizedvi.bench;

import org.bytedeco.openblas.presets.openblas;
import org.bytedeco.pytorch.global.torch;

/** Threads that the libraries take for a product of their own: OpenMP's and OpenBLAS's. */
final class LibraryThreads {
  private LibraryThreads() {}

  static void set(int threads) {
    torch.set_num_threads(threads);
    openblas.blas_set_num_threads(threads);
  }
}
