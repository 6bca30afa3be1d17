package org.regularizedvi.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Gives the numbers of a run, under names that stay: docs/report.md lists them. A number that was
 * not measured is absent.
 */
public final class Metrics {
  private Metrics() {}

  /**
   * {@return the numbers by name, in the order that files have them}
   *
   * @param report what was found
   */
  public static SequencedMap<String, Double> of(Report report) {
    SequencedMap<String, Double> all = new LinkedHashMap<>();
    Report.Fit fit = report.fit();
    all.put("n_cells", (double) fit.cells());
    all.put("elbo", fit.elbo());
    fit.terms().forEach(term -> all.put(term.name(), term.nats()));
    all.put("n_active_dims", fit.activeDims());
    all.put("n_dims_any_active", (double) fit.anyActiveDims());
    all.put("n_latent", (double) fit.klPerDimension().length);
    report.integration().mixing().ifPresent(mixing -> all.put("mixing", mixing.score()));
    report.integration().scores().forEach(score -> all.put(score.name(), score.value()));
    Course course = report.course();
    course
        .curve("elbo")
        .ifPresent(
            curve -> {
              all.put("epochs", (double) curve.training().length);
              all.put("kept_epoch", (double) course.keptIndex(curve.training()) + 1);
              all.put("elbo_train", course.kept(curve.training()));
              curve
                  .validation()
                  .ifPresent(
                      values -> {
                        all.put("elbo_validation", course.kept(values));
                        int best = TrainingJudge.lowest(values);
                        all.put("best_epoch", (double) best + 1);
                        all.put("elbo_validation_best", values[best]);
                      });
            });
    report.modalities().forEach(modality -> put(modality, all));
    return all;
  }

  private static void put(ModalityFindings modality, SequencedMap<String, Double> all) {
    String end = modality.name().isEmpty() ? "" : "_" + Names.metric(modality.name());
    all.put("n_features" + end, (double) modality.features().size());
    if (!end.isEmpty()) {
      all.put("reconstruction" + end, modality.reconstruction());
    }
    modality.libraryObsW().ifPresent(w -> all.put("library_obs_w" + end, w));
    all.put("median_total_counts" + end, ModalityItems.median(modality.library().observed()));
    all.put(
        (modality.dispersions().noise() == ModalityFindings.Noise.INVERSE_DISPERSION
                ? "median_dispersion"
                : "median_technical_variance")
            + end,
        ModalityItems.median(modality.dispersions().theta()));
    modality
        .ambient()
        .ifPresent(
            a -> all.put("median_ambient_fraction" + end, ModalityItems.median(a.fractions())));
  }

  /**
   * {@return one JSON object with a number for each name; NaN becomes null}
   *
   * @param metrics the numbers by name
   */
  public static String json(SequencedMap<String, Double> metrics) {
    return node(metrics).toPrettyString() + "\n";
  }

  /**
   * Returns a custom-content file for MultiQC, which finds it if its name ends in {@code
   * _mqc.json}.
   *
   * @param sample the name of the run in MultiQC's table
   * @param metrics the numbers by name
   * @return the file's text, JSON
   */
  public static String multiQc(String sample, SequencedMap<String, Double> metrics) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("id", "regularizedvi");
    root.put("section_name", "regularizedvi");
    root.put(
        "description",
        "fits a variational autoencoder to single-cell counts; nats per cell, lower is better.");
    root.put("plot_type", "table");
    ObjectNode numbers = node(new LinkedHashMap<>(new TreeMap<>(metrics)));
    root.putObject("data").set(sample, numbers);
    return root.toPrettyString() + "\n";
  }

  private static ObjectNode node(SequencedMap<String, Double> metrics) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    metrics.forEach(
        (name, value) -> {
          if (value.isNaN()) {
            node.putNull(name);
          } else {
            node.put(name, value);
          }
        });
    return node;
  }
}
