package org.regularizedvi.answers;

import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.cpu.fused.Workers;
import org.regularizedvi.cpu.net.Modality;
import org.regularizedvi.cpu.torch.Tensors;

/**
 * rho of many draws, some features at a time: holds the decoder's last hidden layer of each draw, N
 * x H, never N x G. Its tensors belong to the pointer scope it was made in.
 */
final class SampledScales {
  private static final int DRAWS_AT_ONCE = 128;

  private final Modality modality;
  private final Tensor hiddenNH;

  /** The log of what softmax divides by; ignored by softplus. */
  private final Tensor logSumsN1;

  private SampledScales(Modality modality, Tensor hiddenNH, Tensor logSumsN1) {
    this.modality = modality;
    this.hiddenNH = hiddenNH;
    this.logSumsN1 = logSumsN1;
  }

  /** Tells what the decoder sees besides z of the draws {@code from} to {@code to - 1}. */
  interface Seen {
    Covariates of(int from, int to);
  }

  /**
   * Decodes up to the last hidden layer.
   *
   * @param zNK row-major
   * @param block number of draws, one block after another, that are as of the same categories
   */
  static SampledScales of(Modality modality, float[] zNK, int block, Seen seen, Workers workers) {
    int latent = modality.spec().jointLatent();
    int draws = zNK.length / latent;
    int tasksOfBlock = (block + DRAWS_AT_ONCE - 1) / DRAWS_AT_ONCE;
    int hidden = modality.spec().decoder().hidden();
    float[] hiddenNH = new float[Math.multiplyExact(draws, hidden)];
    float[] logSums = new float[draws];
    workers.run(
        draws / block * tasksOfBlock,
        (_, task) -> {
          int start = task / tasksOfBlock * block;
          int from = start + task % tasksOfBlock * DRAWS_AT_ONCE;
          int to = Math.min(start + block, from + DRAWS_AT_ONCE);
          try (PointerScope _ = new PointerScope();
              NoGradGuard _ = new NoGradGuard()) {
            Tensor z =
                Tensors.of(Arrays.copyOfRange(zNK, from * latent, to * latent), to - from, latent);
            Tensor h = modality.decoderHidden(z, seen.of(from, to));
            System.arraycopy(Tensors.floats(h), 0, hiddenNH, from * hidden, (to - from) * hidden);
            if (softmax(modality)) {
              Tensor sums = logits(modality, h, 0, modality.spec().features()).logsumexp(1);
              System.arraycopy(Tensors.floats(sums), 0, logSums, from, to - from);
            }
          }
        });
    return new SampledScales(
        modality, Tensors.of(hiddenNH, draws, hidden), Tensors.of(logSums, draws, 1));
  }

  /** rho of the features {@code from} to {@code to - 1}, one after another, of all draws each. */
  float[] features(int from, int to) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      Tensor logits = logits(modality, hiddenNH, from, to);
      Tensor scale = softmax(modality) ? logits.sub(logSumsN1).exp() : torch.softplus(logits);
      return Tensors.floats(scale.t());
    }
  }

  private static boolean softmax(Modality modality) {
    return modality.spec().generative().scaleActivation() == ScaleActivation.SOFTMAX;
  }

  private static Tensor logits(Modality modality, Tensor hiddenNH, int from, int to) {
    StoredNames names = modality.spec().names();
    Tensor weight = modality.parameters().get(names.scaleWeight()).narrow(0, from, to - from);
    Tensor bias = modality.parameters().get(names.scaleBias()).narrow(0, from, to - from);
    return torch.linear(hiddenNH, weight, new TensorOptional(bias));
  }
}
