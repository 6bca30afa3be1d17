package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.core.result.Attribution;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.result.ModalityAttribution;
import org.regularizedvi.core.result.ModalityAttribution.LatentRange;
import org.regularizedvi.cpu.net.Modality;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.torch.Tensors;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Which latent dimensions does each modality's decoder use in each cell? At the posterior means of
 * z and l; NaN where a cell lacks the modality.
 */
public final class AttributedCells {
  private AttributedCells() {}

  /**
   * Goes through cells that come in the order of the result.
   *
   * @param names what to call the modalities
   */
  public static Attribution of(
      Network network,
      List<String> names,
      Iterable<Minibatch> minibatches,
      int cells,
      CounterRandom random) {
    int latent = network.modalities().getFirst().spec().jointLatent();
    float[] means = new float[Math.multiplyExact(cells, latent)];
    List<DecoderAttribution> decoders = new ArrayList<>();
    List<float[]> jacobians = new ArrayList<>();
    try {
      for (Modality modality : network.modalities()) {
        decoders.add(new DecoderAttribution(modality, Processor.threads()));
        jacobians.add(new float[means.length]);
      }
      int done = 0;
      for (Minibatch minibatch : minibatches) {
        Embedding embedding =
            EncodedCells.of(network, names, List.of(minibatch), minibatch.size(), random);
        System.arraycopy(
            embedding.latent().values(), 0, means, done * latent, minibatch.size() * latent);
        for (int m = 0; m < decoders.size(); m++) {
          float[] own =
              jacobian(decoders.get(m), network.modalities().get(m), minibatch, embedding, m);
          System.arraycopy(own, 0, jacobians.get(m), done * latent, own.length);
        }
        done += minibatch.size();
      }
    } finally {
      decoders.forEach(DecoderAttribution::close);
    }
    List<Optional<LatentRange>> own = ownRanges(network);
    List<ModalityAttribution> modalities = new ArrayList<>();
    for (int m = 0; m < names.size(); m++) {
      FloatMatrix matrix = new FloatMatrix(cells, latent, jacobians.get(m));
      modalities.add(new ModalityAttribution(names.get(m), matrix, own.get(m)));
    }
    return new Attribution(new FloatMatrix(cells, latent, means), modalities);
  }

  /** Each modality's part of z; absent where they share it, or nobody else has one. */
  private static List<Optional<LatentRange>> ownRanges(Network network) {
    List<Optional<LatentRange>> ranges = new ArrayList<>();
    int end = 0;
    for (Modality modality : network.modalities()) {
      int from = end;
      end += modality.spec().network().nLatent();
      ranges.add(Optional.of(new LatentRange(from, end)));
    }
    boolean sideBySide =
        ranges.size() > 1 && end == network.modalities().getFirst().spec().jointLatent();
    return sideBySide ? ranges : Collections.nCopies(ranges.size(), Optional.empty());
  }

  private static float[] jacobian(
      DecoderAttribution decoder,
      Modality modality,
      Minibatch minibatch,
      Embedding embedding,
      int index) {
    double[] library = embedding.modalities().get(index).librarySize();
    float[] logs = new float[library.length];
    for (int n = 0; n < logs.length; n++) {
      logs[n] = (float) Math.log(library[n]);
    }
    FloatMatrix z = embedding.latent();
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      return decoder
          .of(
              Tensors.of(z.values(), z.rows(), z.columns()),
              modality.exposure(Tensors.of(logs, logs.length, 1)),
              minibatch.covariates())
          .values();
    }
  }
}
