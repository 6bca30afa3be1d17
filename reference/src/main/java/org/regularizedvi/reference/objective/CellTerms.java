package org.regularizedvi.reference.objective;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.core.term.CellTerm;

/**
 * Holds the parts of the loss that belong to cells, one value per cell each, in nats.
 *
 * @param tensorsN by term, in the order in which terms are declared; a term that the model does not
 *     have is absent
 */
public record CellTerms(Map<CellTerm, Tensor> tensorsN) {
  /** Keeps a copy in the order in which terms are declared. */
  public CellTerms {
    Map<CellTerm, Tensor> ordered = new EnumMap<>(CellTerm.class);
    ordered.putAll(tensorsN);
    tensorsN = Collections.unmodifiableMap(ordered);
  }

  /**
   * {@return one term's values, one per cell}
   *
   * @param term one that the model has
   */
  public Tensor of(CellTerm term) {
    return tensorsN.get(term);
  }

  /** {@return the number of cells} */
  public long size() {
    return of(CellTerm.RECONSTRUCTION).size(0);
  }

  /** {@return the values without the graph that led there} */
  CellTerms detach() {
    Map<CellTerm, Tensor> detached = new EnumMap<>(CellTerm.class);
    tensorsN.forEach((term, tensorN) -> detached.put(term, tensorN.detach()));
    return new CellTerms(detached);
  }

  /** {@return every term's mean over the cells, nats per cell} */
  public CellLoss means() {
    return numbers(Tensor::mean);
  }

  /** {@return every term's sum over the cells, nats} */
  public CellLoss sums() {
    return numbers(Tensor::sum);
  }

  private CellLoss numbers(UnaryOperator<Tensor> scalar) {
    Map<CellTerm, Double> numbers = new EnumMap<>(CellTerm.class);
    tensorsN.forEach((term, tensorN) -> numbers.put(term, scalar.apply(tensorN).item_double()));
    return new CellLoss(numbers);
  }

  /**
   * {@return the first term that is not finite, divergences before what compares with the counts: a
   * broken draw breaks both}
   */
  public Optional<CellTerm> firstBroken() {
    Function<Boolean, Stream<CellTerm>> terms =
        divergence -> tensorsN.keySet().stream().filter(term -> term.divergence() == divergence);
    return Stream.concat(terms.apply(true), terms.apply(false))
        .filter(term -> !Double.isFinite(of(term).sum().item_double()))
        .findFirst();
  }
}
