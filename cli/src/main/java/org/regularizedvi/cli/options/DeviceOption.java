package org.regularizedvi.cli.options;

import java.util.Iterator;
import java.util.Optional;
import org.regularizedvi.engine.Engines;
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
   * Chooses the engine that models are computed with in this process.
   *
   * @throws org.regularizedvi.input.InputException when there is no such device or engine, or it
   *     lacks something on this machine
   */
  public void apply() {
    Engines.use(Engines.choose(device, engine));
  }
}
