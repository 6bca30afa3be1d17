package org.regularizedvi.cpu;

import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.cpu.answer.BlockDecoder;
import org.regularizedvi.cpu.answer.DecoderDerivatives;
import org.regularizedvi.cpu.answer.JoinedParts;
import org.regularizedvi.cpu.answer.NetworkEncoder;
import org.regularizedvi.cpu.answer.NetworkEvaluator;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.engine.CellEncoder;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.engine.JointLatent;
import org.regularizedvi.engine.LatentDerivatives;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;

/**
 * Computes a model from the nonzeros of the counts and in tiles of genes.
 *
 * @param model its parameters stay the caller's
 * @param products multiplies
 */
record CpuComputation(Model model, Products products) implements Computation {
  @Override
  public TrainingStep trainingStep(StepPlan plan) {
    return new CpuStep(model, plan, products);
  }

  @Override
  public CellEncoder encoder() {
    return new NetworkEncoder(model, products, Processor.threads());
  }

  @Override
  public JointLatent jointLatent() {
    return new JoinedParts(model.spec(), model.parameters(), products);
  }

  @Override
  public CellDecoder decoder(int modality) {
    return BlockDecoder.of(spec(modality), model.parameters(), products);
  }

  @Override
  public LatentDerivatives derivatives(int modality) {
    return new DecoderDerivatives(
        spec(modality), model.parameters(), products, Processor.threads());
  }

  private ModalitySpec spec(int modality) {
    return model.spec().modalities().get(modality);
  }

  @Override
  public Evaluator evaluator() {
    return new NetworkEvaluator(model, products, Processor.threads());
  }

  /** Does nothing: it holds no memory of its own. */
  @Override
  public void close() {}
}
