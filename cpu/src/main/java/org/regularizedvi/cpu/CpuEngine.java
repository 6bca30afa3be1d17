package org.regularizedvi.cpu;

import java.time.Duration;
import java.util.Optional;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.Engine;
import org.regularizedvi.engine.Model;
import org.regularizedvi.kernel.CountLikelihood;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.torch.LibraryThreads;
import org.regularizedvi.reference.torch.ProductSpeed;

/** Computes models fast on processors: nothing is dense that need not be. */
public final class CpuEngine implements Engine {
  private static final Duration KERNEL_WARM_UP = Duration.ofSeconds(5);

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public int preference() {
    return 1;
  }

  @Override
  public Optional<String> lack() {
    return Optional.empty();
  }

  /** Loads libtorch and compiles the likelihood kernel. */
  @Override
  public void prepare() {
    LibraryThreads.load();
    CountLikelihood.fastest().warmUp(KERNEL_WARM_UP);
  }

  @Override
  public Precision resolve(Precision chosen) {
    return Processor.resolve(chosen);
  }

  @Override
  public double secondsPerOperation(Precision precision) {
    return ProductSpeed.secondsAnOperation(precision);
  }

  @Override
  public Computation open(Model model) {
    return new FusedComputation(Network.of(model));
  }
}
