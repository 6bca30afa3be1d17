package org.regularizedvi.core.term;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;

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
  /** The name of the only column of a term that has one for all cells. */
  static final List<String> EVERY_CELL = List.of("all");

  /** A matrix and what its columns stand for. */
  public record Term(List<String> columns, FloatMatrix values) {}

  /** Reads the terms of a modality from stored parameters. */
  public static LearnedTerms of(ModalitySpec spec, Parameters parameters, Schema schema) {
    return new LearnedTerms(
        AdditiveBackground.of(spec).map(term -> term.read(parameters, schema)),
        new InverseDispersion(spec).read(parameters, schema),
        FeatureScaling.of(spec).map(term -> term.read(parameters, schema)),
        ModalityScale.of(spec)
            .map(term -> OptionalDouble.of(term.read(parameters)))
            .orElse(OptionalDouble.empty()));
  }
}
