package org.regularizedvi.core.config;

import java.util.Map;
import org.regularizedvi.options.Option;

/**
 * Holds what the decoders of modalities do not have in common: values by the modality's name, which
 * stand in place of the shared ones.
 *
 * @param decoderType what the decoder gives, for modalities that have their own kind
 * @param decoderInitVarianceTargetFraction the share of a feature's biological variance that the
 *     decoder's last weights start with, above 0, for modalities that have their own
 */
public record DecodersByModality(
    @Option(byModality = true, python = Option.Python.LATER) Map<String, DecoderType> decoderType,
    @Option(byModality = true, python = Option.Python.LATER)
        Map<String, Double> decoderInitVarianceTargetFraction) {
  /**
   * Keeps copies in the order of the names, which nobody can change, and checks the shares.
   *
   * @throws org.regularizedvi.input.InputException when a share is not positive
   */
  public DecodersByModality {
    decoderType = MultimodalOptions.sorted(decoderType);
    decoderInitVarianceTargetFraction = MultimodalOptions.sorted(decoderInitVarianceTargetFraction);
    decoderInitVarianceTargetFraction
        .values()
        .forEach(share -> Checks.positive("decoder_init_variance_target_fraction", share));
  }

  /** {@return what all decoders have in common} */
  public static DecodersByModality defaults() {
    return new DecodersByModality(Map.of(), Map.of());
  }
}
