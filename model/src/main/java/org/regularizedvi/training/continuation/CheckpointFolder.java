package org.regularizedvi.training.continuation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.regularizedvi.core.store.StoredModel;
import org.regularizedvi.engine.OptimiserState;
import org.regularizedvi.files.FileHold;
import org.regularizedvi.files.WritableFolder;
import org.regularizedvi.input.InputException;
import org.regularizedvi.training.BestParameters;

/**
 * Holds the folder beside a training's outputs in which the training keeps its last two
 * checkpoints, numbered. One run at a time holds it: the lock ends with the process, however that
 * ends.
 */
public final class CheckpointFolder implements AutoCloseable {
  private static final int KEPT = 2;
  private static final String NUMBER = "[0-9]{6}";
  private static final String UNFINISHED = "\\." + NUMBER + "\\.tmp";
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileHold lock;
  private Optional<KeptRun> found = Optional.empty();

  private CheckpointFolder(Path folder, FileHold lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * {@return the folder in which the checkpoints of a training lie: its name is that of the output
   * with {@code .checkpoint} behind}
   *
   * @param output the model folder or file that the training writes
   */
  public static Path beside(Path output) {
    Path whole = output.toAbsolutePath().normalize();
    Path name = Path.of(whole.getFileName() + ".checkpoint");
    return output.getParent() == null ? name : output.getParent().resolve(name);
  }

  /**
   * {@return the newest checkpoint in a folder, which is not opened; empty where there is none}
   *
   * @param folder which another run may hold
   */
  public static Optional<Path> newest(Path folder) {
    try {
      return Files.isDirectory(folder)
          ? named(folder, NUMBER).reversed().stream().findFirst()
          : Optional.empty();
    } catch (IOException e) {
      throw cannot(folder, e);
    }
  }

  /**
   * {@return the engine of the newest checkpoint in a folder, which is not opened; empty where none
   * can be read}
   *
   * @param folder which another run may hold
   */
  public static Optional<String> engine(Path folder) {
    return newest(folder).flatMap(KeptRun::engine);
  }

  /**
   * Takes the folder for this run, makes it if need be, and looks for the newest checkpoint that is
   * whole.
   *
   * @param folder made if it is missing
   * @param restart whether to remove what is there
   * @param warnings is told of each that is damaged
   * @return the folder, held until it is closed
   * @throws InputException when another run holds it, or it cannot be made
   */
  public static CheckpointFolder open(Path folder, boolean restart, Consumer<String> warnings) {
    WritableFolder.require(folder);
    CheckpointFolder opened = new CheckpointFolder(folder, lock(folder));
    try {
      if (restart) {
        opened.clear();
      }
      opened.deleteUnfinished();
      opened.found = opened.newest(warnings);
      return opened;
    } catch (IOException e) {
      opened.close();
      throw cannot(folder, e);
    }
  }

  private static FileHold lock(Path folder) {
    try {
      Files.createDirectories(folder);
      return FileHold.make(folder.resolve(LOCK))
          .orElseThrow(
              () ->
                  new InputException(
                      "Another run keeps its checkpoints in %s; wait for its end, or choose another --model-dir."
                          .formatted(folder)));
    } catch (IOException e) {
      throw cannot(folder, e);
    }
  }

  private static InputException cannot(Path folder, IOException e) {
    return new InputException("The checkpoints in %s: %s.".formatted(folder, e), e);
  }

  private Optional<KeptRun> newest(Consumer<String> warnings) throws IOException {
    for (Path path : named(NUMBER).reversed()) {
      try {
        return Optional.of(KeptRun.open(path));
      } catch (InputException e) {
        warnings.accept(e.getMessage() + " It is passed over.");
      }
    }
    return Optional.empty();
  }

  /**
   * {@return whether an earlier run had trained to the end and was stopped while it wrote its
   * outputs}
   */
  public boolean trained() {
    return found.map(run -> run.record().trained()).orElse(false);
  }

  /**
   * {@return the checkpoint to go on from, when there is one}
   *
   * @param elsewhere whether it may be of another engine
   * @throws InputException naming what differs when it is of another training
   */
  Optional<KeptRun> found(RunFacts facts, boolean elsewhere) {
    List<String> differences =
        found
            .map(KeptRun::record)
            .map(RunRecord::facts)
            .map(there -> elsewhere ? facts.differencesElsewhere(there) : facts.differences(there))
            .orElse(List.of());
    if (!differences.isEmpty()) {
      throw new InputException(
          "%s holds a checkpoint of another training: %s; give what it began with to go on, or --restart to remove it and begin anew."
              .formatted(folder, String.join(", ", differences)));
    }
    return found;
  }

  /**
   * Writes a checkpoint beside the others, moves it into place, and removes all but two.
   *
   * @return the folder of the checkpoint
   */
  Path write(StoredModel model, RunRecord record, OptimiserState optimiser, BestParameters best)
      throws IOException {
    List<Path> numbered = named(NUMBER);
    int number =
        numbered.isEmpty() ? 1 : Integer.parseInt(numbered.getLast().getFileName().toString()) + 1;
    Path target = folder.resolve("%06d".formatted(number));
    Path fresh = folder.resolve(".%06d.tmp".formatted(number));
    try {
      KeptRun.write(fresh, model, record, optimiser, best);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(fresh);
    }
    KeptRun.sync(folder, StandardOpenOption.READ);
    numbered = named(NUMBER);
    for (Path old : numbered.subList(0, Math.max(0, numbered.size() - KEPT))) {
      remove(old);
    }
    return target;
  }

  /** Removes all checkpoints: the outputs are written. */
  public void remove() {
    try {
      clear();
    } catch (IOException e) {
      throw cannot(folder, e);
    }
  }

  private void clear() throws IOException {
    // Oldest first: what is left after a kill in between is the newest, or nothing.
    for (Path path : named(NUMBER)) {
      remove(path);
    }
    deleteUnfinished();
    found = Optional.empty();
  }

  /** Removes a checkpoint in one step as others see it: first it loses its name. */
  private void remove(Path checkpoint) throws IOException {
    Path nameless = folder.resolve("." + checkpoint.getFileName() + ".tmp");
    Files.move(checkpoint, nameless, StandardCopyOption.ATOMIC_MOVE);
    delete(nameless);
  }

  private void deleteUnfinished() throws IOException {
    for (Path path : named(UNFINISHED)) {
      delete(path);
    }
  }

  private List<Path> named(String pattern) throws IOException {
    return named(folder, pattern);
  }

  private static List<Path> named(Path folder, String pattern) throws IOException {
    try (var files = Files.list(folder)) {
      return new ArrayList<>(
          files.filter(p -> p.getFileName().toString().matches(pattern)).sorted().toList());
    }
  }

  private static void delete(Path dir) throws IOException {
    if (!Files.exists(dir)) {
      return;
    }
    List<Path> files;
    try (var listed = Files.list(dir)) {
      files = listed.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(dir);
  }

  /** Gives the folder up, and removes it when it holds no checkpoint. */
  @Override
  public void close() {
    try {
      lock.close();
      boolean empty;
      try (var files = Files.list(folder)) {
        empty = files.findAny().isEmpty();
      }
      if (empty) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw cannot(folder, e);
    }
  }
}
