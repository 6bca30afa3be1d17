package org.regularizedvi.cli;

import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.ComputeOptions;
import org.regularizedvi.cli.options.FeatureTable;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ModelInput;
import org.regularizedvi.cli.options.OpenModel;
import org.regularizedvi.core.result.CovariateEffects;
import org.regularizedvi.engine.Question;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code regularizedvi covariate-effects} prints what each covariate does in a model, as JSON. */
@Command(
    name = "covariate-effects",
    description = {
      "Print what each covariate does in a model, along each of the ways in which it enters: the"
          + " decoder's weights, the scaling of features, the background, the dispersions and the"
          + " library sizes. As JSON.",
      "decoder_weights are Frobenius norms of the first layer. Scaling and background have, for each"
          + " category, mean and spread over the features and the largest deviation: from 1 of a"
          + " scaling factor, from the mean of the categories of a background."
    },
    descriptionHeading = "%n",
    parameterListHeading = "%nInput%n",
    sortOptions = false)
final class CovariateEffectsCommand implements Callable<Integer> {
  private final Console console;

  @Mixin(name = "Model and cells")
  private ModelInput input;

  @Mixin(name = "Output")
  private FeatureTable table;

  @Mixin(name = "Run")
  private ComputeOptions compute;

  @Mixin(name = "Help")
  private HelpOption help;

  CovariateEffectsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    compute.apply(Question.OTHER);
    try (OpenModel open = input.open(console::say, new PassProgress(console))) {
      table.require(open.cells().paths());
      CovariateEffects effects = open.model().covariateEffects(open.cells());
      CovariateEffectsText text = new CovariateEffectsText(open.model(), effects);
      table.write(open.model(), text.header(), text::columns);
      console.out().println(text.json());
    }
    return 0;
  }
}
