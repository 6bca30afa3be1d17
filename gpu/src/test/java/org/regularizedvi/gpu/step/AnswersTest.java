package org.regularizedvi.gpu.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.engine.CellEncoder;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.DecodedCells;
import org.regularizedvi.engine.Engines;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.engine.ExpectedTotals;
import org.regularizedvi.engine.Posteriors;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.gpu.StandIn;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Questions to a trained model are answered on the card as on processors: within 1e-4 of the
 * largest number of a matrix, and 1e-5 of a sum, which have another order in float32.
 */
final class AnswersTest {
  private static final int CELLS = 140;

  static Stream<StepCase> cases() {
    return StepCase.all();
  }

  /** A model whose parameters are not those that it starts with. */
  private static SmallTraining trained(StepCase own) {
    SmallTraining training = own.training(CELLS);
    try (TrainingStep step = training.onProcessors(Precision.FLOAT32)) {
      training.run(step, 0, 3);
      training.stored(step);
    }
    return training;
  }

  private static Computation processors(SmallTraining training) {
    return Engines.choose("cpu", Optional.empty()).open(training.model());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void cellsAreEncoded(StepCase own) {
    try (Device device = StandIn.open();
        SmallTraining training = trained(own);
        Computation there = processors(training);
        CellEncoder wanted = there.encoder();
        DeviceEncoder found = new DeviceEncoder(device, training.model())) {
      for (int cells : new int[] {CELLS, 3}) {
        Minibatch some = training.minibatch().rows(0, cells);
        Posteriors expected = wanted.encode(some);
        Posteriors posteriors = found.encode(some);
        assertThat(posteriors.latents()).hasSameSizeAs(expected.latents());
        for (int e = 0; e < expected.latents().size(); e++) {
          near(expected.latents().get(e).mean(), posteriors.latents().get(e).mean());
          near(expected.latents().get(e).variance(), posteriors.latents().get(e).variance());
        }
        for (int m = 0; m < expected.libraries().size(); m++) {
          near(expected.libraries().get(m).mean(), posteriors.libraries().get(m).mean());
          near(expected.libraries().get(m).variance(), posteriors.libraries().get(m).variance());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void cellsAreEvaluated(StepCase own) {
    try (Device device = StandIn.open();
        SmallTraining training = trained(own);
        Computation there = processors(training);
        Evaluator wanted = there.evaluator();
        DeviceEvaluator found = new DeviceEvaluator(device, training.model(), there::evaluator)) {
      Minibatch all = training.minibatch();
      CounterNoise noise =
          new CounterNoise(new CounterRandom(3), CounterNoise.EVALUATION, all.cells());
      try (EvaluationPass expected = wanted.pass(all, noise);
          EvaluationPass pass = found.pass(all, noise)) {
        for (CellTerm term : expected.sums().nats().keySet()) {
          near(expected.sums().of(term), pass.sums().of(term));
        }
        for (int m = 0; m < expected.reconstructionOf().length; m++) {
          near(expected.reconstructionOf()[m], pass.reconstructionOf()[m]);
          boolean background =
              training.model().spec().modalities().get(m).generative().useAdditiveBackground();
          if (background) {
            near(expected.decoded(m), pass.decoded(m));
          }
          double[] ofGenes = pass.decoded(m).reconstructionG(2, 9);
          assertThat(ofGenes).isEqualTo(expected.decoded(m).reconstructionG(2, 9));
        }
      }
    }
  }

  private static void near(DecodedCells wanted, DecodedCells found) {
    for (int[] rows : new int[][] {{0, 32}, {5, CELLS}}) {
      ExpectedTotals expected = wanted.totals(rows[0], rows[1]);
      ExpectedTotals totals = found.totals(rows[0], rows[1]);
      assertThat(totals.nativeN()).hasSameSizeAs(expected.nativeN());
      for (int n = 0; n < totals.nativeN().length; n++) {
        near((double) expected.nativeN()[n], totals.nativeN()[n]);
      }
      near(expected.backgroundNC(), totals.backgroundNC());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void expressionIsDecoded(StepCase own) {
    try (Device device = StandIn.open();
        SmallTraining training = trained(own);
        Computation there = processors(training)) {
      Covariates covariates = training.minibatch().covariates();
      // More cells than the card takes at once.
      int[] rows = IntStream.range(0, 300).map(n -> n % CELLS).toArray();
      Covariates many = covariates.gather(rows);
      int dimensions = training.model().spec().jointLatent();
      float[] z = new float[rows.length * dimensions];
      Random random = new Random(8);
      for (int i = 0; i < z.length; i++) {
        z[i] = (float) random.nextGaussian();
      }
      FloatMatrix zNK = new FloatMatrix(rows.length, dimensions, z);
      for (int m = 0; m < training.model().spec().modalities().size(); m++) {
        if (!DeviceDecoder.computes(training.model(), m)) {
          continue; // such a decoder is another engine's
        }
        CellDecoder wanted = there.decoder(m);
        try (DeviceDecoder found =
            new DeviceDecoder(device, training.model(), m, there.decoder(m))) {
          near(wanted.scale(zNK, many), found.scale(zNK, many));
          int[] some = {7, 2};
          near(wanted.only(some).scale(zNK, many), found.only(some).scale(zNK, many));
        }
      }
    }
  }

  @Test
  void memoryIsGivenBack() {
    StandIn.require();
    long bytes = StandIn.bytes();
    int held = StandIn.held();
    StepCase own = StepCase.all().findFirst().orElseThrow();
    try (Device device = StandIn.open();
        SmallTraining training = own.training(CELLS);
        Computation there = processors(training)) {
      Minibatch some = training.minibatch().rows(0, 5);
      int asked = StandIn.held();
      try (DeviceEncoder encoder = new DeviceEncoder(device, training.model());
          DeviceDecoder decoder =
              new DeviceDecoder(device, training.model(), 0, there.decoder(0))) {
        FloatMatrix z = encoder.encode(some).latents().getFirst().mean();
        decoder.scale(z, some.covariates());
        long during = StandIn.bytes();
        encoder.encode(some);
        decoder.scale(z, some.covariates());
        assertThat(StandIn.bytes()).as("nothing is taken in an answer").isEqualTo(during);
      }
      assertThat(StandIn.bytes()).isEqualTo(bytes);
      assertThat(StandIn.held()).isEqualTo(asked);
    }
    assertThat(StandIn.held()).isEqualTo(held);
  }

  private static void near(double wanted, double found) {
    assertThat(found).isCloseTo(wanted, within(1e-9 + 1e-5 * Math.abs(wanted)));
  }

  private static void near(FloatMatrix wanted, FloatMatrix found) {
    assertThat(found.columns()).isEqualTo(wanted.columns());
    assertThat(DeviceStepTest.worst(wanted.values(), found.values())).isLessThan(1e-4);
  }
}
