package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cli.reporting.ReportFiles;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;
import org.regularizedvi.training.continuation.CheckpointFolder;

/**
 * Says where training puts what it makes; at least one of the first two places.
 *
 * @param out where copies of the inputs go
 * @param modelDir the folder of the model
 * @param ifExists whether outputs that exist may be replaced
 * @param keeping how checkpoints are kept beside the folder of the model, or else the copies; empty
 *     for none at all
 * @param map what it makes of the latent representation
 * @param latents files that hold that alone
 * @param reports the files that show the run
 */
public record Outputs(
    Optional<Destination> out,
    Optional<Path> modelDir,
    IfExists ifExists,
    Optional<Keeping> keeping,
    MapOptions map,
    LatentOutput latents,
    ReportFiles reports) {
  /**
   * Checks, before any work, that the outputs can be written.
   *
   * @param cells the open input, which the copy is made of
   * @throws InputException when they cannot, or none is asked for
   */
  public void check(CellSource cells) {
    requireAny();
    check(cells, ifExists);
  }

  /**
   * Checks that those outputs that are asked for can be written.
   *
   * @param cells the open input, which the copy is made of
   * @throws InputException when they cannot
   */
  public void checkGiven(CellSource cells) {
    check(cells, ifExists);
  }

  /** {@return no outputs at all} */
  public static Outputs none() {
    return new Outputs(
        Optional.empty(),
        Optional.empty(),
        IfExists.REFUSE,
        Optional.empty(),
        new MapOptions(),
        new LatentOutput(),
        ReportFiles.none());
  }

  /** {@return whether the latent representation of the cells is written or shown anywhere} */
  public boolean embeds() {
    return out.isPresent() || !latents.files().isEmpty() || reports.any();
  }

  /** {@return all outputs but reports} */
  public List<Path> files() {
    return Stream.concat(places().stream(), latents.files().stream()).toList();
  }

  private List<Path> places() {
    return Stream.of(out.map(Destination::path), modelDir).flatMap(Optional::stream).toList();
  }

  private void requireAny() {
    if (out.isEmpty() && modelDir.isEmpty()) {
      throw new InputException(
          "train needs --out OUT, --model-dir DIR or both, else nothing would be kept.");
    }
  }

  /**
   * Opens the folder of the checkpoints, after all that {@link #check} checks: outputs that exist
   * are also replaced when the run that wrote them was interrupted before it had written all.
   *
   * @param kept how checkpoints are kept
   * @param cells the open input, which the copy is made of
   * @param warnings is told of damaged checkpoints
   * @return the folder, to be closed by the caller
   * @throws InputException as {@link #check}, or when another run holds the folder
   */
  public CheckpointFolder open(Keeping kept, CellSource cells, Consumer<String> warnings) {
    requireAny();
    check(cells, IfExists.REPLACE);
    CheckpointFolder folder = CheckpointFolder.open(checkpoints(), kept.restart(), warnings);
    try {
      check(cells, folder.trained() ? IfExists.REPLACE : ifExists);
      return folder;
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /**
   * {@return the engine of the training that was interrupted; empty where there is none to go on
   * with}
   */
  public Optional<String> engineBefore() {
    return keeping
        .filter(kept -> !kept.restart() && (modelDir.isPresent() || out.isPresent()))
        .flatMap(_ -> CheckpointFolder.engine(checkpoints()));
  }

  /** {@return the folder of the checkpoints} */
  public Path checkpoints() {
    return CheckpointFolder.beside(modelDir.or(() -> out.map(Destination::path)).orElseThrow());
  }

  private void check(CellSource cells, IfExists existing) {
    map.require();
    if (out.isEmpty() && (map.umap() || map.leiden())) {
      throw new InputException("--umap and --leiden are written into --out OUT; expected it too.");
    }
    if (out.isEmpty() && !reports.any() && map.scores().isPresent()) {
      throw new InputException(
          "--scores are written into --out OUT, --report RUN.html and --metrics-out DIR; expected one"
              + " of them too.");
    }
    if (out.isPresent()
        && out.map(own -> own.path().toAbsolutePath()).equals(modelDir.map(Path::toAbsolutePath))) {
      throw new InputException(
          "--out and --model-dir are the same, %s; a file and a folder cannot share a name."
              .formatted(out.get().path()));
    }
    out.ifPresent(to -> cells.requireWritable(to, existing));
    modelDir.ifPresent(folder -> ModelDirectory.requireWritable(folder, existing));
    latents.require(cells.paths(), places(), existing);
    reports.require(existing);
  }
}
