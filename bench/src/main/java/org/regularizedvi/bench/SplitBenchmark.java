package org.regularizedvi.bench;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.config.Preset;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.cpu.CpuEngine;
import org.regularizedvi.cpu.CpuStep;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.work.PartTimes.Part;
import org.regularizedvi.engine.Peers;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.ThreadPeers;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Times training steps whose genes are shared out among workers of one thread each, in turn with
 * those of one worker with as many threads, part by part, and counts what they exchange. Workers
 * are threads of this process, so what a network costs is not in it. {@link SplitPrediction} says
 * what more workers take, where the link between them is as given.
 *
 * <p>Usage: {@code SplitBenchmark [cells=1024] [genes=20000] [hidden=512] [latent=128]
 * [workers=1,2] [rounds=9] [seconds=3] [precisions=float32,bfloat16] [predict=2,4,8,16,32,64]
 * [gigabits=10] [exchange=6]}
 */
public final class SplitBenchmark {
  private static final double NANOS = 1e9;
  private static final double WARM_UP_SECONDS = 15;

  private static final List<Part> PARTS =
      List.of(
          Part.COUNTS,
          Part.FIRST_LAYER,
          Part.FORWARD,
          Part.HEAD,
          Part.BACKWARD,
          Part.FIRST_GRADIENT,
          Part.SHARED);

  private SplitBenchmark() {}

  /**
   * Prints a line for each way of computing, times in milliseconds a step, bytes a step.
   *
   * @param args settings as {@code name=value}, see the class
   * @throws Exception when a worker fails
   */
  public static void main(String[] args) throws Exception {
    System.out.printf("%s; Java %s%n", Processor.name(), Runtime.version());
    System.out.printf(
        "%-9s %8s %8s | %9s %9s | %12s %12s | %s%n",
        "precision",
        "workers",
        "threads",
        "ms",
        "exchange",
        "bytes sent",
        "exchanges",
        PARTS.stream()
            .map(part -> "%7.7s".formatted(part.name().toLowerCase(Locale.ROOT)))
            .collect(Collectors.joining(" ")));
    new CpuEngine().prepare();
    for (String word : value(args, "precisions", "float32,bfloat16").split(",")) {
      Precision precision = Precision.valueOf(word.toUpperCase(Locale.ROOT));
      if (precision != Precision.BFLOAT16 || Products.here().takes(ElementType.BFLOAT16)) {
        run(args, precision);
      }
    }
  }

  private static void run(String[] args, Precision precision) throws Exception {
    int[] numbers = numbers(value(args, "workers", "1,2"));
    int rounds = Integer.parseInt(value(args, "rounds", "9"));
    double seconds = Double.parseDouble(value(args, "seconds", "3"));
    List<Way> ways = new ArrayList<>();
    try {
      for (int number : numbers) {
        ways.add(new Way(args, precision, 1, number));
        if (number > 1) {
          ways.add(new Way(args, precision, number, 1));
        }
      }
      for (Way way : ways) {
        way.steps(WARM_UP_SECONDS);
        way.reset();
      }
      for (int round = 0; round < rounds; round++) {
        for (Way way : ways) {
          way.steps(seconds / rounds);
        }
      }
      ways.forEach(Way::print);
      predict(args, ways);
    } finally {
      for (Way way : ways) {
        way.close();
      }
    }
  }

  /** Says what more workers take, where one and two of one thread each were measured. */
  private static void predict(String[] args, List<Way> ways) {
    Optional<Way> one = ways.stream().filter(way -> way.is(1)).findFirst();
    Optional<Way> two = ways.stream().filter(way -> way.is(2)).findFirst();
    if (one.isPresent() && two.isPresent()) {
      SplitPrediction.of(
              Integer.parseInt(value(args, "genes", "20000")),
              one.get()::millis,
              two.get().bytesAStep())
          .print(
              numbers(value(args, "predict", "2,4,8,16,32,64")),
              new SplitPrediction.Link(
                  Double.parseDouble(value(args, "gigabits", "10")),
                  Double.parseDouble(value(args, "exchange", "6"))));
    }
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  private static String value(String[] args, String name, String otherwise) {
    return Arrays.stream(args)
        .filter(arg -> arg.startsWith(name + "="))
        .map(arg -> arg.substring(name.length() + 1))
        .reduce((_, later) -> later)
        .orElse(otherwise);
  }

  /** Computes the step by so many workers of so many threads each. */
  private static final class Way implements AutoCloseable {
    private final Precision precision;
    private final int threads;
    private final List<Counted> peers;
    private final List<SyntheticCells> cells = new ArrayList<>();
    private final List<CpuStep> steps = new ArrayList<>();
    private final ExecutorService workers;
    private final List<Long> nanos = new ArrayList<>();
    private long number;

    Way(String[] args, Precision precision, int ranks, int threads) {
      this.precision = precision;
      this.threads = threads;
      this.workers = Executors.newFixedThreadPool(ranks);
      this.peers =
          ranks == 1
              ? List.of(new Counted(Peers.none()))
              : ThreadPeers.of(ranks).stream().map(Counted::new).toList();
      for (Counted own : peers) {
        SyntheticCells synthetic =
            SyntheticCells.of(
                Preset.RECOMMENDED,
                Integer.parseInt(value(args, "cells", "1024")),
                Integer.parseInt(value(args, "genes", "20000")),
                Integer.parseInt(value(args, "hidden", "512")),
                Integer.parseInt(value(args, "latent", "128")));
        cells.add(synthetic);
        steps.add(
            new CpuStep(
                synthetic.network().model(),
                new StepPlan(4096, OptimiserConfig.recommended(), precision, threads, own),
                Products.here()));
      }
    }

    /** Takes steps, all workers together, for so long. */
    void steps(double seconds) throws Exception {
      long start = System.nanoTime();
      do {
        long began = System.nanoTime();
        step();
        nanos.add(System.nanoTime() - began);
      } while (System.nanoTime() - start < seconds * NANOS);
    }

    private void step() throws Exception {
      long own = number++;
      CyclicBarrier together = new CyclicBarrier(steps.size());
      List<Future<Boolean>> running = new ArrayList<>();
      for (int rank = 0; rank < steps.size(); rank++) {
        int place = rank;
        running.add(
            workers.submit(
                () -> {
                  together.await();
                  int[] ids = cells.get(place).minibatch().cells();
                  CounterNoise noise = new CounterNoise(new CounterRandom(0), own, ids);
                  return steps.get(place).run(cells.get(place).minibatch(), noise, 1).finite();
                }));
      }
      for (Future<Boolean> one : running) {
        if (!one.get()) {
          throw new IllegalStateException("The loss is not finite");
        }
      }
    }

    void reset() {
      nanos.clear();
      steps.forEach(step -> step.times().reset());
      peers.forEach(Counted::reset);
    }

    void print() {
      System.out.printf(
          Locale.ROOT,
          "%-9s %8d %8d | %9.1f %9.1f | %,12d %12.1f | %s%n",
          precision.name().toLowerCase(Locale.ROOT),
          steps.size(),
          threads,
          nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow() / 1e6,
          millis(Part.EXCHANGE),
          bytesAStep(),
          (double) peers.getFirst().exchanges / nanos.size(),
          PARTS.stream()
              .map(part -> "%7.1f".formatted(millis(part)))
              .collect(Collectors.joining(" ")));
    }

    /** {@return whether it is so many workers of one thread each} */
    boolean is(int ranks) {
      return steps.size() == ranks && threads == 1;
    }

    /** {@return what the worker that sends the most sends a step} */
    long bytesAStep() {
      return peers.stream().mapToLong(own -> own.bytes / nanos.size()).max().orElseThrow();
    }

    /** {@return what a part of a step takes a worker, with what it exchanges in it} */
    private double millis(Part part) {
      return steps.stream()
          .mapToDouble(step -> step.times().millisAStep(part))
          .average()
          .orElseThrow();
    }

    @Override
    public void close() {
      workers.close();
      steps.forEach(CpuStep::close);
      cells.forEach(SyntheticCells::close);
      peers.forEach(Counted::close);
    }
  }

  /** Counts what a worker sends to all others. */
  private static final class Counted implements Peers {
    private final Peers peers;
    private long bytes;
    private long exchanges;

    Counted(Peers peers) {
      this.peers = peers;
    }

    void reset() {
      bytes = 0;
      exchanges = 0;
    }

    @Override
    public int rank() {
      return peers.rank();
    }

    @Override
    public int ranks() {
      return peers.ranks();
    }

    @Override
    public void exchange(List<MemorySegment> to, List<MemorySegment> from) {
      exchanges++;
      for (int rank = 0; rank < to.size(); rank++) {
        bytes += rank == rank() ? 0 : to.get(rank).byteSize();
      }
      peers.exchange(to, from);
    }

    @Override
    public void close() {
      peers.close();
    }
  }
}
