package org.regularizedvi.reference.net;

import java.util.List;
import java.util.stream.IntStream;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.engine.Model;
import org.regularizedvi.reference.torch.ParameterTensors;

/**
 * Holds a model as the loss sees it: its modalities, who encodes z, and the tensors of its
 * parameters, which it owns.
 *
 * @param model sizes, options, priors and stored parameters
 * @param modalities in the order of the model
 * @param latent says who encodes z and how the parts are joined
 * @param parameters one tensor per stored parameter that something uses
 */
public record Network(
    Model model, List<Modality> modalities, LatentCombination latent, ParameterTensors parameters)
    implements AutoCloseable {

  /**
   * Makes the networks of a model, over the memory of its parameters.
   *
   * @param model sizes, options, priors and stored parameters, which must outlive the networks
   * @return the networks, to be closed by the caller
   */
  public static Network of(Model model) {
    NetworkSpec spec = model.spec();
    ParameterTensors parameters = ParameterTensors.over(model.parameters());
    List<Modality> modalities =
        IntStream.range(0, spec.modalities().size())
            .mapToObj(m -> Modality.of(spec.modalities().get(m), model.priors().get(m), parameters))
            .toList();
    return new Network(model, modalities, latent(spec, parameters), parameters);
  }

  /** {@return the options that all modalities have in common} */
  public ModelConfig config() {
    return model.spec().config();
  }

  private static LatentCombination latent(NetworkSpec spec, ParameterTensors parameters) {
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

  /** {@return whether each of several modalities has a slice of z} */
  public boolean sideBySide() {
    return model.spec().sideBySide();
  }

  @Override
  public void close() {
    parameters.close();
  }
}
