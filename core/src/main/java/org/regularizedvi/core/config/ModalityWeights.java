package org.regularizedvi.core.config;

/** Says how much each modality weighs in a weighted mean. */
public enum ModalityWeights {
  /** All modalities weigh the same. */
  EQUAL,
  /** Each modality has one learned weight. */
  UNIVERSAL,
  /** The weights are learned and depend on the cell. */
  CELL
}
