package org.regularizedvi.core.term;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;

/**
 * Holds the parameters that a user reads, features x categories each; a term that is switched off
 * is absent.
 *
 * @param background exp(additive_background), one column per ambient category
 * @param dispersion the inverse dispersion theta at its posterior median, or with bursts the
 *     technical variance v, one column per group, or one for all
 * @param priorDispersion the same as the prior alone would put it, for every feature
 * @param bursts whether the decoder gives bursts
 * @param featureScaling the scaling factors y, one column per scaling category
 * @param modalityScale the factor on all of a modality's expected counts
 */
public record LearnedTerms(
    Optional<Term> background,
    Term dispersion,
    double priorDispersion,
    boolean bursts,
    Optional<Term> featureScaling,
    OptionalDouble modalityScale) {
  /** The name of the only column of a term that has one for all cells. */
  static final List<String> EVERY_CELL = List.of("all");

  /**
   * Holds a matrix with the names of its columns.
   *
   * @param columns the name of each column: its category, or "all"
   * @param values features x columns
   */
  public record Term(List<String> columns, FloatMatrix values) {}

  /**
   * {@return the terms of a modality, read from stored parameters}
   *
   * @param spec the modality
   * @param parameters the stored parameters of the whole model
   * @param schema the keys and their categories, which name the columns
   */
  public static LearnedTerms of(ModalitySpec spec, Parameters parameters, Schema schema) {
    InverseDispersion dispersion = new InverseDispersion(spec);
    return new LearnedTerms(
        AdditiveBackground.of(spec).map(term -> term.read(parameters, schema)),
        dispersion.read(parameters, schema),
        dispersion.ofPrior(spec.config().dispersionHyperPrior().rate()),
        spec.generative().bursts(),
        FeatureScaling.of(spec).map(term -> term.read(parameters, schema)),
        ModalityScale.of(spec)
            .map(term -> OptionalDouble.of(term.read(parameters)))
            .orElse(OptionalDouble.empty()));
  }
}
