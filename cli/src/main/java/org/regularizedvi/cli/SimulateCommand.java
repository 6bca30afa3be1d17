package org.regularizedvi.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.regularizedvi.analysis.SimulationFile;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.SimulationOptions;
import org.regularizedvi.core.simulate.SimulatedModality;
import org.regularizedvi.core.simulate.Simulation;
import org.regularizedvi.core.simulate.SimulationPlan;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.Amount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code regularizedvi simulate} draws cells from the generative model, with the truth. */
@Command(
    name = "simulate",
    description = {
      "Draw cells from the generative model, and write their counts together with the truth: types,"
          + " batches, library sizes, ambient profiles, scaling, dispersion.",
      "The same options give the same counts."
    },
    descriptionHeading = "%n",
    parameterListHeading = "%nOutput%n",
    sortOptions = false)
final class SimulateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "OUT",
      description = "The file to write: a .h5ad file of one modality, or a .h5mu file.")
  private Path out;

  @Option(
      names = "--ambient-profile-out",
      paramLabel = "OUT.csv",
      description =
          "Also write what is in solution: a table of features and their shares in each batch, as"
              + " train --ambient-profile takes it.")
  private Optional<Path> profiles = Optional.empty();

  @Option(names = "--overwrite", description = "Replace outputs that exist.")
  private boolean overwrite;

  @Mixin(name = "Simulation")
  private SimulationOptions options;

  @Mixin(name = "Help")
  private HelpOption help;

  SimulateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    SimulationPlan plan = options.toPlan();
    IfExists ifExists = IfExists.replaceIf(overwrite);
    SimulationFile.requireTarget(plan, out, ifExists);
    profiles.ifPresent(table -> SimulationFile.requireProfiles(plan, table, ifExists));
    Simulation simulation = Simulation.of(plan);
    SimulationFile.write(simulation, out, ifExists);
    profiles.ifPresent(table -> SimulationFile.writeProfiles(simulation, table, ifExists));
    for (SimulatedModality modality : simulation.modalities()) {
      long rows = modality.counts().rows();
      long places = rows * modality.counts().columns();
      console.say(
          String.format(
              Locale.ROOT,
              "simulated %s: %s x %s, %.1f %% of the counts not zero",
              modality.plan().name(),
              Amount.of(rows, "cell"),
              Amount.of(modality.counts().columns(), "feature"),
              100.0 * modality.counts().nonzeros() / Math.max(1, places)));
    }
    console.say("wrote " + out + profiles.map(table -> " and " + table).orElse(""));
    return 0;
  }
}
