package org.regularizedvi.core.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.core.term.LearnedEffects;
import org.regularizedvi.core.term.Moments;

/**
 * Tells what each covariate does in a model, along each of the ways in which it enters.
 *
 * @param modalities the effects in each modality, in the model's order
 */
public record CovariateEffects(List<OfModality> modalities) {
  /** Keeps a copy. */
  public CovariateEffects {
    modalities = List.copyOf(modalities);
  }

  /**
   * Tells what each covariate does in one modality.
   *
   * @param name the name of the modality, empty in a model of one
   * @param learned what the parameters say
   * @param librarySizes the library sizes of some cells by group of the library size key; groups
   *     without cells that have the modality are not among them
   * @param meanScaleG rho of each feature, mean over the cells that have the modality
   */
  public record OfModality(
      String name,
      LearnedEffects learned,
      SequencedMap<String, LibrarySizes> librarySizes,
      double[] meanScaleG) {
    /** Keeps a copy, which nobody can change. */
    public OfModality {
      librarySizes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(librarySizes));
    }
  }

  /**
   * Summarises the library sizes of a group of cells, at their posterior means.
   *
   * @param cells the number of cells
   * @param sizes the moments of exp(l)
   * @param logs the moments of l
   */
  public record LibrarySizes(int cells, Moments sizes, Moments logs) {}
}
