package org.regularizedvi.reference.inference;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.engine.DecodedCells;
import org.regularizedvi.engine.ExpectedTotals;
import org.regularizedvi.reference.net.Masks;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.objective.Elbo;
import org.regularizedvi.reference.objective.Rates;
import org.regularizedvi.reference.objective.TotalsTable;
import org.regularizedvi.reference.torch.Inference;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Holds what a modality's decoder made of the cells of a pass; the tensors are the pass's.
 *
 * @param hiddenNH decoder's last hidden layer
 * @param libraryN1 log library size
 * @param table present where the modality has a background
 */
record NetworkDecoded(
    Modality modality,
    Minibatch minibatch,
    Tensor hiddenNH,
    Tensor libraryN1,
    Optional<TotalsTable> table)
    implements DecodedCells {

  @Override
  public double[] reconstructionG(int from, int to) {
    int index = modality.spec().index();
    boolean[] present = Arrays.copyOfRange(minibatch.present(index), from, to);
    return Inference.run(
        () -> {
          Rates rates =
              Rates.of(
                  modality,
                  rows(hiddenNH, from, to),
                  rows(libraryN1, from, to),
                  covariates(from, to),
                  Optional.empty());
          Tensor logNG = Elbo.logProbability(minibatch.counts().get(index).slice(from, to), rates);
          return Tensors.doubles(Masks.masked(logNG, present).sum(0).neg());
        });
  }

  @Override
  public ExpectedTotals totals(int from, int to) {
    return Inference.run(
        () -> {
          Covariates covariates = covariates(from, to);
          Tensor hidden = rows(hiddenNH, from, to);
          Tensor library = rows(libraryN1, from, to);
          return new ExpectedTotals(
              Tensors.floats(table.orElseThrow().nativeN(hidden, library, covariates)),
              Tensors.matrix(table.orElseThrow().backgroundNC(library, covariates)));
        });
  }

  private Covariates covariates(int from, int to) {
    return minibatch.covariates().gather(IntStream.range(from, to).toArray());
  }

  private static Tensor rows(Tensor all, int from, int to) {
    return all.narrow(0, from, to - from);
  }
}
