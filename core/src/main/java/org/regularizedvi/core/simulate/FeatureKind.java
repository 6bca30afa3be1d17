package org.regularizedvi.core.simulate;

/** Says what the features of a modality are. This decides how cell types differ in them. */
public enum FeatureKind {
  /** Genes. Their expression is skewed, and each type raises and lowers a quarter of them. */
  EXPRESSION,
  /** Peaks. They are open or closed, half of them only in some types. */
  ACCESSIBILITY;

  /**
   * {@return the kind that a modality's name stands for: {@code atac} has peaks, every other
   * modality has genes}
   *
   * @param modality the name
   */
  public static FeatureKind of(String modality) {
    return modality.equals("atac") ? ACCESSIBILITY : EXPRESSION;
  }
}
