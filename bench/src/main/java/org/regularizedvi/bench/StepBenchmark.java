package org.regularizedvi.bench;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.config.Preset;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.cpu.CpuEngine;
import org.regularizedvi.cpu.CpuStep;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.work.PartTimes;
import org.regularizedvi.cpu.work.PartTimes.Part;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.reference.step.ComposedStep;

/**
 * Times whole training steps, their parts, and in turn with them the decoder's three products
 * alone. Medians over rounds, because machines are shared; the composed step on request.
 *
 * <p>Usage: {@code StepBenchmark [cells=1024] [genes=20000] [hidden=512] [latent=128] [rounds=9]
 * [composed=false] [preset=recommended] [threads=1,2] [precisions=float32,bfloat16] [peaks=0]
 * [lacking=0]}; without cells and genes it goes over the {@link #SHAPES} that people use. With
 * peaks it is a model of two modalities, {@code latent} dimensions each, recommended options, of
 * which a share {@code lacking} of the cells has no peaks.
 */
public final class StepBenchmark {
  /**
   * Variable genes with minibatches as people take them, the default network of SCVI, all genes.
   */
  private static final List<String> SHAPES =
      List.of(
          "cells=128 genes=2000 hidden=512 latent=128",
          "cells=128 genes=2000 hidden=128 latent=10",
          "cells=256 genes=4000 hidden=512 latent=128",
          "cells=1024 genes=20000 hidden=512 latent=128");

  /** As long as the compiler takes to finish with all loops of a step. */
  private static final long WARM_UP_NANOS = 15_000_000_000L;

  private static final long ROUND_NANOS = 200_000_000L;

  private StepBenchmark() {}

  /**
   * Prints a line per shape, number of threads and precision, times in milliseconds per step.
   *
   * @param args settings as {@code name=value}, see the class
   */
  public static void main(String[] args) {
    System.out.printf("%s; Java %s; ms%n", Processor.name(), Runtime.version());
    System.out.printf(
        "%-28s %-9s %7s %8s | %7s %7s %7s %7s (%7s %7s %7s) %7s %7s %7s %7s | %9s %9s %8s%n",
        "cells x genes, hidden/latent",
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
    boolean oneShape =
        Arrays.stream(args).anyMatch(arg -> arg.startsWith("cells=") || arg.startsWith("genes="));
    List<String> shapes = oneShape ? List.of("") : SHAPES;
    new CpuEngine().prepare();
    boolean warm = false;
    for (String shape : shapes) {
      String[] all =
          Stream.concat(Arrays.stream(shape.split(" ")), Arrays.stream(args))
              .toArray(String[]::new);
      Settings settings = Settings.parse(all);
      for (int threads : settings.threads) {
        for (Precision precision : precisions(settings)) {
          run(settings, precision, threads, warm ? WARM_UP_NANOS / 5 : WARM_UP_NANOS);
          warm = true;
        }
      }
      if (settings.composed) {
        composed(settings);
      }
    }
    System.out.printf("peak resident memory %.2f GB%n", PeakMemory.gigabytes());
  }

  private static List<Precision> precisions(Settings settings) {
    boolean bfloat16 = Products.here().takes(ElementType.BFLOAT16);
    return settings.precisions.stream()
        .filter(precision -> bfloat16 || precision != Precision.BFLOAT16)
        .toList();
  }

  private static void run(Settings settings, Precision precision, int threads, long warmUpNanos) {
    try (SyntheticCells cells = settings.synthetic();
        CpuStep step =
            new CpuStep(
                cells.network().model(),
                StepPlan.alone(4096, OptimiserConfig.recommended(), precision, threads),
                Products.here());
        DecoderProducts products = new DecoderProducts(settings, precision, threads)) {
      long[] number = {0};
      LongSupplier one = () -> step(step, cells, number);
      steps(one, warmUpNanos);
      products.run();
      step.times().reset();
      List<Long> steps = new ArrayList<>();
      List<Long> alone = new ArrayList<>();
      for (int round = 0; round < settings.rounds; round++) {
        steps.addAll(steps(one, ROUND_NANOS));
        alone.add(time(products::run));
      }
      print(settings, precision, threads, step.times(), median(steps), median(alone));
    }
  }

  /**
   * {@return the times of steps that follow one another, as they do in training, in nanoseconds}
   */
  private static List<Long> steps(LongSupplier step, long atLeast) {
    List<Long> steps = new ArrayList<>();
    long start = System.nanoTime();
    while (System.nanoTime() - start < atLeast) {
      steps.add(time(step));
    }
    return steps;
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
        "%-28s %-9s %7d %8.1f | %7.1f %7.1f %7.1f %7.1f (%7.1f %7.1f %7.1f) %7.1f %7.1f %7.1f %7.1f | %9.1f %9.2f %8.0f%n",
        "%d x %d, %d/%d"
            .formatted(settings.cells, settings.features(), settings.hidden, settings.latent),
        precision.name().toLowerCase(Locale.ROOT),
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
      List<Precision> precisions,
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
          Boolean.parseBoolean(value(args, "composed", "false")),
          Preset.valueOf(value(args, "preset", "recommended").toUpperCase(Locale.ROOT)),
          Arrays.stream(value(args, "threads", "1," + all).split(","))
              .mapToInt(Integer::parseInt)
              .distinct()
              .toArray(),
          Arrays.stream(value(args, "precisions", "float32,bfloat16").split(","))
              .map(word -> Precision.valueOf(word.toUpperCase(Locale.ROOT)))
              .toList(),
          Integer.parseInt(value(args, "peaks", "0")),
          Double.parseDouble(value(args, "lacking", "0")));
    }

    private static String value(String[] args, String name, String otherwise) {
      return Arrays.stream(args)
          .filter(arg -> arg.startsWith(name + "="))
          .map(arg -> arg.substring(name.length() + 1))
          .reduce((_, later) -> later)
          .orElse(otherwise);
    }
  }

  /**
   * Computes the three products that every decoder of this shape needs: logits, hidden gradient,
   * weight gradient, the genes dealt out to the threads.
   */
  private static final class DecoderProducts implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final Products products = Products.here();
    private final Workers workers;
    private final Matrix hidden;
    private final List<Tile> tiles = new ArrayList<>();

    /** Holds the operands and results of some genes. */
    private record Tile(
        Matrix weight, Matrix logits, Matrix hiddenGradient, Matrix weightGradient) {}

    DecoderProducts(Settings settings, Precision precision, int threads) {
      this.workers = new Workers(threads);
      ElementType type =
          precision == Precision.BFLOAT16 ? ElementType.BFLOAT16 : ElementType.FLOAT32;
      this.hidden = Matrix.in(arena, type, settings.cells, settings.hidden);
      int genes = Math.ceilDiv(settings.features(), threads);
      for (int t = 0; t < threads; t++) {
        tiles.add(
            new Tile(
                Matrix.in(arena, type, genes, settings.hidden),
                Matrix.in(arena, type, settings.cells, genes),
                Matrix.in(arena, settings.cells, settings.hidden),
                Matrix.in(arena, genes, settings.hidden)));
      }
    }

    long run() {
      workers.run(
          tiles.size(),
          (_, t) -> {
            Tile own = tiles.get(t);
            products.timesTransposed(hidden, own.weight, 0, own.logits);
            products.times(own.logits, own.weight, 0, own.hiddenGradient);
            products.transposedTimes(own.logits, hidden, 0, own.weightGradient);
          });
      return 1;
    }

    @Override
    public void close() {
      workers.close();
      arena.close();
    }
  }
}
