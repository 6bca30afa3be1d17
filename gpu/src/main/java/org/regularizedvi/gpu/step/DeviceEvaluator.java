package org.regularizedvi.gpu.step;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.BackgroundTotals;
import org.regularizedvi.engine.DecodedCells;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.engine.Model;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.gpu.driver.DeviceMemory;

/**
 * Passes over cells on a card, in float32. What features are explained by one by one, and rates,
 * come from an evaluator of another engine.
 */
public final class DeviceEvaluator implements Evaluator {
  private final Device device;
  private final Model model;
  private final AskedModel asked;
  private final Supplier<Evaluator> evaluators;
  private Optional<Evaluator> evaluator = Optional.empty();

  /** What launches of a pass depend on. */
  private record Passed(int rows, boolean sized, boolean given) {}

  /**
   * Copies a model to the card.
   *
   * @param device the card, to be closed after this
   * @param model whose parameters stay the caller's
   * @param evaluators make passes elsewhere
   */
  public DeviceEvaluator(Device device, Model model, Supplier<Evaluator> evaluators) {
    this.device = device;
    this.model = model;
    this.evaluators = evaluators;
    this.asked = new AskedModel(device, model);
  }

  @Override
  public EvaluationPass pass(Minibatch minibatch, Noise noise) {
    StepNetwork network = asked.network();
    asked.send(minibatch, noise);
    asked.run(
        new Passed(
            minibatch.size(), minibatch.covariates().hasSizeFactor(), NoiseSources.given(noise)),
        () -> network.pass(minibatch, noise));
    network.sums().fetch();
    device.await();
    return new DevicePass(
        network.results(),
        minibatch,
        () -> evaluator().pass(minibatch, noise),
        (modality, others) -> decoded(minibatch, modality, others));
  }

  private DecodedCells decoded(Minibatch minibatch, int modality, Supplier<EvaluationPass> others) {
    ModalitySpec spec = model.spec().modalities().get(modality);
    if (!DecoderAnswers.computes(spec)) {
      return others.get().decoded(modality);
    }
    device.enter();
    DecoderAnswers answers = asked.network().answers(modality);
    float[] exposureN = answers.library().exposure(minibatch.size());
    return new DeviceCells(
        nativeTotals(minibatch.size(), answers, exposureN),
        exposureN,
        Optional.of(answers)
            .filter(own -> own.backgroundSums() > 0)
            .map(own -> new BackgroundTotals(spec, backgroundSums(own))),
        minibatch.covariates(),
        () -> others.get().decoded(modality));
  }

  /** {@return exp(l) times the sum of rho y over the features, of each cell} */
  private float[] nativeTotals(int rows, DecoderAnswers answers, float[] exposureN) {
    int tiles = answers.tiles();
    int count = tiles * rows;
    float[] sums = runOnce(rows, (long) count * Float.BYTES, answers::totalScale).floats(count);
    float[] nativeN = new float[rows];
    for (int n = 0; n < rows; n++) {
      double sum = 0;
      for (int t = 0; t < tiles; t++) {
        sum += sums[t * rows + n];
      }
      nativeN[n] = (float) (exposureN[n] * sum);
    }
    return nativeN;
  }

  /**
   * {@return memory with what launches make of the cells of the last pass}
   *
   * @param rows number of cells
   * @param bytes of the memory
   * @param adder adds the launches that fill it
   */
  private DeviceMemory runOnce(int rows, long bytes, BiConsumer<Frame, DeviceMemory> adder) {
    DeviceMemory room = asked.network().room(bytes);
    try (Launches launches = asked.network().decoding(rows, frame -> adder.accept(frame, room))) {
      launches.run(); // the driver has copied the arguments when this returns
    }
    return room;
  }

  private FloatMatrix backgroundSums(DecoderAnswers answers) {
    int count = answers.backgroundSums();
    double[] found =
        runOnce(1, (long) count * Double.BYTES, answers::totalBackground).doubles(count);
    float[] sums = new float[count];
    for (int i = 0; i < count; i++) {
      sums[i] = (float) found[i];
    }
    int ambient = answers.genes().ambientCategories();
    return new FloatMatrix(count / ambient, ambient, sums);
  }

  @Override
  public List<FloatMatrix> rates(Minibatch minibatch, Noise noise) {
    return evaluator().rates(minibatch, noise);
  }

  private Evaluator evaluator() {
    if (evaluator.isEmpty()) {
      evaluator = Optional.of(evaluators.get());
    }
    return evaluator.get();
  }

  @Override
  public void close() {
    evaluator.ifPresent(Evaluator::close);
    asked.close();
  }
}
