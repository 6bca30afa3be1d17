package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.data.AnnDataFile;
import org.regularizedvi.data.CellSource;
import org.regularizedvi.data.Column;
import org.regularizedvi.data.CountChecks;
import org.regularizedvi.data.CountSource;
import org.regularizedvi.data.schema.CovariateKeys;
import org.regularizedvi.model.config.ModelConfig;
import org.regularizedvi.model.config.NetworkConfig;
import org.regularizedvi.model.config.TrainConfig;
import org.regularizedvi.model.differential.ComparedGroups;
import org.regularizedvi.model.differential.DifferentialMode;
import org.regularizedvi.model.differential.GroupChoice;
import org.regularizedvi.model.differential.SampleChoice;
import org.regularizedvi.model.simulate.FeatureKind;
import org.regularizedvi.model.simulate.ModalityPlan;
import org.regularizedvi.model.simulate.Simulation;
import org.regularizedvi.model.simulate.SimulationFile;
import org.regularizedvi.model.simulate.SimulationPlan;
import org.regularizedvi.model.train.TrainListener;

/** Cell types whose native rates are known: what is called between two of them must differ. */
final class SimulatedDifferenceTest {
  private static final double DELTA = 0.25;
  private static final double TARGET = 0.05;

  @TempDir Path dir;

  @Test
  void callsBetweenTypesAreRight() {
    check(900, 300, 60);
  }

  @Test
  @Tag("long")
  void callsBetweenTypesAreRightOfManyGenes() {
    check(4000, 300, 60);
  }

  private void check(int cellCount, int genes, int epochs) {
    ModalityPlan plan = new ModalityPlan("rna", FeatureKind.EXPRESSION, genes, 5.0 * genes, 0.2);
    Simulation simulation = Simulation.of(new SimulationPlan(cellCount, 3, 2, 0, 5, List.of(plan)));
    Path cells = dir.resolve("cells.h5ad");
    SimulationFile.write(simulation, cells, false);
 try { java.nio.file.Files.copy(cells, Path.of("/tmp/de_sim_"+cellCount+".h5ad"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);} catch (java.io.IOException e) { throw new RuntimeException(e);}
    try (CellSource source =
        CellSource.of(AnnDataFile.open(cells), CountSource.x(), CountChecks.INTEGERS)) {
      CellData data = CellData.read(source, CovariateKeys.batch("batch"));
      ModelConfig config =
          ModelConfig.recommended().with(NetworkConfig.published().withSize(64, 8, 1));
      try (AmbientRegularizedSCVI model = AmbientRegularizedSCVI.setup(data, config, 1, _ -> {})) {
        model.train(data, TrainConfig.recommended().withMaxEpochs(epochs), TrainListener.silent());
        for (double DELTA : new double[] {0.25, 0.5, 1}) { double t=0.05;
        DifferentialPlan question =
            new DifferentialPlan(
                new GroupChoice("true_type", Optional.of(List.of("type_0")), Optional.of("type_1")),
                new DifferentialMode.Change(DELTA, OptionalDouble.empty(), t),
                SampleChoice.defaults(3));
        long t0 = System.nanoTime();
        ComparedGroups found =
            model.differentialExpression(source, question).comparisons().getFirst();
        System.out.println("DBG s " + (System.nanoTime() - t0) / 1e9);
        check(simulation.modalities().getFirst().features().rhoTG(), found, t, DELTA);
        }
      }
    }
  }

  private static void check(double[][] rhoTG, ComparedGroups found, double t, double DELTA) {
    boolean[] called = ((Column.Flags) found.columns().get("is_de_fdr_" + t)).values();
    double[] change = ((Column.Numbers) found.columns().get("lfc_median")).values();
    double[] pseudo = ((Column.Numbers) found.columns().get("pseudocounts")).values();
    int right = 0;
    int calls = 0;
    int changed = 0;
    double sxy = 0, sxx = 0, syy = 0;
    for (int i = 0; i < called.length; i++) {
      int g = Integer.parseInt(found.features().get(i).replaceAll("\\D+", ""));
      double truth = Math.log(rhoTG[0][g] / rhoTG[1][g]) / Math.log(2);
      changed += Math.abs(truth) >= DELTA ? 1 : 0;
      calls += called[i] ? 1 : 0;
      right += called[i] && Math.abs(truth) >= DELTA && truth * change[i] > 0 ? 1 : 0;
      sxy += truth*change[i]; sxx += truth*truth; syy += change[i]*change[i];
    }
    System.out.println("DBG delta="+DELTA+" t="+t+" changed "+changed+" of "+called.length+" calls "+calls+" right "+right+" r "+sxy/Math.sqrt(sxx*syy)+" ps "+pseudo[0]);
  }
}
