package org.regularizedvi.answers;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.cpu.fused.Workers;
import org.regularizedvi.cpu.net.Masks;
import org.regularizedvi.cpu.net.Modality;
import org.regularizedvi.cpu.objective.Elbo;
import org.regularizedvi.cpu.objective.ExpectedTotals;
import org.regularizedvi.cpu.objective.Rates;
import org.regularizedvi.cpu.torch.Tensors;

/**
 * What share of the expected counts is background, and how well is each feature explained? The
 * latter asks the composed objective. {@value #CELLS_AT_ONCE} cells at a time; sums do not depend
 * on threads.
 */
public final class CountParts implements AutoCloseable {
  private static final int CELLS_AT_ONCE = 32;

  private final Modality modality;
  private final boolean perFeature;
  private final Workers workers;
  private final double[] background;
  private final double[] expected;
  private final double[] features;
  private int cells;

  /** What a few cells add: sums by ambient category, and by feature when asked for. */
  private record Part(double[] background, double[] expected, double[] features) {}

  /**
   * @param perFeature whether features are asked about, which takes several times as long
   */
  public CountParts(Modality modality, boolean perFeature, int threads) {
    this.modality = modality;
    this.perFeature = perFeature;
    this.workers = new Workers(threads);
    int categories = modality.spec().categories().ambientColumns();
    this.background = new double[categories];
    this.expected = new double[categories];
    this.features = new double[perFeature ? modality.spec().features() : 0];
  }

  /**
   * Takes those cells that have the modality of a pass without gradients, with the draws of z and l
   * that it made.
   */
  public void add(Minibatch minibatch, Elbo.Pass pass) {
    if (!perFeature && !modality.spec().generative().useAdditiveBackground()) {
      return;
    }
    int index = modality.spec().index();
    Tensor hiddenNH = pass.hiddenNH().get(index);
    Tensor libraryN1 = pass.librariesN1().get(index);
    boolean[] present = minibatch.present(index);
    Part[] parts = new Part[(minibatch.size() + CELLS_AT_ONCE - 1) / CELLS_AT_ONCE];
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      Optional<ExpectedTotals> totals =
          modality.spec().generative().useAdditiveBackground()
              ? Optional.of(ExpectedTotals.of(modality))
              : Optional.empty();
      workers.run(
          parts.length,
          (_, task) -> {
            int from = task * CELLS_AT_ONCE;
            int some = Math.min(CELLS_AT_ONCE, minibatch.size() - from);
            try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
              parts[task] =
                  part(
                      new Cells(
                          minibatch.rows(from, from + some),
                          hiddenNH.narrow(0, from, some),
                          libraryN1.narrow(0, from, some),
                          Arrays.copyOfRange(present, from, from + some)),
                      totals);
            }
          });
    }
    for (Part part : parts) {
      addUp(part.background, background);
      addUp(part.expected, expected);
      addUp(part.features, features);
    }
    for (boolean here : present) {
      cells += here ? 1 : 0;
    }
  }

  /** A few cells, with their decoder's last hidden layer and log library size. */
  private record Cells(Minibatch minibatch, Tensor hiddenNH, Tensor libraryN1, boolean[] present) {}

  private Part part(Cells some, Optional<ExpectedTotals> totals) {
    Part part =
        new Part(
            new double[background.length],
            new double[expected.length],
            new double[features.length]);
    if (perFeature) {
      addUp(reconstruction(some), part.features);
    }
    totals.ifPresent(of -> addShares(some, of, part));
    return part;
  }

  /** Negative log-likelihood of each feature, summed over the cells that have the modality. */
  private double[] reconstruction(Cells some) {
    Rates rates =
        Rates.of(
            modality, some.hiddenNH, some.libraryN1, some.minibatch.covariates(), Optional.empty());
    Tensor logNG = Elbo.logProbability(some.minibatch.counts().get(modality.spec().index()), rates);
    return Tensors.doubles(Masks.masked(logNG, some.present).sum(0).neg());
  }

  private void addShares(Cells some, ExpectedTotals totals, Part part) {
    Covariates covariates = some.minibatch.covariates();
    double[] own = Tensors.doubles(totals.nativeN(some.hiddenNH, some.libraryN1, covariates));
    double[] ambientNC = Tensors.doubles(totals.backgroundNC(some.libraryN1, covariates));
    int[] sizes = modality.spec().categories().ambient();
    int[][] codes = covariates.codes(Purpose.AMBIENT);
    int columns = background.length;
    for (int n = 0; n < some.present.length; n++) {
      if (!some.present[n]) {
        continue;
      }
      int[] categories = new int[sizes.length];
      double total = own[n];
      for (int key = 0, offset = 0; key < sizes.length; offset += sizes[key++]) {
        categories[key] = offset + codes[key][n];
        total += ambientNC[n * columns + categories[key]];
      }
      for (int category : categories) {
        part.background[category] += ambientNC[n * columns + category];
        part.expected[category] += total;
      }
    }
  }

  private static void addUp(double[] part, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += part[i];
    }
  }

  /**
   * The share of its cells' expected counts that each ambient category's background gives; a
   * category without cells has none.
   *
   * @param names of the categories, those of several keys side by side
   */
  public SequencedMap<String, Double> backgroundShares(List<String> names) {
    SequencedMap<String, Double> shares = new LinkedHashMap<>();
    for (int c = 0; c < expected.length; c++) {
      if (expected[c] > 0) {
        shares.put(names.get(c), background[c] / expected[c]);
      }
    }
    return shares;
  }

  /** Negative log-likelihood of each feature, mean over cells; present when asked for. */
  public Optional<double[]> featureReconstruction() {
    if (!perFeature) {
      return Optional.empty();
    }
    double[] means = features.clone();
    for (int g = 0; g < means.length; g++) {
      means[g] /= cells;
    }
    return Optional.of(means);
  }

  @Override
  public void close() {
    workers.close();
  }
}
