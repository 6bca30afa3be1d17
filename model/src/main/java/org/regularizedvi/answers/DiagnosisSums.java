package org.regularizedvi.answers;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.result.Evaluation;

/**
 * Holds sums over cells, from which a diagnosis of a model is made. Those of minibatches are added
 * in the order of these, wherever each was computed, so that the bits are always the same.
 *
 * @param sums how well the model explains the cells
 * @param background expected counts of each modality
 * @param features how well each feature of each modality is explained; none where nobody asked
 */
public record DiagnosisSums(
    EvaluationSums sums, List<BackgroundSums> background, List<FeatureSums> features)
    implements Serializable {
  /** Keeps copies, which nobody can change. */
  public DiagnosisSums {
    background = List.copyOf(background);
    features = List.copyOf(features);
  }

  /**
   * {@return these sums with those of the cells after them}
   *
   * @param more sums of the same kind
   */
  public DiagnosisSums plus(DiagnosisSums more) {
    List<BackgroundSums> allBackground = new ArrayList<>();
    for (int m = 0; m < background.size(); m++) {
      allBackground.add(background.get(m).plus(more.background.get(m)));
    }
    List<FeatureSums> allFeatures = new ArrayList<>();
    for (int m = 0; m < features.size(); m++) {
      allFeatures.add(features.get(m).plus(more.features.get(m)));
    }
    return new DiagnosisSums(sums.plus(more.sums), allBackground, allFeatures);
  }

  /** {@return how well the model explains the cells} */
  public Evaluation evaluation() {
    return sums.result();
  }

  /**
   * {@return the fit of each feature of a modality; empty where nobody asked}
   *
   * @param modality its place in the model
   */
  public Optional<double[]> perFeature(int modality) {
    return features.isEmpty() ? Optional.empty() : Optional.of(features.get(modality).means());
  }
}
