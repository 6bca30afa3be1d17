package org.regularizedvi.reference;

import java.util.Optional;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.JointLatent;
import org.regularizedvi.engine.LatentDerivatives;
import org.regularizedvi.engine.Model;
import org.regularizedvi.reference.inference.DecoderDerivatives;
import org.regularizedvi.reference.inference.NetworkDecoder;
import org.regularizedvi.reference.inference.NetworkLatent;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.torch.LibraryThreads;

/**
 * Computes what is computed of a model in the same way whether its training is fused or composed.
 */
public abstract class NetworkComputation implements Computation {
  private final Network network;

  /**
   * Makes it over networks, which it closes.
   *
   * @param network the networks that it computes with
   */
  protected NetworkComputation(Network network) {
    this.network = network;
    LibraryThreads.set(1);
  }

  /** {@return the networks that it computes with} */
  protected Network network() {
    return network;
  }

  @Override
  public Model model() {
    return network.model();
  }

  @Override
  public JointLatent jointLatent() {
    return new NetworkLatent(network.latent());
  }

  @Override
  public CellDecoder decoder(int modality) {
    return new NetworkDecoder(network.modalities().get(modality), Optional.empty());
  }

  @Override
  public LatentDerivatives derivatives(int modality) {
    return new DecoderDerivatives(network.modalities().get(modality), Processor.threads());
  }

  @Override
  public void close() {
    network.close();
  }
}
