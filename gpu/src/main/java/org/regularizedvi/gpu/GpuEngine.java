package org.regularizedvi.gpu;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.Engine;
import org.regularizedvi.engine.Engines;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.Question;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.gpu.driver.MissingDeviceException;

/**
 * Trains models on an NVIDIA card and answers most questions to them. It is only ever named: on no
 * card has it been run yet, so that nobody should get it unasked.
 */
public final class GpuEngine implements Engine {
  /** The engine that answers what this one does not. */
  private static final String PROCESSORS = "cpu";

  private final String library;
  private Optional<Device> opened = Optional.empty();

  /** Makes the engine, as services are found; nothing is loaded before it is needed. */
  public GpuEngine() {
    this(Device.library());
  }

  /**
   * Makes the engine over another library than the driver's.
   *
   * @param library its name or path
   */
  GpuEngine(String library) {
    this.library = library;
  }

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public String described() {
    return "%s on %s".formatted(name(), Device.look(library).words());
  }

  @Override
  public String device() {
    return "cuda";
  }

  @Override
  public int preference() {
    return 0;
  }

  @Override
  public Set<Question> answers() {
    return EnumSet.of(Question.REPRESENTATION, Question.EVALUATION, Question.EXPRESSION);
  }

  @Override
  public Optional<String> lack() {
    Optional<String> lack;
    try {
      lack = Device.look(library).lack();
    } catch (MissingDeviceException e) {
      lack = Optional.of(e.getMessage());
    }
    return lack.map("The device cuda cannot be used: %s."::formatted);
  }

  /** Opens the card, whose driver compiles the kernels the first time. */
  @Override
  public void prepare() {
    card();
  }

  /** Opens the card once in a process, which keeps it until its end. */
  private synchronized Device card() {
    if (opened.isEmpty()) {
      opened = Optional.of(Device.open(library, Code.module()));
    }
    return opened.get();
  }

  /** Leaves the choice to nobody: cards multiply bfloat16 at 8 times the speed of float32. */
  @Override
  public Precision resolve(Precision chosen) {
    return chosen == Precision.AUTO ? Precision.BFLOAT16 : chosen;
  }

  /** Tells nothing: no training has been timed on a card yet. */
  @Override
  public OptionalDouble secondsPerOperation(Precision precision) {
    return OptionalDouble.empty();
  }

  @Override
  public Computation open(Model model) {
    Computation others = Engines.choose(PROCESSORS, Optional.empty()).open(model);
    return new GpuComputation(card(), others);
  }
}
