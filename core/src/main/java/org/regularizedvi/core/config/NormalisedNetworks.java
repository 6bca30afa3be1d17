package org.regularizedvi.core.config;

/** Which networks a normalisation is used in. */
public enum NormalisedNetworks {
  ENCODER,
  DECODER,
  BOTH,
  NONE;

  public boolean inEncoder() {
    return this == ENCODER || this == BOTH;
  }

  public boolean inDecoder() {
    return this == DECODER || this == BOTH;
  }
}
