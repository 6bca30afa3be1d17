package org.regularizedvi.cpu.head;

import java.util.Optional;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.kernel.Noise;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Tells where the kernel finds the noise of theta: there is none outside training or when all cells
 * share it; it is made inside the tile when it is counter-based, else read from a matrix that was
 * drawn before.
 *
 * @param given cells x genes, only when noise is supplied from outside
 */
record HeadNoise(Optional<CounterNoise> counter, float[] given, int genes, Draw draw) {
  private static final float[] NOTHING = {};

  static HeadNoise of(
      ModalitySpec spec, int rows, Optional<org.regularizedvi.core.draw.Noise> training) {
    Draw draw = Draw.of(Draw.Kind.THETA, spec.index());
    if (training.isEmpty() || !new InverseDispersion(spec).byGroup()) {
      return new HeadNoise(Optional.empty(), NOTHING, spec.features(), draw);
    }
    if (training.get() instanceof CounterNoise counter) {
      return new HeadNoise(Optional.of(counter), NOTHING, spec.features(), draw);
    }
    float[] given = new float[rows * spec.features()];
    float[] row = new float[spec.features()];
    for (int n = 0; n < rows; n++) {
      training.get().normals(draw, n, row);
      System.arraycopy(row, 0, given, n * row.length, row.length);
    }
    return new HeadNoise(Optional.empty(), given, spec.features(), draw);
  }

  /** {@return the noise of a tile of genes} */
  Noise ofTile(int firstGene, int count, int rows) {
    if (counter.isPresent()) {
      CounterRandom random = counter.get().random();
      return new Noise.Generated(random, draw.purpose(), draw.step(counter.get().step()));
    }
    if (given.length == 0) {
      return new Noise.None();
    }
    float[] tile = new float[rows * count];
    for (int n = 0; n < rows; n++) {
      System.arraycopy(given, n * genes + firstGene, tile, n * count, count);
    }
    return new Noise.Given(tile, count);
  }
}
