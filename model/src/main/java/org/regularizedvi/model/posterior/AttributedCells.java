package org.regularizedvi.model.posterior;

import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.regularizedvi.data.FloatMatrix;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.model.Attribution;
import org.regularizedvi.model.Embedding;
import org.regularizedvi.model.ModalityAttribution;
import org.regularizedvi.model.net.Minibatch;
import org.regularizedvi.model.net.Network;
import org.regularizedvi.model.torch.Processor;
import org.regularizedvi.model.torch.Tensors;

/**
 * Which latent dimensions does the decoder use in each cell? At the posterior means of z and l, for
 * a model of one modality.
 */
public final class AttributedCells {
  private AttributedCells() {}

  /**
   * Goes through cells that come in the order of the result.
   *
   * @param name what to call the modality
   */
  public static Attribution of(
      Network network,
      String name,
      Iterable<Minibatch> minibatches,
      int cells,
      CounterRandom random) {
    int latent = network.modalities().getFirst().spec().jointLatent();
    float[] means = new float[Math.multiplyExact(cells, latent)];
    float[] jacobian = new float[means.length];
    int done = 0;
    try (DecoderAttribution attribution =
        new DecoderAttribution(network.modalities().getFirst(), Processor.threads())) {
      for (Minibatch minibatch : minibatches) {
        Embedding embedding =
            EncodedCells.of(network, List.of(minibatch), minibatch.size(), random);
        float[] z = embedding.latent().values();
        float[] exposure = new float[minibatch.size()];
        for (int n = 0; n < exposure.length; n++) {
          exposure[n] = (float) Math.log(embedding.librarySize()[n]);
        }
        try (PointerScope _ = new PointerScope()) {
          FloatMatrix own =
              attribution.of(
                  Tensors.of(z, exposure.length, latent),
                  Tensors.of(exposure, exposure.length, 1),
                  minibatch.covariates());
          System.arraycopy(own.values(), 0, jacobian, done * latent, z.length);
        }
        System.arraycopy(z, 0, means, done * latent, z.length);
        done += minibatch.size();
      }
    }
    FloatMatrix matrix = new FloatMatrix(cells, latent, jacobian);
    return new Attribution(
        new FloatMatrix(cells, latent, means),
        List.of(new ModalityAttribution(name, matrix, Optional.empty())));
  }
}
