package org.regularizedvi.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.config.Preset;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.reference.inference.DecoderDerivatives;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Times exact attributions and finite differences, which take one pass through the decoder per
 * latent dimension beside that at z itself, and prints how far the two are apart.
 *
 * <p>Usage: {@code AttributionBenchmark [cells=1024] [genes=20000] [hidden=512] [latent=128]
 * [rounds=9]}
 */
public final class AttributionBenchmark {
  private static final int CELLS_AT_ONCE = 32;
  private static final double STEP = 1e-2;

  private AttributionBenchmark() {}

  /**
   * Prints the times in seconds, their ratio, and the mean relative difference of the two.
   *
   * @param args settings as {@code name=value}, see the class
   */
  public static void main(String[] args) {
    StepBenchmark.Settings settings = StepBenchmark.Settings.parse(args);
    int cells = settings.cells();
    try (SyntheticCells model =
            SyntheticCells.of(
                Preset.RECOMMENDED, cells, settings.genes(), settings.hidden(), settings.latent());
        PointerScope _ = new PointerScope();
        Workers workers = new Workers(Processor.threads())) {
      Modality modality = model.network().modalities().getFirst();
      Covariates covariates = model.minibatch().covariates();
      FloatMatrix zNK = normals(cells, settings.latent());
      float[] libraryN = normals(cells, 1).values();
      List<Double> exact = new ArrayList<>();
      List<Double> differences = new ArrayList<>();
      double apart = 0;
      for (int round = 0; round < settings.rounds(); round++) {
        long start = System.nanoTime();
        FloatMatrix derivative;
        try (DecoderDerivatives derivatives =
            new DecoderDerivatives(modality, Processor.threads())) {
          derivative = derivatives.of(zNK, libraryN, covariates);
        }
        long middle = System.nanoTime();
        float[] quotient = differences(modality, zNK, libraryN, covariates, workers);
        differences.add((System.nanoTime() - middle) / 1e9);
        exact.add((middle - start) / 1e9);
        apart = apart(derivative.values(), quotient);
      }
      double ratio = median(differences) / median(exact);
      System.out.printf(
          Locale.ROOT,
          "%s, %d threads, %d cells x %d features, %d hidden, %d latent:"
              + " exact %.2f s, finite differences %.2f s, ratio %.2f (medians of %d);"
              + " mean relative difference %.1e; peak memory %.1f GB%n",
          Processor.name(),
          Processor.threads(),
          cells,
          settings.genes(),
          settings.hidden(),
          settings.latent(),
          median(exact),
          median(differences),
          ratio,
          settings.rounds(),
          apart,
          PeakMemory.gigabytes());
    }
  }

  /** {@return forward differences, by blocks of cells on the same threads: N x K} */
  private static float[] differences(
      Modality modality,
      FloatMatrix zNK,
      float[] libraryN,
      Covariates covariates,
      Workers workers) {
    int cells = covariates.size();
    int latent = zNK.columns();
    float[] means = new float[cells * latent];
    workers.run(
        (cells + CELLS_AT_ONCE - 1) / CELLS_AT_ONCE,
        (_, task) -> {
          int from = task * CELLS_AT_ONCE;
          int some = Math.min(CELLS_AT_ONCE, cells - from);
          int[] rows = IntStream.range(from, from + some).toArray();
          Covariates own = covariates.gather(rows);
          try (PointerScope _ = new PointerScope();
              NoGradGuard _ = new NoGradGuard()) {
            Tensor z = Tensors.of(zNK.rows(from, from + some));
            Tensor library = Tensors.of(Arrays.copyOfRange(libraryN, from, from + some), some, 1);
            Tensor factorNG =
                modality
                    .scaling()
                    .orElseThrow()
                    .of(own)
                    .mul(library.exp())
                    .div(Tensors.scalar(STEP));
            Tensor rhoNG = rho(modality, z, own);
            for (int k = 0; k < latent; k++) {
              try (PointerScope _ = new PointerScope()) {
                Tensor moved = z.clone();
                moved.select(1, k).add_(Tensors.scalar(STEP));
                Tensor apart = rho(modality, moved, own).sub_(rhoNG).abs_().mul_(factorNG);
                float[] column = Tensors.floats(apart.mean(1));
                for (int n = 0; n < some; n++) {
                  means[(from + n) * latent + k] = column[n];
                }
              }
            }
          }
        });
    return means;
  }

  private static Tensor rho(Modality modality, Tensor zNK, Covariates covariates) {
    return modality.decoder().scale(modality.decoder().hidden(zNK, covariates));
  }

  private static double apart(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]) / Math.max(1e-30, Math.abs(a[i]));
    }
    return sum / a.length;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static FloatMatrix normals(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(rows + 31L * columns);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new FloatMatrix(rows, columns, values);
  }
}
