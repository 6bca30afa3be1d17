package org.regularizedvi.reference;

import java.util.Optional;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.engine.CellEncoder;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.engine.JointLatent;
import org.regularizedvi.engine.LatentDerivatives;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.reference.inference.ComposedEncoder;
import org.regularizedvi.reference.inference.ComposedEvaluator;
import org.regularizedvi.reference.inference.DecoderDerivatives;
import org.regularizedvi.reference.inference.NetworkDecoder;
import org.regularizedvi.reference.inference.NetworkLatent;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.objective.Elbo;
import org.regularizedvi.reference.step.ComposedStep;
import org.regularizedvi.reference.torch.LibraryThreads;

/** Computes a model by libtorch's operations alone, everything dense. */
final class ComposedComputation implements Computation {
  private final Network network;

  /** Makes it over networks, which it closes. */
  ComposedComputation(Network network) {
    this.network = network;
    LibraryThreads.set(1);
  }

  @Override
  public TrainingStep trainingStep(StepPlan plan) {
    return new ComposedStep(network, plan);
  }

  @Override
  public CellEncoder encoder() {
    return new ComposedEncoder(new Elbo(network));
  }

  @Override
  public Evaluator evaluator() {
    return new ComposedEvaluator(new Elbo(network));
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
