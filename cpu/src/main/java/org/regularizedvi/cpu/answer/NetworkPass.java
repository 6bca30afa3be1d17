package org.regularizedvi.cpu.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.cpu.layer.Gaussian;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.net.Encoder;
import org.regularizedvi.cpu.net.LatentPart;
import org.regularizedvi.cpu.net.ModalityLayers;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.engine.DecodedCells;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.LatentDivergence;
import org.regularizedvi.engine.Posterior;
import org.regularizedvi.engine.Posteriors;

/**
 * Reads what a pass left in the networks' memory, until the next pass.
 *
 * @param network the networks after the pass
 * @param parameters of the model
 * @param products multiplies
 */
record NetworkPass(Network network, Parameters parameters, Products products)
    implements EvaluationPass {

  /**
   * {@return the distributions that the encoders gave for the first rows, of z as decoders get it:
   * times its scales, which are at their medians}
   *
   * @param network the networks, which have encoded them
   * @param rows number of cells
   */
  static Posteriors scaled(Network network, int rows) {
    Posteriors drawn = posteriors(network, rows);
    List<Posterior> latents = new ArrayList<>();
    for (Posterior q : drawn.latents()) {
      LatentPart part = network.latents().get(latents.size());
      latents.add(part.scale().map(scale -> q.times(scale::medianK)).orElse(q));
    }
    return new Posteriors(latents, drawn.libraries());
  }

  /**
   * {@return the distributions that the encoders gave for the first rows}
   *
   * @param network the networks, which have encoded them
   * @param rows number of cells
   */
  static Posteriors posteriors(Network network, int rows) {
    Stream<Encoder> libraries =
        network.minibatch().covariates().hasSizeFactor()
            ? Stream.of()
            : network.modalities().stream().map(ModalityLayers::libraryEncoder);
    return new Posteriors(
        network.latents().stream().map(part -> posterior(part.encoder(), rows)).toList(),
        libraries.map(own -> posterior(own, rows)).toList());
  }

  private static Posterior posterior(Encoder encoder, int rows) {
    Gaussian q = encoder.posterior();
    return new Posterior(q.mean().rows(0, rows).numbers(), q.variance().rows(0, rows).numbers());
  }

  @Override
  public CellLoss sums() {
    return network.values().sums();
  }

  @Override
  public double[] reconstructionOf() {
    return network.values().reconstructionOf();
  }

  @Override
  public double[] reconstructionN() {
    return network.values().reconstructionN();
  }

  @Override
  public LatentDivergence latentDivergence() {
    List<Matrix> all = network.latents().stream().map(LatentPart::klNK).toList();
    int dimensions = all.stream().mapToInt(Matrix::columns).sum();
    double[] sums = new double[dimensions];
    double[] largest = new double[dimensions];
    int first = 0;
    for (Matrix klNK : all) {
      float[] row = new float[klNK.columns()];
      for (int n = 0; n < network.rows(); n++) {
        klNK.copyRow(n, row);
        for (int k = 0; k < row.length; k++) {
          sums[first + k] += row[k];
          largest[first + k] = n == 0 ? row[k] : Math.max(largest[first + k], row[k]);
        }
      }
      first += row.length;
    }
    return new LatentDivergence(sums, largest, network.values().activeDims());
  }

  @Override
  public Posteriors posteriors() {
    return posteriors(network, network.rows());
  }

  @Override
  public DecodedCells decoded(int modality) {
    return decodedRows(modality);
  }

  /** {@return what the decoder of a modality made of the draws} */
  DecodedRows decodedRows(int modality) {
    ModalityLayers layers = network.modalities().get(modality);
    int rows = network.rows();
    float[] libraryN = layers.libraryN1().rows(0, rows).numbers().values();
    return DecodedRows.of(
        new DecoderNetwork(layers.spec(), parameters, products),
        network.minibatch(),
        layers.hidden().rows(0, rows),
        libraryN);
  }

  @Override
  public void close() {}
}
