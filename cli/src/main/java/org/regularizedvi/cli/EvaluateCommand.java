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
import org.regularizedvi.cli.options.CountOptions;
import org.regularizedvi.cli.options.Counts;
import org.regularizedvi.cli.options.HelpOption;
import org.regularizedvi.cli.options.RunOptions;
import org.regularizedvi.data.AnnDataFile;
import org.regularizedvi.data.CsvFile;
import org.regularizedvi.data.H5adCopy;
import org.regularizedvi.model.AmbientRegularizedSCVI;
import org.regularizedvi.model.Diagnosis;
import org.regularizedvi.model.Evaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code regularizedvi evaluate}: how well a model explains a file's cells, as JSON. */
@Command(
    name = "evaluate",
    description = {
      "Print how well a model explains the cells of a file, as JSON: mean nats a cell, lower is"
          + " better.",
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

  @Parameters(paramLabel = "INPUT", description = "The .h5ad file with raw counts.")
  private Path input;

  @Option(
      names = "--model-dir",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the trained model.")
  private Path modelDir;

  @Option(
      names = "--per-feature",
      paramLabel = "OUT.csv",
      description = "Table of each feature's reconstruction as well; takes longer.")
  private Optional<Path> perFeature = Optional.empty();

  @Option(names = "--overwrite", description = "Replace the table when it exists.")
  private boolean overwrite;

  @Mixin(name = "Counts")
  private CountOptions counts;

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
    Counts from = counts.toCounts();
    try (AmbientRegularizedSCVI model = AmbientRegularizedSCVI.load(modelDir);
        AnnDataFile file = AnnDataFile.open(input)) {
      perFeature.ifPresent(out -> H5adCopy.requireTarget(input, out, overwrite));
      Diagnosis diagnosis =
          model.diagnose(file, from.source(), from.checks(), run.seed(), perFeature.isPresent());
      perFeature.ifPresent(out -> write(out, model.features(), diagnosis));
      console.out().println(json(diagnosis));
    }
    return 0;
  }

  private void write(Path out, List<String> features, Diagnosis diagnosis) {
    double[] nats = diagnosis.modalities().getFirst().featureReconstruction().orElseThrow();
    List<List<String>> rows = new ArrayList<>();
    for (int g = 0; g < nats.length; g++) {
      rows.add(List.of(features.get(g), Double.toString(nats[g])));
    }
    CsvFile.write(out, List.of("feature", "reconstruction"), rows, overwrite);
  }

  private static String json(Diagnosis diagnosis) {
    Evaluation evaluation = diagnosis.evaluation();
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("elbo", evaluation.elbo());
    node.put("reconstruction", evaluation.reconstruction());
    node.put("kl_z", evaluation.klZ());
    node.put("kl_l", evaluation.klL());
    node.put("n_cells", evaluation.nCells());
    node.put("n_active_dims", evaluation.latent().activeDims());
    node.put("n_dims_any_active", evaluation.latent().anyActiveDims());
    ArrayNode perDimension = node.putArray("kl_z_per_dimension");
    Arrays.stream(evaluation.latent().klPerDimension()).forEach(perDimension::add);
    diagnosis.modalities().getFirst().libraryObsW().ifPresent(w -> node.put("library_obs_w", w));
    if (!diagnosis.modalities().getFirst().backgroundShare().isEmpty()) {
      ObjectNode shares = node.putObject("background_share");
      diagnosis.modalities().getFirst().backgroundShare().forEach(shares::put);
    }
    return node.toPrettyString();
  }
}
