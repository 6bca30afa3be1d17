package org.regularizedvi.gpu;

import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.engine.CellEncoder;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.engine.JointLatent;
import org.regularizedvi.engine.LatentDerivatives;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.gpu.step.DeviceStep;

/**
 * Trains a model on a card, and has everything else computed on processors.
 *
 * @param device the card
 * @param others the same model as opened by the engine on processors
 */
record GpuComputation(Device device, Computation others) implements Computation {
  @Override
  public TrainingStep trainingStep(StepPlan plan) {
    return new DeviceStep(device, model(), plan, others::evaluator);
  }

  @Override
  public Model model() {
    return others.model();
  }

  @Override
  public CellEncoder encoder() {
    return others.encoder();
  }

  @Override
  public JointLatent jointLatent() {
    return others.jointLatent();
  }

  @Override
  public CellDecoder decoder(int modality) {
    return others.decoder(modality);
  }

  @Override
  public LatentDerivatives derivatives(int modality) {
    return others.derivatives(modality);
  }

  @Override
  public Evaluator evaluator() {
    return others.evaluator();
  }

  @Override
  public void close() {
    others.close();
  }
}
