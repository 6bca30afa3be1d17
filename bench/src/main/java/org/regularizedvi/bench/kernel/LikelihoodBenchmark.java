package org.regularizedvi.bench.kernel;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.regularizedvi.kernel.CountLikelihood;
import org.regularizedvi.kernel.ElementType;

/** Times one tile of 1,024 cells; divide by 1,024 times the tile for the time of an element. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class LikelihoodBenchmark {
  /** The number of genes of the tile. */
  @Param({"512", "1024", "2048"})
  public int columns;

  /** The origin of the dispersion noise. */
  @Param({"generated", "given", "none"})
  public String noise;

  /** The element type of the logits. */
  @Param({"FLOAT32", "BFLOAT16"})
  public ElementType type;

  /** The implementation of the kernel: fastest or scalar. */
  @Param({"fastest", "scalar"})
  public String implementation;

  private LikelihoodCase work;
  private CountLikelihood likelihood;

  /** Makes the minibatch and the kernel. */
  @Setup(Level.Trial)
  public void make() {
    work = new LikelihoodCase(1024, columns, 0.085, type, noise);
    likelihood =
        implementation.equals("scalar") ? CountLikelihood.scalar() : CountLikelihood.fastest();
  }

  /** Puts the logits back, which a run replaces by gradients. */
  @Setup(Level.Iteration)
  public void restore() {
    work.restore();
  }

  /** Computes value and gradients of the tile. */
  @Benchmark
  public void valueAndGradients() {
    work.run(likelihood);
  }
}
