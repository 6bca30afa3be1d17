package org.regularizedvi.core.config;

import java.util.OptionalInt;
import org.regularizedvi.options.Option;
import org.regularizedvi.options.Records;

/**
 * Says what the decoder gives, and how the size of bursts is decoded.
 *
 * @param decoderType whether the decoder gives expression, or frequency and size of bursts
 * @param burstSizeNHidden the units of a hidden layer of the burst size decoder, at least 1; left
 *     out: half of the decoder's
 * @param burstSizeIntercept the least burst size, above 0
 */
public record DecoderConfig(
    @Option(
            help =
                "expected-rna: the decoder gives expression, or burst-frequency-size: how often genes burst and how large bursts are, whose noise is the biological part of the variance",
            byModality = true,
            python = Option.Python.LATER)
        DecoderType decoderType,
    @Option(
            help = "With bursts: units of a hidden layer of the burst size decoder",
            standard = "half of the decoder's",
            python = Option.Python.LATER)
        OptionalInt burstSizeNHidden,
    @Option(help = "With bursts: the least burst size", python = Option.Python.LATER)
        double burstSizeIntercept) {
  /**
   * Checks the components.
   *
   * @throws org.regularizedvi.input.InputException when a number is out of range
   */
  public DecoderConfig {
    burstSizeNHidden.ifPresent(units -> Checks.atLeast("burst_size_n_hidden", units, 1));
    Checks.positive("burst_size_intercept", burstSizeIntercept);
  }

  /** {@return a decoder that gives expression; with bursts, sizes are at least 1} */
  public static DecoderConfig defaults() {
    return new DecoderConfig(DecoderType.EXPECTED_RNA, OptionalInt.empty(), 1);
  }

  /**
   * {@return the same with another kind of decoder}
   *
   * @param type what the decoder gives
   */
  public DecoderConfig with(DecoderType type) {
    return Records.with(this, "decoderType", type);
  }
}
