package org.regularizedvi.cpu.answer;

import java.util.List;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.cpu.head.Head;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.engine.Model;
import org.regularizedvi.kernel.ElementType;

/** Computes passes without gradients from the nonzeros and in tiles, in float32. */
public final class NetworkEvaluator implements Evaluator {
  private final Workers workers;
  private final Split split;
  private final Network network;
  private final List<Head> heads;
  private final Passes passes;

  /**
   * Makes an evaluator of a model whose stored parameters do not change while it is used.
   *
   * @param model the model
   * @param products multiplies
   * @param threads to compute with, at least 1; no result depends on it
   */
  public NetworkEvaluator(Model model, Products products, int threads) {
    Parameters parameters = model.parameters();
    workers = new Workers(threads);
    split = Split.alone(workers);
    network = new Network(model, Gradients.none(), true, products, split);
    heads =
        model.spec().modalities().stream()
            .map(own -> new Head(own, parameters, ElementType.FLOAT32, false, split, products))
            .toList();
    passes = new Passes(parameters, network, heads, workers, products);
  }

  @Override
  public EvaluationPass pass(Minibatch minibatch, Noise noise) {
    return passes.of(minibatch, noise);
  }

  @Override
  public List<FloatMatrix> rates(Minibatch minibatch, Noise noise) {
    return passes.rates(minibatch, noise);
  }

  @Override
  public void close() {
    heads.forEach(Head::close);
    network.close();
    split.close();
    workers.close();
  }
}
