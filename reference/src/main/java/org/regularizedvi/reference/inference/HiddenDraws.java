package org.regularizedvi.reference.inference;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.engine.DecodedDraws;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.torch.Inference;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Keeps the last hidden layer of draws as one tensor, of which each call takes the logits it needs.
 */
final class HiddenDraws implements DecodedDraws {
  private static final int DRAWS_AT_ONCE = 128;

  private final Modality modality;
  private final Tensor hiddenNH;

  /** The log of what softmax divides by; not used by softplus. */
  private final Tensor logSumsN1;

  HiddenDraws(Modality modality, int number) {
    this.modality = modality;
    try (PointerScope _ = new PointerScope()) {
      hiddenNH = Tensors.keep(torch.zeros(number, modality.decoder().hiddenColumns()));
      logSumsN1 = Tensors.keep(torch.zeros(number, 1));
    }
  }

  @Override
  public int drawsAtOnce() {
    return DRAWS_AT_ONCE;
  }

  @Override
  public void decode(int first, FloatMatrix zNK, Covariates covariates) {
    Inference.run(
        () -> {
          Tensor hidden = modality.decoder().hidden(Tensors.of(zNK), covariates);
          put(hidden, hiddenNH, first);
          if (modality.decoder().softmax()) {
            put(logits(hidden, 0, modality.spec().features()).logsumexp(1), logSumsN1, first);
          }
          return zNK;
        });
  }

  /** Copies rows to their place among all. */
  private static void put(Tensor rows, Tensor all, int first) {
    float[] values = Tensors.floats(rows);
    long offset = first * all.size(1) * Float.BYTES;
    MemorySegment.copy(values, 0, Tensors.memory(all), JAVA_FLOAT, offset, values.length);
  }

  @Override
  public float[] scale(int from, int to) {
    return Inference.run(
        () -> {
          Tensor logits = logits(hiddenNH, from, to);
          Tensor scale =
              modality.decoder().softmax() ? logits.sub(logSumsN1).exp() : torch.softplus(logits);
          Optional<Tensor> sizes = modality.decoder().sizes(hiddenNH, from, to);
          return Tensors.floats(sizes.map(scale::mul).orElse(scale).t());
        });
  }

  private Tensor logits(Tensor hidden, int from, int to) {
    return modality.decoder().logits(hidden, from, to);
  }

  @Override
  public void close() {
    hiddenNH.close();
    logSumsN1.close();
  }
}
