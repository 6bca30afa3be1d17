package org.regularizedvi.core.result;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.regularizedvi.cells.FloatMatrix;

/**
 * The parameters a user reads, features x categories each; a term that is switched off is absent.
 *
 * @param background exp(additive_background), one column an ambient category
 * @param dispersion inverse dispersion theta at its posterior median, one column a group, or one
 *     for all
 * @param featureScaling scaling factors y, one column a scaling category
 * @param modalityScale the factor on all of a modality's expected counts
 */
public record LearnedTerms(
    Optional<Term> background,
    Term dispersion,
    Optional<Term> featureScaling,
    OptionalDouble modalityScale) {
  /** A matrix and what its columns stand for. */
  public record Term(List<String> columns, FloatMatrix values) {}
}
