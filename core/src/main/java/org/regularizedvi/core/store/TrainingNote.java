package org.regularizedvi.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.Version;
import org.regularizedvi.core.machine.Machine;
import org.regularizedvi.input.InputException;

/**
 * When, how long, where and by which command a model was trained: {@code run.json} in its folder, a
 * file of its own because the others are the same bytes whenever and however often interrupted a
 * training was.
 *
 * @param command its words, the program's name first
 * @param started when the process began to train that ended the training: UTC, as ISO 8601 has it
 * @param seconds that this process trained for
 * @param wentOn whether it went on from a checkpoint, before which others trained
 * @param version of the program
 */
public record TrainingNote(
    List<String> command,
    String started,
    double seconds,
    boolean wentOn,
    String version,
    Machine machine) {
  static final String FILE = "run.json";

  public TrainingNote {
    command = List.copyOf(command);
    Instant.parse(started);
    if (!(seconds >= 0 && seconds < Long.MAX_VALUE)) {
      throw new IllegalArgumentException("seconds must be at least 0, but are " + seconds);
    }
  }

  /**
   * Notes a training that ends now, on this machine.
   *
   * @param time that this process trained for
   */
  public static TrainingNote now(List<String> command, Duration time, boolean wentOn) {
    return new TrainingNote(
        command,
        Instant.now().minus(time).truncatedTo(ChronoUnit.SECONDS).toString(),
        time.toMillis() / 1e3,
        wentOn,
        Version.current(),
        Machine.current());
  }

  /** The time that the process trained for. */
  public Duration time() {
    return Duration.ofMillis(Math.round(1e3 * seconds));
  }

  void write(Path modelDir) throws IOException {
    Files.write(modelDir.resolve(FILE), StoredRecords.JSON.writeValueAsBytes(this));
  }

  /**
   * Reads the note of a model; there is none of one that an earlier version wrote or that was
   * imported, and none in a checkpoint.
   *
   * @throws InputException when it is damaged
   */
  public static Optional<TrainingNote> read(Path modelDir) {
    Path file = modelDir.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          StoredRecords.JSON
              .readerFor(TrainingNote.class)
              .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .readValue(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      throw new InputException("%s is damaged: %s.".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new InputException("%s could not be read: %s.".formatted(file, e.getMessage()), e);
    }
  }
}
