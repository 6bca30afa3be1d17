package org.regularizedvi.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.FeatureTable;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ModelInput;
import org.regularizedvi.cli.options.OpenModel;
import org.regularizedvi.cli.options.RunOptions;
import org.regularizedvi.core.result.Diagnosis;
import org.regularizedvi.core.result.Evaluation;
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
    run.apply();
    try (OpenModel open = input.open(console::say)) {
      table.require(open.cells().paths());
      Diagnosis diagnosis = open.model().diagnose(open.cells(), run.seed(), table.wanted());
      table.write(
          open.model(),
          List.of("reconstruction"),
          name -> List.of(reconstruction(diagnosis, name)));
      console.out().println(json(diagnosis));
    }
    return 0;
  }

  private static double[] reconstruction(Diagnosis diagnosis, String modality) {
    return diagnosis.modalities().stream()
        .filter(own -> own.name().equals(modality))
        .findFirst()
        .flatMap(Diagnosis.OfModality::perFeatureReconstructionLoss)
        .orElseThrow();
  }

  private static String json(Diagnosis diagnosis) {
    Evaluation evaluation = diagnosis.evaluation();
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("elbo", evaluation.elbo());
    evaluation.means().nats().forEach((term, nats) -> node.put(term.key(), nats));
    node.put("n_cells", evaluation.nCells());
    node.put("n_active_dims", evaluation.latent().activeDims());
    node.put("n_dims_any_active", evaluation.latent().anyActiveDims());
    ArrayNode perDimension = node.putArray("kl_z_per_dimension");
    Arrays.stream(evaluation.latent().klPerDimension()).forEach(perDimension::add);
    if (diagnosis.modalities().getFirst().name().isEmpty()) {
      put(diagnosis.modalities().getFirst(), node);
      return node.toPrettyString();
    }
    ObjectNode modalities = node.putObject("modalities");
    for (int m = 0; m < diagnosis.modalities().size(); m++) {
      Diagnosis.OfModality modality = diagnosis.modalities().get(m);
      ObjectNode own = modalities.putObject(modality.name());
      own.put("reconstruction", evaluation.reconstructionOf()[m]);
      put(modality, own);
    }
    return node.toPrettyString();
  }

  private static void put(Diagnosis.OfModality modality, ObjectNode node) {
    modality.libraryObsW().ifPresent(w -> node.put("library_obs_w", w));
    if (!modality.backgroundShare().isEmpty()) {
      ObjectNode shares = node.putObject("background_share");
      modality.backgroundShare().forEach(shares::put);
    }
  }
}
