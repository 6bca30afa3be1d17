package org.regularizedvi.core.config;

/** What modalities weigh in a weighted mean. */
public enum ModalityWeights {
  /** All the same. */
  EQUAL,
  /** One learned weight a modality. */
  UNIVERSAL,
  /** Learned weights that depend on the cell. */
  CELL
}
