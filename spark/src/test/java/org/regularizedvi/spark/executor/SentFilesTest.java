package org.regularizedvi.spark.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SentFilesTest {
  private static final Path HERE = Path.of("pom.xml");
  private static final Path NOWHERE = Path.of("/nowhere/at/all");

  @Test
  void lookForTheNameInTheWorkingFolderWhereThePathLeadsNowhere() {
    assertThat(SentFiles.find(NOWHERE.resolve(HERE))).isEqualTo(HERE);
    assertThat(SentFiles.find(HERE.toAbsolutePath())).isEqualTo(HERE.toAbsolutePath());
    assertThat(SentFiles.find(NOWHERE)).isEqualTo(NOWHERE);
  }
}
