package org.regularizedvi.model.step;

import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.model.config.OptimiserConfig;
import org.regularizedvi.model.net.Minibatch;
import org.regularizedvi.model.net.Network;
import org.regularizedvi.model.net.Noise;
import org.regularizedvi.model.objective.Elbo;
import org.regularizedvi.model.objective.GlobalTerms;
import org.regularizedvi.model.objective.Objective;

/** The step as libtorch does it: everything dense, everything differentiated by the library. */
public final class ComposedStep implements TrainingStep {
  private final Elbo elbo;
  private final Objective objective;
  private final Adam adam;

  public ComposedStep(Network network, Objective objective, OptimiserConfig optimiser) {
    this.elbo = Elbo.composed(network);
    this.objective = objective;
    this.adam = new Adam(network.parameters(), optimiser, Set.of());
  }

  @Override
  public StepLosses run(Minibatch minibatch, Noise noise, double klWeight) {
    try (PointerScope _ = new PointerScope()) {
      Elbo.Pass pass = elbo.pass(minibatch, noise, true);
      GlobalTerms global = elbo.globalTerms(noise);
      Tensor loss = objective.loss(pass.terms(), klWeight, global);
      loss.backward();
      GradientWatch watch = new GradientWatch();
      adam.apply(adam.next(), watch);
      return StepLosses.of(loss.item_double(), pass.values(), global, watch);
    }
  }

  @Override
  public Elbo evaluation(Minibatch minibatch) {
    return elbo;
  }

  /** The stored parameters are what it trains. */
  @Override
  public void store() {}

  @Override
  public void setLr(double lr) {
    adam.setLr(lr);
  }

  @Override
  public OptimiserState optimiser() {
    return adam;
  }

  @Override
  public void close() {
    adam.close();
  }
}
