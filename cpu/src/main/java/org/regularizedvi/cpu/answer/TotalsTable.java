package org.regularizedvi.cpu.answer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.core.term.BackgroundTotals;
import org.regularizedvi.core.term.FeatureScaling;
import org.regularizedvi.core.term.ScalingFactor;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.special.VectorFunctions;

/** Sums the background of a modality over its features, once for all cells. */
final class TotalsTable {
  private TotalsTable() {}

  /**
   * {@return the table of a modality at its stored parameters}
   *
   * @param decoder of the modality, which has a background
   */
  static BackgroundTotals of(DecoderNetwork decoder) {
    ModalitySpec spec = decoder.spec();
    AdditiveBackground term = new AdditiveBackground(spec);
    MemorySegment raw = decoder.parameters().memory(term.parameter());
    int ambient = spec.categories().ambientColumns();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment background = arena.allocate(raw.byteSize());
      VectorFunctions.exp(raw, 0, 0, background, 0, spec.features() * ambient);
      Matrix scalingSG = scaling(arena, decoder);
      Matrix sumsSC = Matrix.in(arena, scalingSG.rows(), ambient);
      decoder
          .products()
          .times(scalingSG, Matrix.over(background, spec.features(), ambient), 0, sumsSC);
      return new BackgroundTotals(spec, sumsSC.numbers());
    }
  }

  /** {@return y of every scaling category, or a row of ones where features are not scaled} */
  private static Matrix scaling(Arena arena, DecoderNetwork decoder) {
    ModalitySpec spec = decoder.spec();
    Optional<FeatureScaling> term = FeatureScaling.of(spec);
    Matrix scalingSG =
        Matrix.in(arena, term.isEmpty() ? 1 : spec.categories().scalingRows(), spec.features());
    float[] row = new float[spec.features()];
    Arrays.fill(row, 1);
    for (int s = 0; s < scalingSG.rows(); s++) {
      if (term.isPresent()) {
        MemorySegment raw = decoder.parameters().memory(term.get().parameter());
        VectorFunctions.softplus(
            raw, (long) s * row.length, MemorySegment.ofArray(row), 0, row.length);
        for (int g = 0; g < row.length; g++) {
          row[g] /= (float) ScalingFactor.DIVISOR;
        }
      }
      scalingSG.setRow(s, row);
    }
    return scalingSG;
  }
}
