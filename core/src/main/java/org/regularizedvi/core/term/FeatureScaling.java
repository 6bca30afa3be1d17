package org.regularizedvi.core.term;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.core.shape.CategoryAxis;
import org.regularizedvi.core.shape.LayerTensors;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;

/**
 * Gives each feature a factor in each scaling category: y = sum over the scaling keys of
 * softplus(feature_scaling[category, g]) / 0.7, which is close to 1 where it starts.
 *
 * @param spec a modality whose features are scaled
 */
public record FeatureScaling(ModalitySpec spec) {
  /**
   * {@return the scaling of a modality; empty when it has none}
   *
   * @param spec the modality
   */
  public static Optional<FeatureScaling> of(ModalitySpec spec) {
    return spec.generative().useFeatureScaling()
        ? Optional.of(new FeatureScaling(spec))
        : Optional.empty();
  }

  /**
   * {@return the name of the stored parameter: raw, scaling categories of all keys side by side x
   * features; one row serves all cells where there is no scaling key}
   */
  public String parameter() {
    return "feature_scaling" + spec.names().suffix();
  }

  /**
   * {@return the y of one category, softplus(raw) / 0.7}
   *
   * @param raw an entry of the stored parameter
   */
  public static double value(double raw) {
    return ScalingFactor.value(raw);
  }

  /**
   * {@return the derivative of {@link #value} by the raw value}
   *
   * @param raw an entry of the stored parameter
   */
  public static double slope(double raw) {
    return ScalingFactor.slope(raw);
  }

  /** {@return the stored parameter, which starts at raw 0} */
  public ParameterSpec stored() {
    return LayerTensors.trained(spec)
        .one(
            parameter(),
            new ParameterSpec.Start.Constant(0),
            Optional.of(CategoryAxis.of(0, spec.categories().scaling())),
            spec.categories().scalingRows(),
            spec.features());
  }

  /** {@return the Gamma prior of y, a term of the loss} */
  public GammaPrior prior() {
    return spec.config().priors().featureScaling();
  }

  /**
   * {@return y, features x scaling categories, as users read it}
   *
   * @param parameters the stored parameters
   * @param schema the keys and their categories, which name the columns
   */
  public LearnedTerms.Term read(Parameters parameters, Schema schema) {
    float[] raw = parameters.values(parameter());
    int features = spec.features();
    int rows = spec.categories().scalingRows();
    float[] values = new float[raw.length];
    for (int c = 0; c < rows; c++) {
      for (int g = 0; g < features; g++) {
        values[g * rows + c] = (float) value(raw[c * features + g]);
      }
    }
    List<String> names = schema.names(Purpose.FEATURE_SCALING);
    return new LearnedTerms.Term(
        names.isEmpty() ? LearnedTerms.EVERY_CELL : names, new FloatMatrix(features, rows, values));
  }
}
