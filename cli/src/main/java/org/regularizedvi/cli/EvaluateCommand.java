package org.regularizedvi.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.ModelInput;
import org.regularizedvi.cli.options.OpenModel;
import org.regularizedvi.cli.options.RunOptions;
import org.regularizedvi.core.result.Diagnosis;
import org.regularizedvi.core.result.Evaluation;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.tables.CsvFile;
import org.regularizedvi.model.RegularizedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Option(
      names = "--per-feature",
      paramLabel = "OUT.csv",
      description = "Also write a table of each feature's reconstruction; this takes longer.")
  private Optional<Path> perFeature = Optional.empty();

  @Option(names = "--overwrite", description = "Replace the table if it exists.")
  private boolean overwrite;

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
      perFeature.ifPresent(
          out -> Formats.requireTable(open.cells().paths(), out, IfExists.replaceIf(overwrite)));
      Diagnosis diagnosis = open.model().diagnose(open.cells(), run.seed(), perFeature.isPresent());
      perFeature.ifPresent(out -> write(out, open.model(), diagnosis));
      console.out().println(json(diagnosis));
    }
    return 0;
  }

  /** Writes the table; a single modality has no name, and the table then no column for it. */
  private void write(Path out, RegularizedModel model, Diagnosis diagnosis) {
    boolean named = !model.modalities().getFirst().isEmpty();
    List<List<String>> rows = new ArrayList<>();
    for (Diagnosis.OfModality modality : diagnosis.modalities()) {
      double[] nats = modality.featureReconstruction().orElseThrow();
      List<String> names = model.features(modality.name());
      for (int g = 0; g < nats.length; g++) {
        String value = Double.toString(nats[g]);
        rows.add(
            named ? List.of(modality.name(), names.get(g), value) : List.of(names.get(g), value));
      }
    }
    List<String> header =
        named
            ? List.of("modality", "feature", "reconstruction")
            : List.of("feature", "reconstruction");
    CsvFile.write(out, header, rows, IfExists.replaceIf(overwrite));
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
