package org.regularizedvi.cpu.answer;

import java.util.Optional;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.cpu.work.RowRange;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.engine.CellEncoder;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.Posteriors;

/**
 * Encodes cells outside training, without decoders and likelihood.
 *
 * <p>A cell's posterior has the same bits whichever cells stand beside it: libraries multiply few
 * rows in another order than many, so they always get as many, on one worker.
 */
public final class NetworkEncoder implements CellEncoder {
  private static final int ROWS_AT_ONCE = RowRange.LEAST;

  private final Workers workers;
  private final Split split;
  private final Network network;

  /**
   * Makes the encoders of a model whose stored parameters do not change while they are used.
   *
   * @param model the model
   * @param products multiplies
   * @param threads to compute with, at least 1; no result depends on it
   */
  public NetworkEncoder(Model model, Products products, int threads) {
    workers = new Workers(threads);
    split = Split.alone(workers);
    network = new Network(model, Gradients.none(), false, products, split);
  }

  @Override
  public Posteriors encode(Minibatch minibatch) {
    int blocks = Math.ceilDiv(minibatch.size(), ROWS_AT_ONCE);
    network.prepare(minibatch.padded(blocks * ROWS_AT_ONCE), Optional.empty());
    network.sumCounts();
    network.begin(Optional.empty());
    workers.run(
        blocks, (_, b) -> network.encode(new RowRange(b * ROWS_AT_ONCE, (b + 1) * ROWS_AT_ONCE)));
    return NetworkPass.scaled(network, minibatch.size());
  }

  @Override
  public void close() {
    network.close();
    split.close();
    workers.close();
  }
}
