package org.regularizedvi.core.term;

import java.util.Optional;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.ValueStartConfig;
import org.regularizedvi.core.counts.CountSummary;
import org.regularizedvi.core.prior.AmbientPrior;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.core.shape.CategoryAxis;
import org.regularizedvi.core.shape.LayerTensors;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.ParameterSpec.Start;
import org.regularizedvi.core.shape.Parameters;

/**
 * Models ambient RNA, of which every cell of an ambient category gets a share: s = sum over the
 * ambient keys of exp(additive_background[g, category]), added to the decoder's rho.
 *
 * @param spec a modality that has a background
 */
public record AdditiveBackground(ModalitySpec spec) {
  private static final double START_SPREAD = 0.01;

  /** The least expression that a background starts at. */
  private static final double LEAST_START = 1e-8;

  /**
   * {@return the background of a modality; empty when it has none}
   *
   * @param spec the modality
   */
  public static Optional<AdditiveBackground> of(ModalitySpec spec) {
    return spec.generative().useAdditiveBackground()
        ? Optional.of(new AdditiveBackground(spec))
        : Optional.empty();
  }

  /**
   * {@return the name of the stored parameter: log expression, features x ambient categories of all
   * keys side by side}
   */
  public String parameter() {
    return "additive_background" + spec.names().suffix();
  }

  /**
   * {@return the s of one category, exp(raw)}
   *
   * @param raw an entry of the stored parameter
   */
  public static double value(double raw) {
    return Math.exp(raw);
  }

  /**
   * Declares the stored parameter. It starts at the prior's mean unless data say where.
   *
   * @param logStart the log expression by {@link #start}, features x ambient categories, row-major;
   *     empty for the prior's mean
   * @return the tensor
   */
  public ParameterSpec stored(Optional<float[]> logStart) {
    ValueStartConfig given = spec.config().starts().values();
    double spread = given.additiveBgInitStd().orElse(START_SPREAD);
    double mean =
        given.additiveBgInitMean().orElse(Math.log(spec.config().priors().background().mean()));
    return LayerTensors.trained(spec)
        .one(
            parameter(),
            logStart
                .filter(_ -> given.additiveBgInitMean().isEmpty())
                .<Start>map(means -> new Start.NormalAround(means, spread))
                .orElseGet(() -> new Start.Normal(mean, spread)),
            Optional.of(CategoryAxis.of(1, spec.categories().ambient())),
            spec.features(),
            spec.categories().ambientColumns());
  }

  /** {@return whether the background starts at a share of the features' means} */
  public boolean startsFromData() {
    return spec.config().starts().bgInitGeneFraction().isPresent();
  }

  /**
   * Computes where a background that starts from data does so: at {@code bg_init_gene_fraction} of
   * each feature's mean within the ambient category, or lower where the data say so, on the log
   * scale.
   *
   * @param summary the sums over the counts
   * @param bounds the largest share for each ambient category
   * @param unit the factor that turns a share of a cell's counts into the decoder's units
   * @return features x ambient categories, row-major
   */
  public float[] start(CountSummary summary, double[] bounds, double unit) {
    double fraction = spec.config().starts().bgInitGeneFraction().orElseThrow();
    int categories = summary.cellsOf().length;
    float[] start = new float[spec.features() * categories];
    for (int c = 0; c < categories; c++) {
      for (int g = 0; g < spec.features(); g++) {
        double mean = summary.sharesByCategory()[c][g] / Math.max(1, summary.cellsOf()[c]) * unit;
        start[g * categories + c] =
            (float) Math.log(Math.max(Math.min(fraction, bounds[c]) * mean, LEAST_START));
      }
    }
    return start;
  }

  /**
   * {@return where a background starts whose profile was measured, on the log scale: at the mean of
   * its prior}
   *
   * @param prior the prior
   */
  public float[] start(AmbientPrior prior) {
    float[] start = new float[prior.shareGC().values().length];
    for (int g = 0; g < spec.features(); g++) {
      for (int c = 0; c < prior.categories(); c++) {
        start[g * prior.categories() + c] =
            (float) Math.log(Math.max(prior.mean(g, c), LEAST_START));
      }
    }
    return start;
  }

  /**
   * {@return the Gamma prior that all s have in common, a term of the loss; empty unless {@code
   * regularise_background}. A measured profile has a prior of its own in its place}
   */
  public Optional<GammaPrior> prior() {
    return spec.config().priors().regulariseBackground()
        ? Optional.of(spec.config().priors().background())
        : Optional.empty();
  }

  /**
   * {@return exp(additive_background), features x ambient categories, as users read it}
   *
   * @param parameters the stored parameters
   * @param schema the keys and their categories, which name the columns
   */
  public LearnedTerms.Term read(Parameters parameters, Schema schema) {
    float[] values = parameters.values(parameter());
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value(values[i]);
    }
    int columns = spec.categories().ambientColumns();
    return new LearnedTerms.Term(
        schema.names(Purpose.AMBIENT), new FloatMatrix(spec.features(), columns, values));
  }
}
