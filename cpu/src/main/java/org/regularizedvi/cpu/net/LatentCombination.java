package org.regularizedvi.cpu.net;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.data.Presence;
import org.regularizedvi.core.term.LatentSharing;
import org.regularizedvi.cpu.torch.ParameterTensors;

/** Who encodes z, and how what several encoders say becomes the z that all decoders get. */
public sealed interface LatentCombination {
  /** Those whose draws are joined: one a modality, or one for all. */
  List<Encoder> encoders();

  /**
   * Joins one draw, or one mean, an encoder: N x K.
   *
   * @param partsNK in the order of the encoders
   */
  Tensor joint(List<Tensor> partsNK, Presence presence);

  /** What each modality weighs in a cell's z, N x M; empty where nothing is weighed. */
  Optional<Tensor> weights(List<Tensor> partsNK, Presence presence);

  /** The parts side by side, in the order of the modalities. */
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

  /** The weighted mean over the modalities that a cell has. */
  record WeightedMean(List<Encoder> encoders, Logits logits) implements LatentCombination {
    @Override
    public Tensor joint(List<Tensor> partsNK, Presence presence) {
      Tensor weightsNM1 = weights(partsNK, presence).orElseThrow().unsqueeze(-1);
      return torch.stack(vector(partsNK), 1).mul(weightsNM1).sum(1);
    }

    /** The softmax over the modalities present. */
    @Override
    public Optional<Tensor> weights(List<Tensor> partsNK, Presence presence) {
      Tensor hasNM = Masks.matrix(presence);
      Tensor logitsNM = logits.of(partsNK).expand_as(hasNM);
      Tensor absentNM = hasNM.lt(new Scalar(0.5));
      return Optional.of(
          logitsNM.masked_fill(absentNM, new Scalar(Double.NEGATIVE_INFINITY)).softmax(1));
    }
  }

  /** What the softmax of the weights is taken of: N x M, or 1 x M for all cells. */
  sealed interface Logits {
    Tensor of(List<Tensor> partsNK);

    /** The same for all modalities. */
    record Equal(int modalities) implements Logits {
      @Override
      public Tensor of(List<Tensor> partsNK) {
        return torch.zeros(1, modalities);
      }
    }

    /** One learned number a modality. */
    record Universal(ParameterTensors parameters) implements Logits {
      @Override
      public Tensor of(List<Tensor> partsNK) {
        return parameters.get(LatentSharing.WEIGHTS).unsqueeze(0);
      }
    }

    /** A linear map of all parts side by side. */
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

  /** What the one encoder of all modalities says. */
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
