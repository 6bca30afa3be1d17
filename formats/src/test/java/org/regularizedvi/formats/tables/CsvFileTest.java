package org.regularizedvi.formats.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;

class CsvFileTest {
  @TempDir Path dir;

  @Test
  void quotesWhatNeedsIt() {
    Path file = dir.resolve("table.csv");
    CsvFile.write(
        file,
        List.of("feature", "value"),
        List.of(List.of("TP53", "1.5"), List.of("a,b", "2"), List.of("5\" end", "x\ny")),
        IfExists.REFUSE);
    assertThat(file).hasContent("feature,value\nTP53,1.5\n\"a,b\",2\n\"5\"\" end\",\"x\ny\"\n");
  }

  @Test
  void doesNotReplaceUnasked() {
    Path file = dir.resolve("table.csv");
    CsvFile.write(file, List.of("a"), List.of(), IfExists.REFUSE);
    assertThatThrownBy(() -> CsvFile.write(file, List.of("b"), List.of(), IfExists.REFUSE))
        .isInstanceOf(InputException.class);
    assertThat(file).hasContent("a\n");
    CsvFile.write(file, List.of("b"), List.of(), IfExists.REPLACE);
    assertThat(file).hasContent("b\n");
  }
}
