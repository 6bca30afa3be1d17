package org.regularizedvi.cli.options;

import java.util.Iterator;
import java.util.Optional;
import org.regularizedvi.engine.Engine;
import org.regularizedvi.engine.Engines;
import org.regularizedvi.engine.Question;
import org.regularizedvi.input.InputException;
import picocli.CommandLine.Option;

/** Holds {@code --device} and {@code --engine}. */
public final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "What to compute on: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
      completionCandidates = Devices.class)
  private String device = Engines.AUTO;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "How to compute there: ${COMPLETION-CANDIDATES} (default: the fastest).",
      completionCandidates = Names.class)
  private Optional<String> engine = Optional.empty();

  private static final class Devices implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Engines.devices().iterator();
    }
  }

  private static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Engines.names().iterator();
    }
  }

  /**
   * Chooses the engine that answers questions to models in this process.
   *
   * @param question what is asked
   * @throws InputException when there is no such device or engine, it lacks something on this
   *     machine, or it does not answer such questions
   */
  public void apply(Question question) {
    Engine chosen = Engines.choose(device, engine);
    if (!chosen.answers().contains(question)) {
      throw new InputException(
          "The engine %s does not answer what this command asks of a model yet; use --device cpu."
              .formatted(chosen.name()));
    }
    Engines.use(chosen);
  }

  /**
   * Chooses the engine that models are trained with in this process: the one that is named, else
   * the one that an interrupted training began with.
   *
   * @param before what that one is called, empty where a training begins
   * @throws InputException when there is no such device or engine, or it lacks something on this
   *     machine
   */
  public void applyToTraining(Optional<String> before) {
    Optional<String> first = before.filter(Engines.names()::contains);
    if (named() || first.isEmpty()) {
      Engines.use(Engines.choose(device, engine));
      return;
    }
    try {
      Engines.use(Engines.choose(Engines.AUTO, first));
    } catch (InputException e) {
      throw new InputException(
          "%s The training that was interrupted began with it; --device names another to go on with."
              .formatted(e.getMessage()),
          e);
    }
  }

  /** {@return whether a device or an engine is named, rather than left to the program} */
  public boolean named() {
    return !device.equals(Engines.AUTO) || engine.isPresent();
  }
}
