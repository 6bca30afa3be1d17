package org.regularizedvi.cpu.objective;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The values that a pass gave each cell, for reports: no gradients.
 *
 * @param activeDimsN number of active latent dimensions
 * @param reconstructionN negative log-likelihood of the counts, one column per modality
 */
public record CellValues(CellTerms terms, Tensor activeDimsN, List<Tensor> reconstructionN) {
  /** Those of several blocks of rows, one below the other. */
  public static CellValues joined(List<CellValues> blocks) {
    return new CellValues(
        CellTerms.joined(blocks.stream().map(CellValues::terms).toList()),
        column(blocks, CellValues::activeDimsN),
        IntStream.range(0, blocks.getFirst().reconstructionN.size())
            .mapToObj(m -> column(blocks, block -> block.reconstructionN.get(m)))
            .toList());
  }

  private static Tensor column(List<CellValues> blocks, Function<CellValues, Tensor> of) {
    return torch.cat(new TensorVector(blocks.stream().map(of).toArray(Tensor[]::new)));
  }
}
