package org.regularizedvi.answers;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.cpu.net.Modality;
import org.regularizedvi.cpu.objective.Rates;
import org.regularizedvi.cpu.torch.Tensors;

/**
 * What does a decoder make of states? rho times a library size, the mean over states and over
 * categories, for a few cells at a time.
 */
final class DecodedScales implements AutoCloseable {
  private final Modality modality;
  private final Counterfactuals counterfactuals;
  private final OptionalDouble librarySize;
  private final Optional<int[]> chosen;
  private final DecodedBlocks blocks;

  /**
   * @param librarySize empty for that of the state
   * @param chosen places of the features wanted, all when empty
   */
  DecodedScales(
      Modality modality,
      Counterfactuals counterfactuals,
      OptionalDouble librarySize,
      Optional<int[]> chosen,
      int threads) {
    this.modality = modality;
    this.counterfactuals = counterfactuals;
    this.librarySize = librarySize;
    this.chosen = chosen;
    this.blocks = new DecodedBlocks(modality, threads);
  }

  private int columns() {
    return chosen.map(places -> places.length).orElse(modality.spec().features());
  }

  /**
   * The rows {@code from} to {@code to - 1} in row-major order, NaN where they lack the modality.
   */
  float[] of(Minibatch minibatch, List<CellStates.State> states, int from, int to) {
    return blocks.of(
        minibatch,
        from,
        to,
        columns(),
        (cells, first) -> Tensors.floats(mean(states, cells, first)));
  }

  private Tensor mean(List<CellStates.State> states, Covariates cells, int first) {
    List<Covariates> seen = counterfactuals.of(cells);
    IntFunction<Tensor> one =
        i -> {
          CellStates.State state = states.get(i / seen.size());
          Tensor zNK = state.zNK().narrow(0, first, cells.size());
          Tensor scale =
              Rates.scale(modality, modality.decoderHidden(zNK, seen.get(i % seen.size())));
          if (chosen.isPresent()) {
            scale = scale.index_select(1, Tensors.indices(chosen.get()));
          }
          if (librarySize.isPresent()) {
            return scale;
          }
          Tensor library =
              state.librariesN1().get(modality.spec().index()).narrow(0, first, cells.size());
          return scale.mul(modality.exposure(library).exp());
        };
    int all = states.size() * seen.size();
    Tensor sum = one.apply(0).clone();
    for (int i = 1; i < all; i++) {
      try (PointerScope _ = new PointerScope()) {
        sum.add_(one.apply(i));
      }
    }
    return sum.mul_(Tensors.scalar(librarySize.orElse(1) / all));
  }

  @Override
  public void close() {
    blocks.close();
  }
}
