package org.regularizedvi.formats.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.input.InputException;

class NativeLibraryTest {
  @TempDir Path folder;

  @Test
  void manyMayUnpackAtOnce() throws Exception {
    byte[] content = new byte[1 << 20];
    content[content.length - 1] = 1;
    Path cache = folder.resolve("new/cache");
    Callable<Path> place = () -> NativeLibrary.place(cache, "lib.so", content);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Path> placed : threads.invokeAll(Collections.nCopies(16, place))) {
        assertThat(placed.get()).hasBinaryContent(content);
      }
    }
    assertThat(cache.toFile().list()).containsExactly("lib.so");
  }

  @Test
  void damagedCopyIsReplaced() throws Exception {
    byte[] content = {1, 2, 3};
    Files.write(folder.resolve("lib.so"), new byte[] {1, 2});
    assertThat(NativeLibrary.place(folder, "lib.so", content)).hasBinaryContent(content);
  }

  @Test
  void missingLibrariesAreSaidSo() {
    assertThatThrownBy(() -> NativeLibrary.packed("linux-riscv64"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("No libhdf5 for linux-riscv64")
        .hasMessageContaining("-Dregularizedvi.hdf5.library=");
    assertThatThrownBy(() -> NativeLibrary.chosen(folder.resolve("none.so")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("regularizedvi.hdf5.library")
        .hasMessageContaining("none.so");
  }
}
