package org.regularizedvi.gpu.step;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.engine.Posterior;
import org.regularizedvi.engine.Posteriors;

/**
 * What launches left of the cells that they went over, valid until the next ones run.
 *
 * @param config the model's
 * @param latents from the counts to z
 * @param modalities from z to the likelihood, in the model's order
 * @param present which cells have which modality
 * @param sums of the terms, to be fetched before they are read
 */
record PassResults(
    ModelConfig config,
    LatentLayers latents,
    List<ModalityLayers> modalities,
    PresentCells present,
    AllSums sums) {
  /** {@return the sums of each term over the cells} */
  CellLoss cellSums() {
    Map<CellTerm, Double> nats = new EnumMap<>(CellTerm.class);
    for (CellTerm term : CellTerm.of(config)) {
      nats.put(
          term,
          switch (term) {
            case RECONSTRUCTION -> -sums.total(Sums.Sum.LOG_LIKELIHOOD);
            case KL_Z -> sums.total(Sums.Sum.KL_Z);
            case KL_L -> sums.total(Sums.Sum.KL_L);
            case HORSESHOE_KL -> sums.total(Sums.Sum.HORSESHOE_KL);
            case Z_SPARSITY -> sums.total(Sums.Sum.Z_SPARSITY);
            case HIDDEN_SPARSITY -> sums.total(Sums.Sum.HIDDEN_SPARSITY);
          });
    }
    return new CellLoss(nats);
  }

  /** {@return the sums over the cells of what each modality adds to the reconstruction} */
  double[] reconstructionOf() {
    return modalities.stream()
        .mapToDouble(own -> -own.sums().of(Sums.Sum.LOG_LIKELIHOOD))
        .toArray();
  }

  /** {@return the sum over the cells of their active dimensions} */
  double activeDims() {
    return sums.total(Sums.Sum.ACTIVE);
  }

  /** {@return the terms of what all cells share, as a step found them} */
  GlobalNats global() {
    GlobalNats nats = new GlobalNats();
    modalities.forEach(own -> own.addValues(nats));
    latents.addValues(nats);
    return nats;
  }

  /** {@return the log-likelihood of each cell's counts, those of each modality} */
  List<double[]> logLikelihoods(int rows) {
    return modalities.stream().map(own -> own.logLikelihood(rows)).toList();
  }

  /** {@return the distributions of the cells} */
  Posteriors posteriors(Minibatch minibatch) {
    return new Posteriors(latents(minibatch.size()), libraries(minibatch));
  }

  /**
   * {@return the same, those of z times the scales as they were drawn: at the mean their medians}
   */
  Posteriors scaled(Minibatch minibatch) {
    return new Posteriors(latents.scaled(minibatch.size()), libraries(minibatch));
  }

  /** {@return the distributions of z alone} */
  List<Posterior> latents(int rows) {
    return latents.posteriors(rows);
  }

  private List<Posterior> libraries(Minibatch minibatch) {
    return minibatch.covariates().hasSizeFactor()
        ? List.of()
        : modalities.stream().map(own -> own.libraryEncoder().posterior(minibatch.size())).toList();
  }

  /** {@return for each encoder of z which cells of the minibatch have what it sees} */
  List<boolean[]> encoded() {
    return latents.encoded(present);
  }
}
