package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.analysis.SimulationFile;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.differential.ComparedGroups;
import org.regularizedvi.core.differential.DifferentialMode;
import org.regularizedvi.core.differential.GroupChoice;
import org.regularizedvi.core.differential.SampleChoice;
import org.regularizedvi.core.result.DifferentialPlan;
import org.regularizedvi.core.simulate.FeatureKind;
import org.regularizedvi.core.simulate.ModalityPlan;
import org.regularizedvi.core.simulate.SimulatedAmbient;
import org.regularizedvi.core.simulate.Simulation;
import org.regularizedvi.core.simulate.SimulationPlan;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.training.TrainListener;

/**
 * Cell types whose native rates are known: what is called between two of them must differ. The
 * posterior knows nothing of how uncertain the decoder's weights are, so that more calls are wrong
 * than the target says where small changes are asked for of few cells:
 * docs/differential-expression.md has how many, of which these are two.
 */
final class SimulatedDifferenceTest {
  private static final double TARGET = 0.05;
  private static final int GENES = 300;

  @TempDir Path dir;

  /** Of 300 cells a type, twofold changes. */
  @Test
  void callsBetweenTypesAreRight() {
    check(900, 1, 0.08, 0.85);
  }

  /** Of 1,300 cells a type, changes by 0.5 and more. */
  @Test
  @Tag("long")
  void smallerChangesAreFoundInMoreCells() {
    check(4000, 0.5, 0.12, 0.95);
  }

  private void check(int cellCount, double delta, double mostWrong, double leastPower) {
    ModalityPlan plan =
        new ModalityPlan("rna", FeatureKind.EXPRESSION, GENES, 1500, SimulatedAmbient.even(0.2));
    Simulation simulation = Simulation.of(new SimulationPlan(cellCount, 3, 2, 0, 5, List.of(plan)));
    Path cells = dir.resolve("cells.h5ad");
    SimulationFile.write(simulation, cells, IfExists.REFUSE);
    try (CellSource source = Formats.open(cells)) {
      CellData data = CellData.read(source, CovariateKeys.batch("batch"));
      ModelConfig config =
          ModelConfig.recommended().with(NetworkConfig.published().withSize(64, 8, 1));
      try (AmbientRegularizedSCVI model = AmbientRegularizedSCVI.setup(data, config, 1, _ -> {})) {
        model.train(data, TrainConfig.recommended().withMaxEpochs(60), TrainListener.silent());
        DifferentialPlan question =
            new DifferentialPlan(
                new GroupChoice("true_type", Optional.of(List.of("type_0")), Optional.of("type_1")),
                new DifferentialMode.Change(delta, OptionalDouble.empty(), TARGET),
                SampleChoice.defaults(3));
        ComparedGroups found =
            model.differentialExpression(source, question).comparisons().getFirst();
        Calls calls = Calls.of(simulation.modalities().getFirst().features().rhoTG(), found, delta);
        assertThat((double) (calls.called - calls.right) / calls.called).isLessThan(mostWrong);
        assertThat((double) calls.right / calls.changed).isGreaterThan(leastPower);
      }
    }
  }

  /**
   * What was called of what changed.
   *
   * @param right called features that truly change by at least delta, in the direction found
   */
  private record Calls(int called, int right, int changed) {
    static Calls of(double[][] rhoTG, ComparedGroups found, double delta) {
      boolean[] flags = ((Column.Flags) found.columns().get("is_de_fdr_" + TARGET)).values();
      double[] change = ((Column.Numbers) found.columns().get("lfc_median")).values();
      int called = 0;
      int right = 0;
      int changed = 0;
      for (int i = 0; i < flags.length; i++) {
        int g = Integer.parseInt(found.features().get(i).replaceAll("\\D+", ""));
        double truth = Math.log(rhoTG[0][g] / rhoTG[1][g]) / Math.log(2);
        boolean changes = Math.abs(truth) >= delta;
        called += flags[i] ? 1 : 0;
        right += flags[i] && changes && truth * change[i] > 0 ? 1 : 0;
        changed += changes ? 1 : 0;
      }
      return new Calls(called, right, changed);
    }
  }
}
