package org.regularizedvi.core.config;

/** Says what the decoder of a modality gives ({@code decoder_type}). */
public enum DecoderType {
  /** It gives each feature's expected expression. */
  EXPECTED_RNA,
  /** It gives how often each feature is transcribed in bursts, and a second decoder their size. */
  BURST_FREQUENCY_SIZE
}
