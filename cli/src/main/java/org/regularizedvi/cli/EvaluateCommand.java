package org.regularizedvi.cli;

import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.FeatureTable;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ModelInput;
import org.regularizedvi.cli.options.OpenModel;
import org.regularizedvi.cli.options.RunOptions;
import org.regularizedvi.core.result.Diagnosis;
import org.regularizedvi.engine.Question;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code regularizedvi evaluate} prints how well a model explains a file's cells, as JSON. */
@Command(
    name = "evaluate",
    description = {
      "Print how well a model explains the cells of a file, as JSON. The numbers are means in nats"
          + " per cell; lower is better.",
      "elbo is the sum of reconstruction (negative log-likelihood), kl_z and kl_l. A latent"
          + " dimension is active in a cell when its KL is above 0.01; background_share is the part"
          + " of the expected counts that is ambient; library_obs_w the weight of the observed"
          + " total in the library size."
    },
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Model and cells")
  private ModelInput input;

  @Mixin(name = "Output")
  private FeatureTable table;

  @Mixin(name = "Run")
  private RunOptions run;

  @Mixin(name = "Help")
  private HelpOption help;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    run.apply(Question.EVALUATION);
    try (OpenModel open = input.open(console::say, new PassProgress(console))) {
      table.require(open.cells().paths());
      Diagnosis diagnosis = open.model().diagnose(open.cells(), run.seed(), table.wanted());
      DiagnosisOutput found = new DiagnosisOutput(diagnosis);
      found.write(table, open.model());
      console.out().println(found.json());
    }
    return 0;
  }
}
