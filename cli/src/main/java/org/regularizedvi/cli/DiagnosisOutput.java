package org.regularizedvi.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.regularizedvi.cli.options.FeatureTable;
import org.regularizedvi.core.result.Diagnosis;
import org.regularizedvi.core.result.Evaluation;
import org.regularizedvi.model.RegularizedModel;

/**
 * Writes how well a model explains cells.
 *
 * @param diagnosis what was found
 */
public record DiagnosisOutput(Diagnosis diagnosis) {
  /**
   * Writes the table of the features, if it is wanted.
   *
   * @param table where it goes
   * @param model that was asked
   */
  public void write(FeatureTable table, RegularizedModel model) {
    table.write(model, List.of("reconstruction"), name -> List.of(reconstruction(name)));
  }

  private double[] reconstruction(String modality) {
    return diagnosis.modalities().stream()
        .filter(own -> own.name().equals(modality))
        .findFirst()
        .flatMap(Diagnosis.OfModality::perFeatureReconstructionLoss)
        .orElseThrow();
  }

  /** {@return the numbers as JSON} */
  public String json() {
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
