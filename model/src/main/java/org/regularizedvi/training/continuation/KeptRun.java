package org.regularizedvi.training.continuation;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.core.store.Safetensors;
import org.regularizedvi.core.store.StoredModel;
import org.regularizedvi.core.store.StoredRecords;
import org.regularizedvi.engine.OptimiserState;
import org.regularizedvi.input.InputException;
import org.regularizedvi.training.BestParameters;
import org.regularizedvi.training.Waiting;

/**
 * Holds one checkpoint: a model folder that also holds {@code training.json}, {@code
 * optimiser.safetensors} and, once early stopping has seen an epoch, the parameters of the best one
 * in {@code best.safetensors}; and the sums of all these files in {@code SHA256SUMS}, which {@code
 * sha256sum -c} reads.
 *
 * @param folder whose files have been found to be whole
 */
record KeptRun(Path folder, RunRecord record) {
  private static final String RECORD = "training.json";
  private static final String MOMENTS = "optimiser.safetensors";
  private static final String BEST = "best.safetensors";
  private static final String SUMS = "SHA256SUMS";

  /** Writes all files into a new folder, and makes sure that they are on the disk. */
  static void write(
      Path folder,
      StoredModel model,
      RunRecord record,
      OptimiserState optimiser,
      BestParameters best)
      throws IOException {
    Files.createDirectory(folder);
    ModelDirectory.writeFiles(folder, model);
    write(folder.resolve(MOMENTS), optimiser.moments());
    if (hasBest(record)) {
      write(folder.resolve(BEST), best.copies());
    }
    Files.write(folder.resolve(RECORD), StoredRecords.JSON.writeValueAsBytes(record));
    StringBuilder sums = new StringBuilder();
    for (String name : files(hasBest(record))) {
      sums.append(Digest.of(folder.resolve(name))).append("  ").append(name).append('\n');
    }
    Files.writeString(folder.resolve(SUMS), sums);
    for (String name : List.of(ModelDirectory.RECORD, RECORD, SUMS)) {
      sync(folder.resolve(name), StandardOpenOption.WRITE);
    }
  }

  private static void write(Path file, SequencedMap<String, MemorySegment> memory)
      throws IOException {
    SequencedMap<String, Safetensors.Entry> entries = new LinkedHashMap<>();
    memory.forEach((name, own) -> entries.put(name, Safetensors.Entry.flat(own)));
    Safetensors.write(file, entries);
  }

  /** Makes sure that a file, or what a folder lists, is on the disk. */
  static void sync(Path path, StandardOpenOption access) throws IOException {
    try (FileChannel channel = FileChannel.open(path, access)) {
      channel.force(true);
    }
  }

  private static List<String> files(boolean best) {
    List<String> files =
        new ArrayList<>(List.of(ModelDirectory.RECORD, ModelDirectory.WEIGHTS, RECORD, MOMENTS));
    if (best) {
      files.add(BEST);
    }
    return files;
  }

  private static boolean hasBest(RunRecord record) {
    return record.state().earlyStopping().flatMap(Waiting::best).isPresent();
  }

  /**
   * Reads what a checkpoint says of itself, after comparing all its files with their sums.
   *
   * @throws InputException naming the file that is missing or damaged
   */
  static KeptRun open(Path folder) {
    try {
      Path sums = folder.resolve(SUMS);
      if (!Files.isRegularFile(sums)) {
        throw damaged(folder, "it has no " + SUMS);
      }
      Map<String, String> expected = new LinkedHashMap<>();
      // Bytes that are not text must not end the program.
      new String(Files.readAllBytes(sums), StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> line.contains("  "))
          .forEach(line -> expected.put(line.split("  ", 2)[1], line.split("  ", 2)[0]));
      for (String name : files(false)) {
        requireWhole(folder, name, expected);
      }
      RunRecord record =
          StoredRecords.JSON.readValue(Files.readAllBytes(folder.resolve(RECORD)), RunRecord.class);
      if (record.format() != RunRecord.FORMAT) {
        throw damaged(
            folder,
            "%s is of format %d, not %d".formatted(RECORD, record.format(), RunRecord.FORMAT));
      }
      if (hasBest(record)) {
        requireWhole(folder, BEST, expected);
      }
      return new KeptRun(folder, record);
    } catch (IOException e) {
      throw new InputException(
          "The checkpoint %s cannot be read: %s.".formatted(folder, e.getMessage()), e);
    }
  }

  /** {@return the engine that a checkpoint says it is of; empty where it cannot be read} */
  static Optional<String> engine(Path folder) {
    try {
      RunRecord record =
          StoredRecords.JSON.readValue(Files.readAllBytes(folder.resolve(RECORD)), RunRecord.class);
      return Optional.of(record.facts().get(RunFacts.ENGINE));
    } catch (IOException _) { // whoever opens the checkpoint says that it is damaged
      return Optional.empty();
    }
  }

  private static void requireWhole(Path folder, String name, Map<String, String> sums)
      throws IOException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw damaged(folder, "it has no " + name);
    }
    if (!Digest.of(file).equals(sums.get(name))) {
      throw damaged(folder, "%s is not what %s says".formatted(name, SUMS));
    }
  }

  private static InputException damaged(Path folder, String what) {
    return new InputException("The checkpoint %s is damaged: %s.".formatted(folder, what));
  }

  /** {@return the parameters and the history, as they were} */
  StoredModel model() {
    return ModelDirectory.read(folder);
  }

  /** Gives an optimiser its memory back, and a training the parameters of its best epoch. */
  void restore(OptimiserState optimiser, BestParameters best) {
    optimiser.restore(record.optimiserSteps(), read(MOMENTS));
    if (hasBest(record)) {
      best.restore(read(BEST));
    }
  }

  private Map<String, float[]> read(String name) {
    Map<String, float[]> values = new LinkedHashMap<>();
    try {
      Safetensors.read(folder.resolve(name))
          .forEach((tensor, entry) -> values.put(tensor, entry.values()));
      return values;
    } catch (IOException e) {
      throw new InputException(
          "The checkpoint %s cannot be read: %s.".formatted(folder, e.getMessage()), e);
    }
  }
}
