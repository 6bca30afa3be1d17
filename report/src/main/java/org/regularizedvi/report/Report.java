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
    Optional<Mixing> mixing,
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

  /**
   * How well groups of cells mix among nearest neighbours.
   *
   * @param key the column of obs that has the groups
   * @param score 0 apart, 1 as by chance
   * @param cells how many it was measured on
   */
  public record Mixing(String key, double score, int cells) {}

  /** The curve of that name, where it is known. */
  Optional<Curve> curve(String name) {
    return curves.stream().filter(c -> c.name().equals(name)).findFirst();
  }
}
