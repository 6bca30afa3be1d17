package org.regularizedvi.reference.step;

import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.GradientWatch;
import org.regularizedvi.engine.OptimiserState;
import org.regularizedvi.engine.StepLosses;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.reference.inference.NetworkPass;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.objective.Elbo;
import org.regularizedvi.reference.objective.GlobalTerms;
import org.regularizedvi.reference.objective.Objective;
import org.regularizedvi.reference.torch.LibraryThreads;

/**
 * Trains a network as libtorch does it: everything is dense, everything is differentiated by the
 * library.
 */
public final class ComposedStep implements TrainingStep {
  private final StepPlan plan;
  private final Elbo elbo;
  private final Objective objective;
  private final Adam adam;

  /**
   * Makes a step that computes with one thread, so that libtorch adds up in one order, and
   * multiplies in float32.
   *
   * @param network the networks, which stay the caller's
   * @param plan what the steps have in common, of which it uses the optimiser and the number of
   *     training cells
   * @throws IllegalArgumentException when there are several workers
   */
  public ComposedStep(Network network, StepPlan plan) {
    if (plan.peers().ranks() > 1) {
      throw new IllegalArgumentException("The reference has one worker, not several");
    }
    LibraryThreads.set(1);
    this.elbo = new Elbo(network);
    this.plan = plan;
    this.objective = Objective.of(plan);
    this.adam = new Adam(network.parameters(), plan.optimiser(), Set.of());
  }

  @Override
  public StepPlan plan() {
    return plan;
  }

  /** Copies nothing: the counts are where it computes. */
  @Override
  public boolean keep(CellData data) {
    return false;
  }

  @Override
  public StepLosses run(Minibatch minibatch, Noise noise, double klWeight) {
    try (PointerScope _ = new PointerScope()) {
      Elbo.Pass pass = elbo.pass(minibatch, noise, true);
      GlobalTerms global = elbo.globalTerms(noise);
      Tensor loss = objective.loss(pass.terms(), klWeight, minibatch.size(), global);
      loss.backward();
      GradientWatch watch = new GradientWatch();
      adam.apply(adam.next(), watch);
      return pass.values().losses(loss.item_double(), global, watch);
    }
  }

  @Override
  public EvaluationPass pass(Minibatch minibatch, Noise noise) {
    return NetworkPass.of(elbo, minibatch, noise);
  }

  @Override
  public List<FloatMatrix> rates(Minibatch minibatch, Noise noise) {
    return NetworkPass.rates(elbo.network(), minibatch, noise);
  }

  /** Does nothing: the stored parameters are what it trains. */
  @Override
  public void store() {}

  /** Does nothing: they are computed where they are stored. */
  @Override
  public void storeSmall() {}

  /** Does nothing: its moments are its own. */
  @Override
  public void gatherMoments() {}

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
