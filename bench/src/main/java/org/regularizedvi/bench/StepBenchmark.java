package org.regularizedvi.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.config.Preset;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.cpu.CpuStep;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.work.PartTimes;
import org.regularizedvi.cpu.work.PartTimes.Part;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.reference.step.ComposedStep;
import org.regularizedvi.reference.torch.LibraryThreads;

/**
 * Times whole training steps, their parts, and side by side with them the decoder's three products
 * alone and the composed step. Medians over interleaved rounds, because machines are shared.
 *
 * <p>Usage: {@code StepBenchmark [cells=1024] [genes=20000] [hidden=512] [latent=128] [rounds=9]
 * [composed=true] [preset=recommended] [threads=1,2] [peaks=0] [lacking=0]}; with peaks it is a
 * model of two modalities, {@code latent} dimensions each, recommended options, of which a share
 * {@code lacking} of the cells has no peaks.
 */
public final class StepBenchmark {
  private static final int WARM_UP = 12;

  private StepBenchmark() {}

  /**
   * Prints a line per precision and number of threads, times in milliseconds per step.
   *
   * @param args settings as {@code name=value}, see the class
   */
  public static void main(String[] args) {
    Settings settings = Settings.parse(args);
    System.out.printf(
        Locale.ROOT,
        "%s; %s%n%d cells x (%d genes + %d peaks, lacking in %.0f %%), n_hidden %d, n_latent %d;"
            + " medians of %d rounds, ms%n",
        Processor.name(),
        "Java " + Runtime.version(),
        settings.cells,
        settings.genes,
        settings.peaks,
        100 * settings.lacking,
        settings.hidden,
        settings.latent,
        settings.rounds);
    System.out.printf(
        "%-9s %7s %8s | %7s %7s %7s %7s (%7s %7s %7s) %7s %7s %7s %7s | %9s %9s %8s%n",
        "precision",
        "threads",
        "step",
        "counts",
        "first",
        "forward",
        "head",
        "product",
        "likeli",
        "Adam",
        "back",
        "weights",
        "shared",
        "Adam",
        "products",
        "step/prod",
        "cells/s");
    for (int threads : settings.threads) {
      for (Precision precision : precisions()) {
        run(settings, precision, threads);
      }
    }
    if (settings.composed) {
      composed(settings);
    }
    System.out.printf("peak resident memory %.2f GB%n", PeakMemory.gigabytes());
  }

  private static List<Precision> precisions() {
    return Products.here().takes(ElementType.BFLOAT16)
        ? List.of(Precision.FLOAT32, Precision.BFLOAT16)
        : List.of(Precision.FLOAT32);
  }

  private static void run(Settings settings, Precision precision, int threads) {
    try (SyntheticCells cells = settings.synthetic();
        CpuStep step =
            new CpuStep(
                cells.network().model(),
                StepPlan.alone(4096, OptimiserConfig.recommended(), precision, threads),
                Products.here());
        DecoderProducts products = new DecoderProducts(settings, precision, threads)) {
      long[] number = {0};
      for (int i = 0; i < WARM_UP; i++) {
        step(step, cells, number);
        products.run();
      }
      step.times().reset();
      List<Long> steps = new ArrayList<>();
      List<Long> alone = new ArrayList<>();
      for (int round = 0; round < settings.rounds; round++) {
        step(step, cells, number); // in training, one follows another and finds all awake
        steps.add(time(() -> step(step, cells, number)));
        alone.add(time(products::run));
        letPoolsSleep();
      }
      print(settings, precision, threads, step.times(), median(steps), median(alone));
    }
  }

  private static long step(TrainingStep step, SyntheticCells cells, long[] number) {
    CounterNoise noise =
        new CounterNoise(new CounterRandom(0), number[0]++, cells.minibatch().cells());
    return step.run(cells.minibatch(), noise, 1).finite() ? 1 : 0;
  }

  private static void print(
      Settings settings,
      Precision precision,
      int threads,
      PartTimes times,
      double step,
      double products) {
    double parts =
        times.millisAStep(Part.COUNTS)
            + times.millisAStep(Part.FIRST_LAYER)
            + times.millisAStep(Part.FORWARD)
            + times.millisAStep(Part.HEAD)
            + times.millisAStep(Part.BACKWARD)
            + times.millisAStep(Part.FIRST_GRADIENT)
            + times.millisAStep(Part.SHARED);
    System.out.printf(
        Locale.ROOT,
        "%-9s %7d %8.1f | %7.1f %7.1f %7.1f %7.1f (%7.1f %7.1f %7.1f) %7.1f %7.1f %7.1f %7.1f | %9.1f %9.2f %8.0f%n",
        precision == Precision.BFLOAT16 ? "bfloat16" : "float32",
        threads,
        step,
        times.millisAStep(Part.COUNTS),
        times.millisAStep(Part.FIRST_LAYER),
        times.millisAStep(Part.FORWARD),
        times.millisAStep(Part.HEAD),
        times.millisAStep(Part.PRODUCTS),
        times.millisAStep(Part.LIKELIHOOD),
        times.millisAStep(Part.HEAD_OPTIMISER),
        times.millisAStep(Part.BACKWARD),
        times.millisAStep(Part.FIRST_GRADIENT),
        times.millisAStep(Part.SHARED),
        times.millisAStep(Part.STEP) - parts,
        products,
        step / products,
        settings.cells / step * 1000);
  }

  private static void composed(Settings settings) {
    try (SyntheticCells cells = settings.synthetic();
        ComposedStep step =
            new ComposedStep(
                cells.network(),
                StepPlan.alone(
                    4096, OptimiserConfig.recommended(), Precision.FLOAT32, Processor.threads()))) {
      torch.set_num_threads(Processor.threads());
      long[] number = {0};
      step(step, cells, number);
      List<Long> steps = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        steps.add(time(() -> step(step, cells, number)));
      }
      System.out.printf(
          Locale.ROOT, "composed of libtorch operations: %.0f ms a step%n", median(steps));
    }
  }

  private static long time(LongSupplier body) {
    long start = System.nanoTime();
    if (body.getAsLong() == 0) {
      throw new IllegalStateException("The loss is not finite");
    }
    return System.nanoTime() - start;
  }

  /**
   * Waits, since a library pool spins for some time after a product and would take a core from the
   * next step.
   */
  private static void letPoolsSleep() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double median(List<Long> nanos) {
    return nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow() / 1e6;
  }

  /** Says what is timed. */
  record Settings(
      int cells,
      int genes,
      int hidden,
      int latent,
      int rounds,
      boolean composed,
      Preset preset,
      int[] threads,
      int peaks,
      double lacking) {
    SyntheticCells synthetic() {
      return peaks == 0
          ? SyntheticCells.of(preset, cells, genes, hidden, latent)
          : SyntheticMultiome.of(cells, genes, peaks, hidden, latent, lacking);
    }

    int features() {
      return genes + peaks;
    }

    static Settings parse(String[] args) {
      int all = Runtime.getRuntime().availableProcessors();
      return new Settings(
          Integer.parseInt(value(args, "cells", "1024")),
          Integer.parseInt(value(args, "genes", "20000")),
          Integer.parseInt(value(args, "hidden", "512")),
          Integer.parseInt(value(args, "latent", "128")),
          Integer.parseInt(value(args, "rounds", "9")),
          Boolean.parseBoolean(value(args, "composed", "true")),
          Preset.valueOf(value(args, "preset", "recommended").toUpperCase(Locale.ROOT)),
          Arrays.stream(value(args, "threads", "1," + all).split(","))
              .mapToInt(Integer::parseInt)
              .distinct()
              .toArray(),
          Integer.parseInt(value(args, "peaks", "0")),
          Double.parseDouble(value(args, "lacking", "0")));
    }

    private static String value(String[] args, String name, String otherwise) {
      return Arrays.stream(args)
          .filter(arg -> arg.startsWith(name + "="))
          .map(arg -> arg.substring(name.length() + 1))
          .findFirst()
          .orElse(otherwise);
    }
  }

  /**
   * Computes the three products that every decoder of this shape needs: logits, hidden gradient,
   * weight gradient.
   */
  private static final class DecoderProducts implements AutoCloseable {
    private final PointerScope scope = new PointerScope();
    private final int threads;
    private final Tensor hidden;
    private final Tensor weight;
    private final Tensor logits;
    private final Tensor hiddenGradient;
    private final Tensor weightGradient;

    DecoderProducts(Settings settings, Precision precision, int threads) {
      this.threads = threads;
      torch.ScalarType scalar =
          precision == Precision.BFLOAT16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float;
      hidden = torch.rand(settings.cells, settings.hidden).to(scalar);
      weight = torch.rand(settings.features(), settings.hidden).to(scalar);
      logits = torch.rand(settings.cells, settings.features()).to(scalar);
      hiddenGradient = torch.rand(settings.cells, settings.hidden).to(scalar);
      weightGradient = torch.rand(settings.features(), settings.hidden).to(scalar);
    }

    long run() {
      LibraryThreads.set(threads);
      torch.mm_out(logits, hidden, weight.t());
      torch.mm_out(hiddenGradient, logits, weight);
      torch.mm_out(weightGradient, logits.t(), hidden);
      LibraryThreads.set(1);
      return 1;
    }

    @Override
    public void close() {
      scope.close();
    }
  }
}
