package org.regularizedvi.cpu.answer;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.cpu.head.Head;
import org.regularizedvi.cpu.net.ModalityLayers;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.work.RowRange;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.engine.EvaluationPass;

/**
 * Passes over minibatches without gradients, on networks and heads of somebody else's.
 *
 * @param parameters of the model
 * @param network takes cells to the decoders' last hidden layers
 * @param heads compare these with the counts, one per modality
 * @param workers share the work out
 * @param products multiplies
 */
public record Passes(
    Parameters parameters, Network network, List<Head> heads, Workers workers, Products products) {
  /**
   * Passes over the cells of a minibatch.
   *
   * @param minibatch the cells, with their counts and covariates
   * @param noise all draws of the pass
   * @return the pass, valid until the networks are used again
   */
  public EvaluationPass of(Minibatch minibatch, Noise noise) {
    NetworkPass pass = decode(minibatch, noise);
    for (int m = 0; m < heads.size(); m++) {
      ModalityLayers layers = network.modalities().get(m);
      double[] logLikelihood =
          heads
              .get(m)
              .value(
                  layers.hidden().rows(0, minibatch.size()),
                  layers.exposureN(),
                  minibatch,
                  network.counts(m));
      network.values().putLogLikelihood(m, logLikelihood, minibatch.present(m));
    }
    return pass;
  }

  /** Takes a minibatch to the decoders' last hidden layers. */
  private NetworkPass decode(Minibatch minibatch, Noise noise) {
    network.prepare(minibatch, Optional.empty());
    network.sumCounts();
    network.begin(Optional.of(noise));
    List<RowRange> blocks = network.blocks();
    workers.run(blocks.size(), (_, b) -> network.forward(blocks.get(b), noise));
    return new NetworkPass(network, parameters, products);
  }

  /**
   * {@return the expected counts in the states that {@link #of} would draw: a matrix of cells x
   * features per modality}
   *
   * @param minibatch the cells, with their counts and covariates
   * @param noise all draws of the pass
   */
  public List<FloatMatrix> rates(Minibatch minibatch, Noise noise) {
    NetworkPass pass = decode(minibatch, noise);
    return IntStream.range(0, heads.size())
        .mapToObj(m -> pass.decodedRows(m).rates(workers))
        .toList();
  }
}
