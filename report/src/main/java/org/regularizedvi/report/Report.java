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
   * How well a model explains cells, nats a cell.
   *
   * @param activeDims latent dimensions in use in a cell, mean over cells
   * @param klPerDimension mean over cells
   */
  public record Fit(
      int cells,
      double elbo,
      double reconstruction,
      double klZ,
      double klL,
      double activeDims,
      int anyActiveDims,
      double[] klPerDimension) {}

  /** The curve of that name, where it is known. */
  Optional<Curve> curve(String name) {
    return curves.stream().filter(c -> c.name().equals(name)).findFirst();
  }
}
