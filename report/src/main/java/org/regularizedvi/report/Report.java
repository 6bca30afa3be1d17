package org.regularizedvi.report;

import java.util.List;
import java.util.Optional;

/**
 * All that was found of a run.
 *
 * @param fit how well the model explains the cells
 * @param curves the course of training, empty where it is not known
 * @param attribution of several modalities
 */
public record Report(
    RunFacts run,
    Fit fit,
    List<Curve> curves,
    Integration integration,
    MapView map,
    List<ModalityFindings> modalities,
    Optional<Attribution> attribution) {
  public Report {
    curves = List.copyOf(curves);
    modalities = List.copyOf(modalities);
  }

  /**
   * How well a model explains cells, in nats per cell.
   *
   * @param elbo the sum of the terms
   * @param terms of the loss, in the order in which they are shown
   * @param activeDims latent dimensions in use in a cell, mean over cells
   * @param klPerDimension mean over cells
   */
  public record Fit(
      int cells,
      double elbo,
      List<Term> terms,
      double activeDims,
      int anyActiveDims,
      double[] klPerDimension) {
    public Fit {
      terms = List.copyOf(terms);
    }

    /** Returns the nats per cell of the term with that name. */
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
   * @param name in metrics files
   * @param curve name of its curve
   * @param caption of the figure of its curve
   * @param nats per cell
   */
  public record Term(String name, String curve, String caption, double nats) {}

  /** The curve of that name, where it is known. */
  Optional<Curve> curve(String name) {
    return curves.stream().filter(c -> c.name().equals(name)).findFirst();
  }
}
