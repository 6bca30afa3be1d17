package org.regularizedvi.core.store;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.result.LatentMoments;
import org.regularizedvi.input.InputException;

/**
 * Stores the moments of complete cells' latents beside the weights, as two tensors that are no
 * parameters. Folders that were written before there were such tensors, or that hold a model
 * without these moments, lack both.
 */
final class CompleteCellTensors {
  private static final String MEAN = "complete_cells.latent_mean";
  private static final String COVARIANCE = "complete_cells.latent_covariance";

  private CompleteCellTensors() {}

  /** {@return all tensors of a model, these two at the end} */
  static SequencedMap<String, Safetensors.Entry> with(StoredModel model) {
    SequencedMap<String, Safetensors.Entry> all = new LinkedHashMap<>(model.tensors());
    model
        .completeCells()
        .ifPresent(
            moments -> {
              long latent = moments.meanK().length;
              all.put(MEAN, new Safetensors.Entry(new long[] {latent}, moments.meanK()));
              all.put(
                  COVARIANCE,
                  new Safetensors.Entry(
                      new long[] {latent, latent}, moments.covarianceKK().values()));
            });
    return all;
  }

  /**
   * Takes them out of the tensors that were read.
   *
   * @throws InputException when one is there without the other, or they do not fit each other
   */
  static Optional<LatentMoments> take(
      SequencedMap<String, Safetensors.Entry> tensors, Path source) {
    Optional<Safetensors.Entry> mean = Optional.ofNullable(tensors.remove(MEAN));
    Optional<Safetensors.Entry> covariance = Optional.ofNullable(tensors.remove(COVARIANCE));
    if (mean.isEmpty() && covariance.isEmpty()) {
      return Optional.empty();
    }
    int latent = mean.map(own -> own.values().length).orElse(0);
    int values = covariance.map(own -> own.values().length).orElse(0);
    if (latent == 0 || values != (long) latent * latent) {
      throw new InputException(
          "%s is damaged: '%s' has %d values; expected %d, the square of the %d of '%s'."
              .formatted(source, COVARIANCE, values, (long) latent * latent, latent, MEAN));
    }
    return Optional.of(
        new LatentMoments(
            mean.orElseThrow().values(),
            new FloatMatrix(latent, latent, covariance.orElseThrow().values())));
  }
}
