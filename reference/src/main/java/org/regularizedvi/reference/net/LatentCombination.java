package org.regularizedvi.reference.net;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.data.Presence;
import org.regularizedvi.core.term.LatentSharing;
import org.regularizedvi.reference.torch.ParameterTensors;

/** Says who encodes z, and how the parts of several encoders become the z that all decoders get. */
public sealed interface LatentCombination {
  /** {@return the encoders whose draws are joined: one per modality, or one for all} */
  List<Encoder> encoders();

  /**
   * Joins one draw, or one mean, per encoder.
   *
   * @param partsNK in the order of the encoders
   * @param presence which cells have which modality
   * @return N x K of the z that all decoders get
   */
  Tensor joint(List<Tensor> partsNK, Presence presence);

  /**
   * {@return the weight of each modality in a cell's z, N x M with rows that sum to 1; empty where
   * nothing is weighed}
   *
   * @param partsNK in the order of the encoders
   * @param presence which cells have which modality
   */
  Optional<Tensor> weights(List<Tensor> partsNK, Presence presence);

  /**
   * Puts the parts side by side, in the order of the modalities.
   *
   * @param encoders one per modality
   */
  record Concatenation(List<Encoder> encoders) implements LatentCombination {
    @Override
    public Tensor joint(List<Tensor> partsNK, Presence presence) {
      return sideBySide(partsNK);
    }

    @Override
    public Optional<Tensor> weights(List<Tensor> partsNK, Presence presence) {
      return Optional.empty();
    }
  }

  /**
   * Takes the weighted mean over the modalities that a cell has.
   *
   * @param encoders one per modality, all with the same number of dimensions
   * @param logits the logarithms of the weights, up to a constant
   */
  record WeightedMean(List<Encoder> encoders, Logits logits) implements LatentCombination {
    @Override
    public Tensor joint(List<Tensor> partsNK, Presence presence) {
      Tensor weightsNM1 = weights(partsNK, presence).orElseThrow().unsqueeze(-1);
      return torch.stack(vector(partsNK), 1).mul(weightsNM1).sum(1);
    }

    /** {@return the softmax over the modalities present} */
    @Override
    public Optional<Tensor> weights(List<Tensor> partsNK, Presence presence) {
      Tensor hasNM = Masks.matrix(presence);
      Tensor logitsNM = logits.of(partsNK).expand_as(hasNM);
      Tensor absentNM = hasNM.lt(new Scalar(0.5));
      return Optional.of(
          logitsNM.masked_fill(absentNM, new Scalar(Double.NEGATIVE_INFINITY)).softmax(1));
    }
  }

  /** Gives the logits that the softmax of the weights is taken of. */
  sealed interface Logits {
    /**
     * {@return the logits: N x M, or 1 x M for all cells}
     *
     * @param partsNK the encoders' draws or means
     */
    Tensor of(List<Tensor> partsNK);

    /**
     * Gives all modalities the same weight.
     *
     * @param modalities number of modalities
     */
    record Equal(int modalities) implements Logits {
      @Override
      public Tensor of(List<Tensor> partsNK) {
        return torch.zeros(1, modalities);
      }
    }

    /**
     * Reads one learned number per modality.
     *
     * @param parameters of the whole model
     */
    record Universal(ParameterTensors parameters) implements Logits {
      @Override
      public Tensor of(List<Tensor> partsNK) {
        return parameters.get(LatentSharing.WEIGHTS).unsqueeze(0);
      }
    }

    /**
     * Computes the logits of each cell by a linear map of all parts side by side.
     *
     * @param parameters of the whole model
     */
    record Cell(ParameterTensors parameters) implements Logits {
      @Override
      public Tensor of(List<Tensor> partsNK) {
        return torch.linear(
            sideBySide(partsNK),
            parameters.get(LatentSharing.WEIGHT_NET + ".weight"),
            new TensorOptional(parameters.get(LatentSharing.WEIGHT_NET + ".bias")));
      }
    }
  }

  /**
   * Takes what the one encoder of all modalities gives.
   *
   * @param encoder of all modalities
   */
  record SingleEncoder(Encoder encoder) implements LatentCombination {
    @Override
    public List<Encoder> encoders() {
      return List.of(encoder);
    }

    @Override
    public Tensor joint(List<Tensor> partsNK, Presence presence) {
      return partsNK.getFirst();
    }

    @Override
    public Optional<Tensor> weights(List<Tensor> partsNK, Presence presence) {
      return Optional.empty();
    }
  }

  private static Tensor sideBySide(List<Tensor> partsNK) {
    return partsNK.size() == 1 ? partsNK.getFirst() : torch.cat(vector(partsNK), 1);
  }

  private static TensorVector vector(List<Tensor> tensors) {
    return new TensorVector(tensors.toArray(Tensor[]::new));
  }
}
