package org.regularizedvi.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.input.InputException;

class TrainingNoteTest {
  @TempDir Path dir;

  @Test
  void readsWhatItWrote() throws Exception {
    TrainingNote note =
        TrainingNote.now(
            List.of("regularizedvi", "train", "my \"cells\".h5ad"),
            Duration.ofMillis(1234),
            true,
            "cpu");
    note.write(dir);
    assertThat(TrainingNote.read(dir)).contains(note);
    assertThat(note.time()).isEqualTo(Duration.ofMillis(1234));
    assertThat(Instant.parse(note.started())).isBefore(Instant.now().minusMillis(1233));
  }

  @Test
  void readsWhatALaterVersionAdded() throws Exception {
    TrainingNote note = TrainingNote.now(List.of("regularizedvi"), Duration.ZERO, false, "cpu");
    note.write(dir);
    Path file = dir.resolve("run.json");
    Files.writeString(file, Files.readString(file).replaceFirst("\\{", "{ \"later\" : 1,"));
    assertThat(TrainingNote.read(dir)).contains(note);
  }

  @Test
  void readsWhatAnEarlierVersionWrote() throws Exception {
    TrainingNote note = TrainingNote.now(List.of("regularizedvi"), Duration.ZERO, false, "cpu");
    note.write(dir);
    Path file = dir.resolve("run.json");
    Files.writeString(file, Files.readString(file).replaceFirst(",\\s*\"engine\" : \"cpu\"", ""));
    assertThat(TrainingNote.read(dir).orElseThrow().machine()).isEqualTo(note.machine());
    assertThat(TrainingNote.read(dir).orElseThrow().engine()).isEmpty();
  }

  @Test
  void saysWhatIsDamaged() throws Exception {
    assertThat(TrainingNote.read(dir)).isEmpty();
    TrainingNote.now(List.of("regularizedvi"), Duration.ZERO, false, "cpu").write(dir);
    Path file = dir.resolve("run.json");
    String whole = Files.readString(file);
    for (String damaged :
        List.of(
            "[]",
            whole.replace("\"seconds\" : 0.0", "\"seconds\" : -1"),
            whole.replace("\"seconds\" : 0.0,", ""),
            whole.replaceFirst("\"started\" : \"\\d", "\"started\" : \"x"))) {
      assertThat(damaged).isNotEqualTo(whole);
      Files.writeString(file, damaged);
      assertThatThrownBy(() -> TrainingNote.read(dir))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(file + " is damaged: ");
    }
  }
}
