package org.regularizedvi.cpu.answer;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.cpu.head.Head;
import org.regularizedvi.cpu.net.ModalityLayers;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.cpu.work.RowRange;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.engine.Model;
import org.regularizedvi.kernel.ElementType;

/** Computes passes without gradients from the nonzeros and in tiles, in float32. */
public final class NetworkEvaluator implements Evaluator {
  private final Model model;
  private final Products products;
  private final Workers workers;
  private final Network network;
  private final List<Head> heads;

  /** The minibatch that the networks are prepared for. */
  private Optional<Minibatch> prepared = Optional.empty();

  /**
   * Makes an evaluator of a model whose stored parameters do not change while it is used.
   *
   * @param model the model
   * @param products multiplies
   * @param threads to compute with, at least 1; no result depends on it
   */
  public NetworkEvaluator(Model model, Products products, int threads) {
    this.model = model;
    this.products = products;
    workers = new Workers(threads);
    network = new Network(model, Gradients.none(), true, products, workers);
    heads = model.spec().modalities().stream().map(this::head).toList();
  }

  private Head head(ModalitySpec spec) {
    return new Head(spec, model.parameters(), ElementType.FLOAT32, false, workers, products);
  }

  @Override
  public EvaluationPass pass(Minibatch minibatch, Noise noise) {
    NetworkPass pass = decode(minibatch, noise);
    for (int m = 0; m < heads.size(); m++) {
      ModalityLayers layers = network.modalities().get(m);
      double[] logLikelihood =
          heads
              .get(m)
              .value(
                  layers.decoder().hiddenNH().rows(0, minibatch.size()),
                  layers.exposureN(),
                  minibatch,
                  network.counts(m));
      boolean[] present = minibatch.present(m);
      double[] negative = network.values().negativeLogMN()[m];
      for (int n = 0; n < negative.length; n++) {
        negative[n] = present[n] ? -logLikelihood[n] : 0;
      }
    }
    return pass;
  }

  /** Takes a minibatch to the decoders' last hidden layers. */
  private NetworkPass decode(Minibatch minibatch, Noise noise) {
    if (prepared.isEmpty() || prepared.get() != minibatch) {
      network.prepare(minibatch, Optional.empty());
      prepared = Optional.of(minibatch);
    }
    network.begin(Optional.of(noise));
    List<RowRange> blocks = network.blocks();
    workers.run(blocks.size(), (_, b) -> network.forward(blocks.get(b), noise));
    return new NetworkPass(network, model.parameters(), products);
  }

  @Override
  public List<FloatMatrix> rates(Minibatch minibatch, Noise noise) {
    NetworkPass pass = decode(minibatch, noise);
    return IntStream.range(0, heads.size())
        .mapToObj(m -> pass.decodedRows(m).rates(workers))
        .toList();
  }

  @Override
  public void close() {
    heads.forEach(Head::close);
    network.close();
    workers.close();
  }
}
