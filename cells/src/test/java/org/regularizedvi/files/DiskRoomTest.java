package org.regularizedvi.files;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.input.InputException;

class DiskRoomTest {
  @TempDir Path folder;

  @Test
  void whatNoDiskHasIsRefusedInASentence() {
    assertThatThrownBy(() -> DiskRoom.require(folder, 1L << 60, "The counts"))
        .isInstanceOf(InputException.class)
        .hasMessageMatching(
            "The counts need some 1,099,511,627,776 MB in the folder .*, which has room for [0-9,]+ MB\\.");
    assertThatThrownBy(() -> DiskRoom.require(folder, 1L << 60, "The counts", "take fewer"))
        .hasMessageMatching(".* which has room for [0-9,]+ MB; take fewer\\.");
    assertThatCode(() -> DiskRoom.require(folder, 1, "The counts")).doesNotThrowAnyException();
  }
}
