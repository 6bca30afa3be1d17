package org.regularizedvi.formats.loom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.formats.CellFormat;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.hierarchy.Storage;

/** A file is known to hold the layer that a model was trained on. */
final class LoomLayersTest {
  @TempDir private Path folder;

  @Test
  void areFound() {
    Path file = LoomInputs.large(folder.resolve("cells.loom"), Storage.PLAIN);
    CellFormat loom = Formats.of(file);
    assertThat(loom.holds(file, "", CountSource.x())).isTrue();
    assertThat(loom.holds(file, "", CountSource.named("spliced"))).isTrue();
    assertThat(loom.holds(file, "", CountSource.named("unspliced"))).isFalse();
  }
}
