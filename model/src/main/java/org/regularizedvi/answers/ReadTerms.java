package org.regularizedvi.answers;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.prior.ScalingFactor;
import org.regularizedvi.core.result.LearnedTerms;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.cpu.net.Modality;
import org.regularizedvi.cpu.torch.Tensors;

/** What has the model learned of background, dispersion and scaling? */
public final class ReadTerms {
  private ReadTerms() {}

  public static LearnedTerms of(Modality modality, Schema schema) {
    StoredNames names = modality.spec().names();
    List<String> everyCell = List.of("all");
    List<String> groups =
        modality.spec().generative().dispersion() == Dispersion.GENE
            ? everyCell
            : schema.names(Purpose.DISPERSION);
    List<String> scaling = schema.names(Purpose.FEATURE_SCALING);
    return new LearnedTerms(
        modality.spec().generative().useAdditiveBackground()
            ? Optional.of(
                term(
                    schema.names(Purpose.AMBIENT),
                    modality,
                    names.additiveBackground(),
                    Math::exp,
                    false))
            : Optional.empty(),
        term(groups, modality, names.dispersionMean(), Math::exp, false),
        modality.spec().generative().useFeatureScaling()
            ? Optional.of(
                term(
                    scaling.isEmpty() ? everyCell : scaling,
                    modality,
                    names.featureScaling(),
                    ScalingFactor::value,
                    true))
            : Optional.empty(),
        scale(modality));
  }

  private static OptionalDouble scale(Modality modality) {
    try (PointerScope _ = new PointerScope()) {
      return modality
          .scale()
          .map(scale -> OptionalDouble.of(scale.item_double()))
          .orElse(OptionalDouble.empty());
    }
  }

  private static LearnedTerms.Term term(
      List<String> columns,
      Modality modality,
      String name,
      DoubleUnaryOperator map,
      boolean transposed) {
    try (PointerScope _ = new PointerScope()) {
      Tensor parameter = modality.parameters().get(name);
      float[] raw = Tensors.floats(transposed ? parameter.t() : parameter);
      for (int i = 0; i < raw.length; i++) {
        raw[i] = (float) map.applyAsDouble(raw[i]);
      }
      return new LearnedTerms.Term(
          columns, new FloatMatrix(modality.spec().features(), columns.size(), raw));
    }
  }
}
