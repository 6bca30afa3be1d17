package org.regularizedvi.cpu;

import java.util.Optional;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.cpu.inference.DecoderDerivatives;
import org.regularizedvi.cpu.inference.NetworkDecoder;
import org.regularizedvi.cpu.inference.NetworkLatent;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.torch.LibraryThreads;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.JointLatent;
import org.regularizedvi.engine.LatentDerivatives;
import org.regularizedvi.engine.Model;

/** Computes what both engines on processors compute of a model in the same way. */
abstract class NetworkComputation implements Computation {
  private final Network network;

  NetworkComputation(Network network) {
    this.network = network;
    LibraryThreads.set(1);
  }

  /** {@return the networks that it computes with} */
  Network network() {
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
