package org.regularizedvi.gpu.driver;

/**
 * Says how many blocks of {@value #THREADS} threads a launch has.
 *
 * @param columns blocks of the first axis
 * @param rows blocks of the second axis, at most 65,535
 * @param layers blocks of the third axis, at most 65,535
 */
public record LaunchShape(int columns, int rows, int layers) {
  /** Threads of every block: all kernels are written for so many. */
  public static final int THREADS = 256;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when there is no block
   */
  public LaunchShape {
    if (columns < 1 || rows < 1 || layers < 1) {
      throw new IllegalArgumentException(
          "A launch of %d x %d x %d blocks".formatted(columns, rows, layers));
    }
  }
}
