package org.regularizedvi.formats.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.formats.PythonEnvironment;

/** A chunk that is larger than libhdf5's own cache is decoded once, however many parts are read. */
class LargeChunkTest {
  private static final int COUNT = 1 << 24;
  private static final int PARTS = 64;

  @TempDir Path folder;

  @Test
  void isDecodedOnce() {
    Path file = folder.resolve("chunk.h5");
    PythonEnvironment.run("make_large_chunk.py", file, COUNT);
    try (H5File opened = H5File.open(file)) {
      long one;
      try (H5Dataset data = opened.array("x")) {
        long start = System.nanoTime();
        assertThat(data.ints(new long[] {5}, new long[] {2})).containsExactly(5, 6);
        one = System.nanoTime() - start;
      }
      try (H5Dataset data = opened.array("x")) {
        int size = COUNT / PARTS;
        long start = System.nanoTime();
        for (int part = 0; part < PARTS; part++) {
          int[] read = data.ints(new long[] {(long) part * size}, new long[] {size});
          assertThat(read[0]).isEqualTo(part * size);
          assertThat(read[size - 1]).isEqualTo((part + 1) * size - 1);
        }
        // Decoding it for each part would take as long as that for one of them, each time.
        assertThat(System.nanoTime() - start).isLessThan(PARTS / 4 * one);
      }
    }
  }
}
