package org.regularizedvi.report;

import java.util.List;
import java.util.Optional;

/**
 * Everything that was found about a run: what the page, the figures and the metrics show.
 *
 * @param run what was run
 * @param fit how well the model explains the cells
 * @param course the course of training
 * @param integration how well batches mix and labels stay apart
 * @param map the cells in the plane
 * @param modalities what was found in each modality
 * @param attribution which latent dimensions move which modality, where there are several
 */
public record Report(
    RunFacts run,
    Fit fit,
    Course course,
    Integration integration,
    MapView map,
    List<ModalityFindings> modalities,
    Optional<Attribution> attribution) {
  /** Keeps copies, which nobody can change. */
  public Report {
    modalities = List.copyOf(modalities);
  }

  /**
   * How well a model explains cells.
   *
   * @param cells the number of cells
   * @param elbo the sum of the terms, nats per cell
   * @param terms the terms of the loss, in the order in which they are shown
   * @param activeDims the number of latent dimensions in use in a cell, mean over cells
   * @param anyActiveDims the number of latent dimensions in use in at least one cell
   * @param klPerDimension the KL of each latent dimension, nats per cell
   */
  public record Fit(
      int cells,
      double elbo,
      List<Term> terms,
      double activeDims,
      int anyActiveDims,
      double[] klPerDimension) {
    /** Keeps copies, which nobody can change. */
    public Fit {
      terms = List.copyOf(terms);
    }

    /** {@return the term of that name, in nats per cell} */
    double of(String name) {
      return terms.stream()
          .filter(term -> term.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("No term " + name))
          .nats();
    }
  }

  /**
   * A term of the loss.
   *
   * @param name the name in metrics files
   * @param curve the name of its curve
   * @param caption the caption of the figure of its curve
   * @param nats its value, nats per cell
   */
  public record Term(String name, String curve, String caption, double nats) {}
}
