package org.regularizedvi.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cpu.objective.CellTerms;
import org.regularizedvi.cpu.objective.CellValues;
import org.regularizedvi.cpu.objective.GlobalTerms;

/**
 * What a minibatch's loss was made of, means over its cells in nats.
 *
 * @param loss what was minimised, global terms included
 * @param activeDims latent dimensions that say something of a cell, mean over cells
 * @param reconstructionOf what each modality adds to {@code reconstruction}
 * @param brokenTerm the first term of the loss that is not finite
 * @param brokenGradient the first parameter whose gradient is not finite
 */
public record StepLosses(
    double loss,
    double reconstruction,
    double klZ,
    double klL,
    double activeDims,
    double[] reconstructionOf,
    Optional<String> brokenTerm,
    Optional<String> brokenGradient) {
  public static StepLosses of(
      double loss, CellValues cells, GlobalTerms global, GradientWatch gradients) {
    return new StepLosses(
        loss,
        cells.terms().reconstruction().mean().item_double(),
        cells.terms().klZ().mean().item_double(),
        cells.terms().klL().mean().item_double(),
        cells.activeDimsN().mean().item_double(),
        cells.reconstructionN().stream().mapToDouble(n -> n.mean().item_double()).toArray(),
        Double.isFinite(loss) ? Optional.empty() : broken(cells.terms(), global),
        gradients.first());
  }

  private static Optional<String> broken(CellTerms cells, GlobalTerms global) {
    Map<String, Tensor> terms = new LinkedHashMap<>();
    terms.put("the KL of z", cells.klZ());
    terms.put("the KL of l", cells.klL());
    terms.put("the reconstruction", cells.reconstruction());
    terms.putAll(global.byName());
    return terms.entrySet().stream()
        .filter(term -> !Double.isFinite(term.getValue().sum().item_double()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The same with what was seen of the gradients since. */
  public StepLosses with(GradientWatch gradients) {
    return new StepLosses(
        loss,
        reconstruction,
        klZ,
        klL,
        activeDims,
        reconstructionOf,
        brokenTerm,
        gradients.first());
  }

  /** The negative evidence lower bound, KL terms at full weight. */
  public double elbo() {
    return reconstruction + klZ + klL;
  }

  /** Whether the loss and all gradients are finite, and so the parameters after the step. */
  public boolean finite() {
    return Double.isFinite(loss) && brokenGradient.isEmpty();
  }
}
