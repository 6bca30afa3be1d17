package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import org.regularizedvi.data.H5adCopy;
import org.regularizedvi.data.InputException;
import org.regularizedvi.model.checkpoint.ModelDirectory;

/**
 * Where training puts what it makes; at least one of the two places.
 *
 * @param map what it makes of the latent representation
 */
public record Outputs(
    Optional<Path> out, Optional<Path> modelDir, boolean overwrite, MapOptions map) {
  /**
   * Says before any work whether the outputs can be written.
   *
   * @throws InputException when they cannot, or none is asked for
   */
  public void check(Path input) {
    if (out.isEmpty() && modelDir.isEmpty()) {
      throw new InputException(
          "train needs --out OUT, --model-dir DIR or both, else nothing would be kept.");
    }
    if (out.isEmpty() && (map.umap() || map.leiden())) {
      throw new InputException("--umap and --leiden are written into --out OUT; expected it too.");
    }
    if (out.isPresent()
        && out.map(Path::toAbsolutePath).equals(modelDir.map(Path::toAbsolutePath))) {
      throw new InputException(
          "--out and --model-dir are the same, %s; a file and a folder cannot share a name."
              .formatted(out.get()));
    }
    out.ifPresent(file -> H5adCopy.requireTarget(input, file, overwrite));
    modelDir.ifPresent(folder -> ModelDirectory.requireWritable(folder, overwrite));
  }
}
