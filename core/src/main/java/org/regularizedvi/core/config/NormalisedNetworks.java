package org.regularizedvi.core.config;

/** Says in which networks a normalisation is used. */
public enum NormalisedNetworks {
  /** It is used in the encoders alone. */
  ENCODER,
  /** It is used in the decoder alone. */
  DECODER,
  /** It is used in encoders and decoder. */
  BOTH,
  /** It is used nowhere. */
  NONE;

  /** {@return whether the normalisation is used in the encoders} */
  public boolean inEncoder() {
    return this == ENCODER || this == BOTH;
  }

  /** {@return whether the normalisation is used in the decoder} */
  public boolean inDecoder() {
    return this == DECODER || this == BOTH;
  }
}
