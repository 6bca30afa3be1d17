package org.regularizedvi.cpu.net;

import java.util.List;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.prior.ModalityPriors;
import org.regularizedvi.core.shape.NetworkSpec;

/**
 * A model as the loss sees it: its modalities, what each one's priors took from data, and the
 * parameters, which it owns.
 */
public record Network(
    NetworkSpec spec,
    List<Modality> modalities,
    List<ModalityPriors> priors,
    LatentCombination latent,
    Parameters parameters)
    implements AutoCloseable {

  /** A model whose modalities share the options of the first, sizes and terms apart. */
  public static Network of(NetworkSpec spec, List<ModalityPriors> priors, Parameters parameters) {
    List<Modality> modalities =
        spec.modalities().stream().map(own -> new Modality(own, parameters)).toList();
    return new Network(spec, modalities, List.copyOf(priors), latent(spec, parameters), parameters);
  }

  /** The same model over tensors of its own that share the parameters' memory. */
  public Network alias() {
    return of(spec, priors, parameters.aliases());
  }

  public ModelConfig config() {
    return spec.config();
  }

  private static LatentCombination latent(NetworkSpec spec, Parameters parameters) {
    List<Encoder> encoders =
        spec.latent().mode() == LatentMode.SINGLE_ENCODER
            ? List.of(Encoder.joint(spec, parameters))
            : spec.modalities().stream().map(own -> Encoder.ofLatent(own, parameters)).toList();
    return switch (spec.latent().mode()) {
      case CONCATENATION -> new LatentCombination.Concatenation(encoders);
      case SINGLE_ENCODER -> new LatentCombination.SingleEncoder(encoders.getFirst());
      case WEIGHTED_MEAN ->
          new LatentCombination.WeightedMean(
              encoders,
              switch (spec.latent().weights()) {
                case EQUAL -> new LatentCombination.Logits.Equal(encoders.size());
                case UNIVERSAL -> new LatentCombination.Logits.Universal(parameters);
                case CELL -> new LatentCombination.Logits.Cell(parameters);
              });
    };
  }

  /** Whether each of several modalities has a slice of z. */
  public boolean sideBySide() {
    return modalities.size() > 1 && latent instanceof LatentCombination.Concatenation;
  }

  @Override
  public void close() {
    parameters.close();
  }
}
