package org.regularizedvi.core.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.prior.AmbientPrior;
import org.regularizedvi.input.InputException;

/**
 * Stores what priors hold of each feature beside the weights, as tensors that are no parameters:
 * two of each modality whose background was measured, and one of each whose decoder weights have
 * widths.
 */
final class PriorTensors {
  private static final String SHARES = "ambient_profile";

  /** The rows are the levels, the weights of the shape and those of the level. */
  private static final String STRENGTHS = "ambient_profile_strengths";

  private static final int ROWS = 3;

  private static final String WIDTHS = "decoder_weight_widths";

  private PriorTensors() {}

  /** Adds those of a model's modalities. */
  static void add(StoredModel model, SequencedMap<String, Safetensors.Entry> tensors) {
    for (StoredModality modality : model.setup().modalities()) {
      modality.priors().ambient().ifPresent(prior -> add(modality.name(), prior, tensors));
      modality
          .priors()
          .weightWidthG()
          .ifPresent(
              widths ->
                  tensors.put(
                      name(WIDTHS, modality.name()),
                      new Safetensors.Entry(new long[] {widths.length}, widths)));
    }
  }

  private static void add(
      String modality, AmbientPrior prior, SequencedMap<String, Safetensors.Entry> tensors) {
    int categories = prior.categories();
    float[] strengths = new float[ROWS * categories];
    for (int c = 0; c < categories; c++) {
      strengths[c] = (float) prior.levelC()[c];
      strengths[categories + c] = (float) prior.shapeWeightC()[c];
      strengths[2 * categories + c] = (float) prior.levelWeightC()[c];
    }
    tensors.put(
        name(SHARES, modality),
        new Safetensors.Entry(
            new long[] {prior.shareGC().rows(), categories}, prior.shareGC().values()));
    tensors.put(
        name(STRENGTHS, modality), new Safetensors.Entry(new long[] {ROWS, categories}, strengths));
  }

  /**
   * Takes the widths of a modality's decoder weights out of the tensors that were read.
   *
   * @throws InputException when they do not fit the modality
   */
  static Optional<float[]> widths(
      SequencedMap<String, Safetensors.Entry> tensors, String modality, int features, Path source) {
    Optional<float[]> widths =
        Optional.ofNullable(tensors.remove(name(WIDTHS, modality))).map(Safetensors.Entry::values);
    if (widths.isPresent() && widths.get().length != features) {
      throw new InputException(
          "%s is damaged: '%s' has %d values; expected one for each of %d features."
              .formatted(source, name(WIDTHS, modality), widths.get().length, features));
    }
    return widths;
  }

  /**
   * Takes the prior of a modality's background out of the tensors that were read.
   *
   * @throws InputException when one tensor is there without the other, or they do not fit the
   *     modality
   */
  static Optional<AmbientPrior> ambient(
      SequencedMap<String, Safetensors.Entry> tensors, String modality, int features, Path source) {
    Optional<Safetensors.Entry> shares =
        Optional.ofNullable(tensors.remove(name(SHARES, modality)));
    Optional<Safetensors.Entry> strengths =
        Optional.ofNullable(tensors.remove(name(STRENGTHS, modality)));
    if (shares.isEmpty() && strengths.isEmpty()) {
      return Optional.empty();
    }
    float[] shareGC = shares.map(Safetensors.Entry::values).orElse(new float[0]);
    float[] strength = strengths.map(Safetensors.Entry::values).orElse(new float[0]);
    int categories = strength.length / ROWS;
    if (categories == 0 || shareGC.length != (long) features * categories) {
      throw new InputException(
          "%s is damaged: '%s' has %d values and '%s' %d; expected %d for each category and %d."
              .formatted(
                  source,
                  name(SHARES, modality),
                  shareGC.length,
                  name(STRENGTHS, modality),
                  strength.length,
                  features,
                  ROWS));
    }
    return Optional.of(
        new AmbientPrior(
            new FloatMatrix(features, categories, shareGC),
            row(strength, 0),
            row(strength, 1),
            row(strength, 2)));
  }

  private static double[] row(float[] strengths, int row) {
    int categories = strengths.length / ROWS;
    return IntStream.range(0, categories)
        .mapToDouble(c -> strengths[row * categories + c])
        .toArray();
  }

  private static String name(String tensor, String modality) {
    return modality.isEmpty() ? tensor : tensor + "." + modality;
  }
}
