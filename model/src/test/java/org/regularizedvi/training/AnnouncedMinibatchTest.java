package org.regularizedvi.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.Engines;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.Peers;
import org.regularizedvi.engine.TrainingStep;

/** The minibatch that is announced to a step is the one that the step behind it gets. */
final class AnnouncedMinibatchTest {
  private static final int GENES = 40;
  private static final int EPOCHS = 3;

  /** What a step was called with. */
  private static final class Calls {
    private final boolean asks;
    private final List<Minibatch> run = new ArrayList<>();
    private final List<Supplier<Minibatch>> announced = new ArrayList<>();
    private final List<Minibatch> given = new ArrayList<>();

    /**
     * @param asks whether the announced minibatch is asked for in each step
     */
    Calls(boolean asks) {
      this.asks = asks;
    }

    TrainingStep around(TrainingStep step) {
      return (TrainingStep)
          Proxy.newProxyInstance(
              TrainingStep.class.getClassLoader(),
              new Class<?>[] {TrainingStep.class},
              (_, method, arguments) -> {
                switch (method.getName()) {
                  case "ahead" -> announce(arguments[0]);
                  case "run" -> ran((Minibatch) arguments[0]);
                  default -> {
                    // Other calls are the step's alone.
                  }
                }
                try {
                  return method.invoke(step, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    @SuppressWarnings("unchecked")
    private void announce(Object next) {
      announced.add((Supplier<Minibatch>) next);
    }

    private void ran(Minibatch minibatch) {
      run.add(minibatch);
      if (asks && announced.size() == run.size()) {
        given.add(announced.getLast().get());
      }
    }
  }

  @Test
  void itIsTheNextOneAndNothingElseChanges() {
    Calls asking = new Calls(true);
    Calls deaf = new Calls(false);
    Map<String, float[]> wanted = train(deaf);
    Map<String, float[]> found = train(asking);
    int steps = EPOCHS * 4; // 51 cells by 16
    assertThat(asking.run).hasSize(steps);
    assertThat(asking.given).hasSize(steps - 1);
    for (int s = 0; s + 1 < steps; s++) {
      assertThat(asking.given.get(s)).isSameAs(asking.run.get(s + 1));
      assertThat(asking.run.get(s).cells()).isEqualTo(deaf.run.get(s).cells());
    }
    wanted.forEach((name, values) -> assertThat(found.get(name)).as(name).isEqualTo(values));
  }

  private static Map<String, float[]> train(Calls calls) {
    ModelConfig config = TestCells.smallModel();
    CellData data = TestCells.of(63, GENES, CovariateKeys.batch("batch"));
    NetworkSpec spec =
        NetworkSpec.single(
            new ModalitySpec(
                0,
                StoredNames.single(),
                GENES,
                config.network().nLatent(),
                config,
                CategoryCounts.of(data.schema())));
    LibraryPrior library = new LibraryPrior(new float[3], new float[] {0.1f, 0.2f, 0.3f}, 6, 0);
    ModalityPriors priors = new ModalityPriors(library, config.priors().dispersionHyperPrior());
    Map<String, float[]> values = new TreeMap<>();
    try (Parameters parameters = Parameters.start(ParameterLayout.ofAll(spec), 9);
        BestParameters best = new BestParameters(parameters)) {
      Model model = new Model(spec, List.of(priors), parameters);
      Trainer trainer =
          new Trainer(
              model,
              data,
              TrainConfig.published().withMaxEpochs(EPOCHS).withBatchSize(16).withTrainSize(0.8),
              4);
      try (Computation computation = Engines.choose("cpu", Optional.empty()).open(model);
          TrainingStep step =
              computation.trainingStep(trainer.plan(Precision.FLOAT32, 1, Peers.none()))) {
        trainer.run(
            calls.around(step), new History(), best, TrainListener.silent(), Checkpoints.none());
        parameters.specs().stream()
            .filter(own -> own.role() != ParameterSpec.Role.UNUSED)
            .forEach(own -> values.put(own.name(), parameters.values(own.name())));
      }
    }
    return values;
  }
}
