package org.regularizedvi.core.term;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.core.shape.EncoderHeadStart;
import org.regularizedvi.core.shape.LayerTensors;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.ParameterSpec.Role;
import org.regularizedvi.core.shape.ParameterSpec.Start;
import org.regularizedvi.core.shape.StoredNames;

/**
 * Declares the parameters that belong to the latent combination of several modalities: none where
 * their latents lie side by side, the one encoder that sees all of them, or the weights of their
 * mean.
 *
 * @param spec the model
 */
public record LatentSharing(NetworkSpec spec) {
  /** The stored prefix of the encoder that sees all modalities. */
  public static final String ENCODER = "joint_encoder";

  /** The stored logits of the weights, one per modality, the same for all cells. */
  public static final String WEIGHTS = "modality_weight_params";

  /** The stored prefix of the linear map that gives a cell's logits. */
  public static final String WEIGHT_NET = "modality_weight_net";

  /** {@return the stored tensors, in the order in which they are stored} */
  public List<ParameterSpec> stored() {
    LayerTensors trained = new LayerTensors(Role.TRAINED, 1);
    int modalities = spec.modalities().size();
    return switch (spec.latent().mode()) {
      case CONCATENATION -> List.of();
      case SINGLE_ENCODER -> encoder(trained);
      case WEIGHTED_MEAN ->
          switch (spec.latent().weights()) {
            case EQUAL -> List.of();
            case UNIVERSAL -> List.of(trained.one(WEIGHTS, new Start.Constant(0), modalities));
            case CELL -> trained.linear(WEIGHT_NET, modalities, modalities * spec.jointLatent());
          };
    };
  }

  private List<ParameterSpec> encoder(LayerTensors trained) {
    NetShape shape = spec.jointEncoder();
    int[] keys = spec.modalities().getFirst().categories().encoder();
    List<ParameterSpec> all = new ArrayList<>();
    all.addAll(trained.stack(StoredNames.encoderLayers(ENCODER), shape, keys));
    EncoderHeadStart start = EncoderHeadStart.ofLatent(spec.config().starts().encoders(), 1);
    all.addAll(trained.heads(ENCODER, shape, spec.jointLatent(), start));
    return all;
  }
}
