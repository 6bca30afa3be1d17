package org.regularizedvi.core.simulate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.kernel.random.CountDraw;

/**
 * Holds the counts of a modality, and the truth that they were drawn from.
 *
 * <p>The log library size of a cell is drawn from Normal(log depth + its batch's shift, 0.35). The
 * shifts of the batches are drawn from Normal(0, 0.2) and centred.
 *
 * @param plan what was asked for
 * @param features what is true about the features
 * @param cells the simulated cells that have the modality, one for each row of the counts
 * @param libraryN exp(l) of each row
 * @param fractionN the ambient share of each row's expected counts
 * @param counts the counts, cells x features
 */
public record SimulatedModality(
    ModalityPlan plan,
    FeatureTruth features,
    int[] cells,
    double[] libraryN,
    double[] fractionN,
    Counts counts) {
  private static final double LIBRARY_SPREAD = 0.35;
  private static final double BATCH_SPREAD = 0.2;
  private static final int CELLS_AT_ONCE = 256;

  static SimulatedModality draw(
      ModalityPlan plan, SimulationPlan all, CellTruth truth, int index, TruthDraws draws) {
    FeatureTruth features = FeatureTruth.draw(plan, all, truth.compositionBT(), draws);
    int[] cells = truth.having(index);
    double[] shiftB = shifts(all.batches(), draws);
    double[] libraryN = new double[cells.length];
    SimulatedAmbientLevel[] levelN = new SimulatedAmbientLevel[cells.length];
    for (int r = 0; r < cells.length; r++) {
      levelN[r] = level(plan.ambient(), cells[r], truth.batchN()[cells[r]], draws);
      double normal = draws.normals(TruthDraws.Kind.LIBRARY, cells[r], 1)[0];
      libraryN[r] =
          plan.depth() * Math.exp(shiftB[truth.batchN()[cells[r]]] + LIBRARY_SPREAD * normal);
    }
    Rows rows = new Rows(features, truth, cells, libraryN, levelN, draws);
    // Which thread draws a block changes nothing: a count is a function of its cell and feature.
    List<SparseRows> blocks =
        IntStream.range(0, (cells.length + CELLS_AT_ONCE - 1) / CELLS_AT_ONCE)
            .parallel()
            .mapToObj(
                block ->
                    rows.draw(
                        block * CELLS_AT_ONCE, Math.min(cells.length, (block + 1) * CELLS_AT_ONCE)))
            .toList();
    return new SimulatedModality(
        plan,
        features,
        cells,
        libraryN,
        fractions(features, truth, cells, levelN),
        CountsInMemory.of(plan.features(), blocks));
  }

  private static SimulatedAmbientLevel level(
      SimulatedAmbient plan, int cell, int batch, TruthDraws draws) {
    double ofCell = draws.normals(TruthDraws.Kind.AMBIENT_OF_CELL, cell, 1)[0];
    double ofBatch = draws.normals(TruthDraws.Kind.AMBIENT_OF_BATCH, batch, 1)[0];
    return SimulatedAmbientLevel.of(
        plan.fraction(), plan.spread() * ofCell + plan.batchSpread() * ofBatch);
  }

  private static double[] fractions(
      FeatureTruth features, CellTruth truth, int[] cells, SimulatedAmbientLevel[] levelN) {
    double[][] typicalTB = new double[features.rhoTG().length][features.ambientBG().length];
    for (int t = 0; t < typicalTB.length; t++) {
      for (int b = 0; b < typicalTB[t].length; b++) {
        typicalTB[t][b] = features.ambientFraction(t, b);
      }
    }
    return IntStream.range(0, cells.length)
        .mapToDouble(
            r -> levelN[r].fractionOf(typicalTB[truth.typeN()[cells[r]]][truth.batchN()[cells[r]]]))
        .toArray();
  }

  private static double[] shifts(int batches, TruthDraws draws) {
    float[] normals = draws.normals(TruthDraws.Kind.LIBRARY_OF_BATCH, 0, batches);
    double mean = 0;
    for (float normal : normals) {
      mean += normal / (double) batches;
    }
    double[] shifts = new double[batches];
    for (int b = 0; b < batches; b++) {
      shifts[b] = BATCH_SPREAD * (normals[b] - mean);
    }
    return shifts;
  }

  /** Draws rows of counts; holds only those that are not zero. */
  private record Rows(
      FeatureTruth features,
      CellTruth truth,
      int[] cells,
      double[] libraryN,
      SimulatedAmbientLevel[] levelN,
      TruthDraws draws) {
    SparseRows draw(int from, int to) {
      int columns = features.features();
      float[] uniforms = new float[columns];
      int[] starts = new int[to - from + 1];
      int[] indices = new int[columns];
      float[] values = new float[columns];
      int stored = 0;
      for (int r = from; r < to; r++) {
        if (indices.length - stored < columns) {
          int room = Math.addExact(Math.max(2 * stored, 1024), columns);
          indices = Arrays.copyOf(indices, room);
          values = Arrays.copyOf(values, room);
        }
        draws.uniforms(TruthDraws.Kind.COUNT, cells[r], uniforms);
        for (int g = 0; g < columns; g++) {
          int count = count(r, g, uniforms[g]);
          if (count > 0) {
            indices[stored] = g;
            values[stored++] = count;
          }
        }
        starts[r - from + 1] = stored;
      }
      return new SparseRows(
          columns, starts, Arrays.copyOf(indices, stored), Arrays.copyOf(values, stored));
    }

    private int count(int row, int feature, float uniform) {
      int cell = cells[row];
      double theta = features.thetaG()[feature];
      double mu =
          libraryN[row]
              * features.rate(truth.typeN()[cell], truth.batchN()[cell], feature, levelN[row]);
      if (CountDraw.isZero(uniform, mu, theta)) {
        return 0;
      }
      double low = draws.uniform(TruthDraws.Kind.COUNT_LOW_BITS, cell, feature);
      return CountDraw.of(CountDraw.uniform(uniform, low), mu, theta);
    }
  }
}
