package org.regularizedvi.core.simulate;

/** What a modality's features are, which decides how cell types differ in them. */
public enum FeatureKind {
  /** Genes: skewed, each type raises and lowers a quarter of them. */
  EXPRESSION,
  /** Peaks: open or closed, half of them only in some types. */
  ACCESSIBILITY;

  /** The kind that a modality's name stands for: {@code atac} has peaks, every other has genes. */
  public static FeatureKind of(String modality) {
    return modality.equals("atac") ? ACCESSIBILITY : EXPRESSION;
  }
}
