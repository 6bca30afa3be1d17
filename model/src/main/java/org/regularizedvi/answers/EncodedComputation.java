package org.regularizedvi.answers;

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
 * Computes what can be asked of a model about cells that were encoded before; what needs their
 * counts cannot. Whoever opened the model closes it.
 *
 * @param opened the model, opened
 * @param stored what the encoders made of the cells
 */
public record EncodedComputation(Computation opened, StoredPosteriors stored)
    implements Computation {
  @Override
  public TrainingStep trainingStep(StepPlan plan) {
    throw new UnsupportedOperationException("cells without counts cannot be trained on");
  }

  @Override
  public Model model() {
    return opened.model();
  }

  @Override
  public CellEncoder encoder() {
    return stored.encoder();
  }

  @Override
  public JointLatent jointLatent() {
    return opened.jointLatent();
  }

  @Override
  public CellDecoder decoder(int modality) {
    return opened.decoder(modality);
  }

  @Override
  public LatentDerivatives derivatives(int modality) {
    return opened.derivatives(modality);
  }

  @Override
  public Evaluator evaluator() {
    throw new UnsupportedOperationException("cells without counts cannot be evaluated");
  }

  @Override
  public void close() {
    // opened by somebody else, who closes it
  }
}
