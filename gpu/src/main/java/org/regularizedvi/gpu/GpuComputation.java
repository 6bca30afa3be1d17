package org.regularizedvi.gpu;

import java.util.ArrayList;
import java.util.List;
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
import org.regularizedvi.gpu.step.DeviceDecoder;
import org.regularizedvi.gpu.step.DeviceEncoder;
import org.regularizedvi.gpu.step.DeviceEvaluator;
import org.regularizedvi.gpu.step.DeviceStep;

/**
 * Trains a model on a card, encodes and evaluates cells there and decodes their expression, and has
 * everything else computed on processors.
 */
final class GpuComputation implements Computation {
  private final Device device;
  private final Computation others;
  private final List<DeviceDecoder> decoders = new ArrayList<>();

  /**
   * Takes nothing of the card yet.
   *
   * @param device the card
   * @param others the same model as opened by the engine on processors
   */
  GpuComputation(Device device, Computation others) {
    this.device = device;
    this.others = others;
  }

  /** Makes the step; decoders give up what they have of parameters that are about to change. */
  @Override
  public TrainingStep trainingStep(StepPlan plan) {
    decoders.forEach(DeviceDecoder::close);
    return new DeviceStep(device, model(), plan, others::evaluator);
  }

  @Override
  public Model model() {
    return others.model();
  }

  @Override
  public CellEncoder encoder() {
    return new DeviceEncoder(device, model());
  }

  @Override
  public JointLatent jointLatent() {
    return others.jointLatent();
  }

  @Override
  public CellDecoder decoder(int modality) {
    if (!DeviceDecoder.computes(model(), modality)) {
      return others.decoder(modality);
    }
    DeviceDecoder decoder = new DeviceDecoder(device, model(), modality, others.decoder(modality));
    decoders.add(decoder);
    return decoder;
  }

  @Override
  public LatentDerivatives derivatives(int modality) {
    return others.derivatives(modality);
  }

  @Override
  public Evaluator evaluator() {
    return new DeviceEvaluator(device, model(), others::evaluator);
  }

  @Override
  public void close() {
    decoders.forEach(DeviceDecoder::close);
    others.close();
  }
}
