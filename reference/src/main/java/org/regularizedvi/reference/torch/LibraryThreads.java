package org.regularizedvi.reference.torch;

import org.bytedeco.openblas.presets.openblas;
import org.bytedeco.pytorch.global.torch;

/** Sets how many threads the libraries, OpenMP and OpenBLAS, take for a product of their own. */
public final class LibraryThreads {
  private LibraryThreads() {}

  /** Loads libtorch, which takes about a second the first time in a process. */
  public static void load() {
    one();
  }

  /** Lets the calling thread's products run on itself alone; no other thread is changed. */
  public static void one() {
    torch.set_num_threads(1);
  }

  /**
   * Sets the number of threads for products that the calling thread asks for; OpenBLAS's number
   * holds for all threads.
   *
   * @param threads at least 1
   */
  public static void set(int threads) {
    torch.set_num_threads(threads);
    openblas.blas_set_num_threads(threads);
  }
}
