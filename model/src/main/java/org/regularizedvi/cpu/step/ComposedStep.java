package org.regularizedvi.cpu.step;

import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.objective.Elbo;
import org.regularizedvi.cpu.objective.GlobalTerms;
import org.regularizedvi.cpu.objective.Objective;
import org.regularizedvi.engine.GradientWatch;
import org.regularizedvi.engine.OptimiserState;
import org.regularizedvi.engine.StepLosses;
import org.regularizedvi.engine.TrainingStep;

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
