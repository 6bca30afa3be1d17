package org.regularizedvi.recovery;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.regularizedvi.analysis.SimulationFile;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.simulate.SimulatedModality;
import org.regularizedvi.core.simulate.Simulation;
import org.regularizedvi.core.simulate.SimulationPlan;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.mudata.MuDataCells;
import org.regularizedvi.formats.mudata.MuDataFile;
import org.regularizedvi.model.RegularizedMultimodalVI;
import org.regularizedvi.training.TrainListener;

/**
 * What a model trained on simulated cells found of their truth.
 *
 * @param adjustedRand of k-means on the latent, as many clusters as types, against the types; all
 *     cells
 * @param adjustedRandComplete the same of the cells that have every modality alone
 * @param mixing share of a cell's neighbours of its own type that are of another batch, over what
 *     the type's cells would give by chance
 * @param lackingWithType share of the neighbours, among cells that have every modality, of a cell
 *     that lacks one that are of its type
 * @param ambient for each batch the correlation of the logs of the true and the estimated profile
 * @param ambientOfBatch the same of what the batch's profile has beyond the mean of all batches' in
 *     the logs: what no mean expression can stand in for
 * @param countsOfBatch what the batches' mean counts would score in place of the estimate
 */
record Recovery(
    double adjustedRand,
    double adjustedRandComplete,
    double mixing,
    double lackingWithType,
    double[] ambient,
    double[] ambientOfBatch,
    double[] countsOfBatch) {
  private static final int NEIGHBOURS = 15;

  /** Batches differ in ambient profile, library size and, feature by feature, in scaling. */
  private static final CovariateKeys KEYS =
      CovariateKeys.batch("batch").withFeatureScaling("batch");

  String words() {
    return "ARI %.3f, of complete cells %.3f; mixing %.2f; lacking with type %.3f; ambient %s, of the batch %s, by counts %s"
        .formatted(
            adjustedRand,
            adjustedRandComplete,
            mixing,
            lackingWithType,
            Arrays.toString(ambient),
            Arrays.toString(ambientOfBatch),
            Arrays.toString(countsOfBatch));
  }

  /**
   * Simulates, writes, reads, trains and compares.
   *
   * @param least a gene's ambient profile is looked at where every batch is expected to have at
   *     least so many ambient counts of it
   */
  static Recovery of(
      SimulationPlan plan, MultimodalConfig config, TrainConfig training, Path file, int least) {
    Simulation truth = Simulation.of(plan);
    SimulationFile.write(truth, file, IfExists.REFUSE);
    try (MuDataFile opened = MuDataFile.open(file)) {
      CellData data = CellData.read(new MuDataCells(opened, Map.of(), CountChecks.INTEGERS), KEYS);
      try (RegularizedMultimodalVI model =
          RegularizedMultimodalVI.setup(data, config, 0, System.out::println)) {
        model.train(data, training, TrainListener.silent());
        Embedding embedding = model.embed(new MuDataCells(opened, Map.of(), CountChecks.INTEGERS));
        FloatMatrix background = model.learnedTerms("rna").background().orElseThrow().values();
        return of(
            truth,
            embedding.latent(),
            codes(opened, "true_type"),
            codes(opened, "batch"),
            whole(embedding),
            background,
            least);
      }
    }
  }

  private static int[] codes(MuDataFile file, String key) {
    return ((Column.Categorical) file.shared().obs(key)).codes();
  }

  private static IntPredicate whole(Embedding embedding) {
    return n ->
        embedding.modalities().stream().noneMatch(own -> Double.isNaN(own.librarySize()[n]));
  }

  private static Recovery of(
      Simulation truth,
      FloatMatrix latent,
      int[] type,
      int[] batch,
      IntPredicate whole,
      FloatMatrix background,
      int least) {
    int batches = truth.plan().batches();
    SimulatedModality rna =
        truth.modalities().stream()
            .filter(own -> own.plan().name().equals("rna"))
            .findFirst()
            .orElseThrow();
    double[][] trueBG = rna.features().ambientBG();
    double[] sizeB = new double[batches];
    for (int r = 0; r < rna.cells().length; r++) {
      sizeB[truth.cells().batchN()[rna.cells()[r]]] += rna.libraryN()[r];
    }
    int[] genes =
        IntStream.range(0, rna.plan().features())
            .filter(
                g -> IntStream.range(0, batches).allMatch(b -> trueBG[b][g] * sizeB[b] >= least))
            .toArray();
    double[][] logTrue = new double[batches][];
    double[][] logFound = new double[batches][];
    for (int b = 0; b < batches; b++) {
      int own = b;
      double[] found = Arrays.stream(genes).mapToDouble(g -> background.at(g, own)).toArray();
      double[] real = Arrays.stream(genes).mapToDouble(g -> trueBG[own][g]).toArray();
      logTrue[b] = Arrays.stream(real).map(Math::log).toArray();
      logFound[b] = Arrays.stream(found).map(Math::log).toArray();
    }
    int[] all = IntStream.range(0, type.length).toArray();
    int[] complete = Arrays.stream(all).filter(whole).toArray();
    int[] lacking = Arrays.stream(all).filter(n -> !whole.test(n)).toArray();
    return new Recovery(
        adjustedRand(latent, type, all, truth.plan().types()),
        adjustedRand(latent, type, complete, truth.plan().types()),
        mixing(latent, type, batch, all),
        withType(latent, type, lacking, complete),
        correlations(logTrue, logFound),
        correlations(beyondMean(logTrue), beyondMean(logFound)),
        correlations(beyondMean(logTrue), beyondMean(logCounts(rna, truth, genes))));
  }

  /** The logs of each batch's summed counts. */
  private static double[][] logCounts(SimulatedModality rna, Simulation truth, int[] genes) {
    double[][] sumBG = new double[truth.plan().batches()][rna.plan().features()];
    SparseRows rows = rna.counts().gather(IntStream.range(0, rna.cells().length).toArray());
    for (int r = 0; r < rna.cells().length; r++) {
      double[] own = sumBG[truth.cells().batchN()[rna.cells()[r]]];
      for (int i = rows.indptr()[r]; i < rows.indptr()[r + 1]; i++) {
        own[rows.indices()[i]] += rows.values()[i];
      }
    }
    return Arrays.stream(sumBG)
        .map(sums -> Arrays.stream(genes).mapToDouble(g -> Math.log(sums[g])).toArray())
        .toArray(double[][]::new);
  }

  private static double[] correlations(double[][] a, double[][] b) {
    return IntStream.range(0, a.length)
        .mapToDouble(i -> Agreement.correlation(a[i], b[i]))
        .toArray();
  }

  private static double[][] beyondMean(double[][] rows) {
    double[][] out = new double[rows.length][rows[0].length];
    for (int g = 0; g < rows[0].length; g++) {
      int column = g;
      double mean = Arrays.stream(rows).mapToDouble(row -> row[column]).average().orElseThrow();
      for (int b = 0; b < rows.length; b++) {
        out[b][g] = rows[b][g] - mean;
      }
    }
    return out;
  }

  private static double adjustedRand(FloatMatrix latent, int[] type, int[] cells, int clusters) {
    int columns = latent.columns();
    float[] values = new float[cells.length * columns];
    int[] own = new int[cells.length];
    for (int i = 0; i < cells.length; i++) {
      System.arraycopy(latent.values(), cells[i] * columns, values, i * columns, columns);
      own[i] = type[cells[i]];
    }
    FloatMatrix points = new FloatMatrix(cells.length, columns, values);
    return Agreement.adjustedRand(own, KMeans.cluster(points, clusters));
  }

  private static double withType(FloatMatrix latent, int[] type, int[] rows, int[] among) {
    int[][] nearest = Neighbours.of(latent, rows, among, NEIGHBOURS);
    double same = 0;
    for (int i = 0; i < rows.length; i++) {
      int own = type[rows[i]];
      same += Arrays.stream(nearest[i]).filter(n -> type[n] == own).count();
    }
    return same / rows.length / NEIGHBOURS;
  }

  private static double mixing(FloatMatrix latent, int[] type, int[] batch, int[] all) {
    int[][] nearest = Neighbours.of(latent, all, all, NEIGHBOURS);
    double found = 0;
    double byChance = 0;
    for (int n : all) {
      int[] own = Arrays.stream(all).filter(i -> i != n && type[i] == type[n]).toArray();
      long ownInOther = Arrays.stream(own).filter(i -> batch[i] != batch[n]).count();
      int[] near = Arrays.stream(nearest[n]).filter(i -> type[i] == type[n]).toArray();
      found += Arrays.stream(near).filter(i -> batch[i] != batch[n]).count();
      byChance += near.length * (ownInOther / (double) own.length);
    }
    return found / byChance;
  }
}
