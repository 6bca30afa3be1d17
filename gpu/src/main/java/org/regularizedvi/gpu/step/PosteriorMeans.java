package org.regularizedvi.gpu.step;

import java.util.Arrays;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.engine.Model;

/**
 * Has every draw be the mean of its distribution: normals are 0, but for that of log w, whose w =
 * exp(mu + sigma z) is at its mean exp(mu + sigma^2 / 2) where z is half of sigma.
 *
 * @param model has the distributions of w, one per modality
 */
record PosteriorMeans(Model model) implements Noise {
  @Override
  public void normals(Draw draw, int row, float[] out) {
    Arrays.fill(out, 0);
  }

  @Override
  public void sharedNormals(Draw draw, float[] out) {
    Arrays.fill(out, draw.kind() == Draw.Kind.LIBRARY_WEIGHT ? halfSigma(draw.modality()) : 0);
  }

  private float halfSigma(int modality) {
    ModalitySpec spec = model.spec().modalities().get(modality);
    float logSigma = model.parameters().values(new LibrarySize(spec).weightLogSigma())[0];
    return (float) (Math.exp(logSigma) / 2);
  }

  @Override
  public void uniforms(Draw draw, int row, float[] out) {
    throw dropout();
  }

  @Override
  public void entryUniforms(
      Draw draw, int row, int[] columns, int first, int from, int count, float[] out) {
    throw dropout();
  }

  private static IllegalStateException dropout() {
    return new IllegalStateException("There is no dropout outside training");
  }

  @Override
  public Noise rows(int from, int to) {
    return this;
  }

  @Override
  public boolean drawsDispersionPrior() {
    return false;
  }
}
