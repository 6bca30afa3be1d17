package org.regularizedvi.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * Says when, for how long, on what machine and by which command a model was trained: {@code
 * run.json} in its folder. It is a file of its own, because the other files are the same bytes
 * whenever a training ran and however often it was interrupted.
 *
 * @param command the words of the command, the program's name first
 * @param started when the process that ended the training began to train: UTC, as ISO 8601 has it
 * @param seconds how long this process trained
 * @param wentOn whether this process went on from a checkpoint, before which others had trained
 * @param version the version of the program
 * @param machine the machine that it ran on
 * @param engine the name of the engine that trained it; empty in a note from before engines had
 *     names
 */
public record TrainingNote(
    List<String> command,
    String started,
    double seconds,
    boolean wentOn,
    String version,
    Machine machine,
    Optional<String> engine) {
  static final String FILE = "run.json";
  private static final String ENGINE = "engine";

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when the time is below 0
   */
  public TrainingNote {
    command = List.copyOf(command);
    Instant.parse(started);
    if (!(seconds >= 0 && seconds < Long.MAX_VALUE)) {
      throw new IllegalArgumentException("seconds must be at least 0, but are " + seconds);
    }
  }

  /**
   * {@return the note of a training that ends now, on this machine}
   *
   * @param command the words of the command
   * @param time how long this process trained
   * @param wentOn whether it went on from a checkpoint
   * @param engine the name of the engine that trained it
   */
  public static TrainingNote now(
      List<String> command, Duration time, boolean wentOn, String engine) {
    return new TrainingNote(
        command,
        Instant.now().minus(time).truncatedTo(ChronoUnit.SECONDS).toString(),
        time.toMillis() / 1e3,
        wentOn,
        Version.current(),
        Machine.current(),
        Optional.of(engine));
  }

  /** {@return how long the process trained} */
  public Duration time() {
    return Duration.ofMillis(Math.round(1e3 * seconds));
  }

  void write(Path modelDir) throws IOException {
    Files.write(modelDir.resolve(FILE), StoredRecords.JSON.writeValueAsBytes(this));
  }

  /**
   * {@return the note of a model; a model that an earlier version wrote, an imported one and a
   * checkpoint have none}
   *
   * @param modelDir the model's folder
   * @throws InputException when it is damaged
   */
  public static Optional<TrainingNote> read(Path modelDir) {
    Path file = modelDir.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode tree = StoredRecords.JSON.readTree(Files.readAllBytes(file));
      if (tree instanceof ObjectNode note && !note.has(ENGINE)) {
        note.putNull(ENGINE);
      }
      return Optional.of(
          StoredRecords.JSON
              .readerFor(TrainingNote.class)
              .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .readValue(tree));
    } catch (JsonProcessingException e) {
      throw new InputException("%s is damaged: %s.".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new InputException("%s could not be read: %s.".formatted(file, e.getMessage()), e);
    }
  }
}
