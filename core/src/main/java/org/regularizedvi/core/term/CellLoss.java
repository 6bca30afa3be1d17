package org.regularizedvi.core.term;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;

/**
 * What cells cost, term by term: a cell's nats, a mean over cells, or a sum over them. A term that
 * a model does not have is absent.
 *
 * @param nats by term, in the order in which terms are declared
 */
public record CellLoss(Map<CellTerm, Double> nats) {
  public CellLoss {
    Map<CellTerm, Double> ordered = new EnumMap<>(CellTerm.class);
    ordered.putAll(nats);
    nats = Collections.unmodifiableMap(ordered);
  }

  /** Returns the sum over no cells, before it is known which terms there are. */
  public static CellLoss none() {
    return new CellLoss(Map.of());
  }

  /**
   * Returns one term's nats.
   *
   * @throws IllegalArgumentException when the term is absent
   */
  public double of(CellTerm term) {
    if (!nats.containsKey(term)) {
      throw new IllegalArgumentException("No %s among %s".formatted(term, nats.keySet()));
    }
    return nats.get(term);
  }

  /** The negative evidence lower bound: all terms at full weight. */
  public double elbo() {
    return sum(_ -> true);
  }

  /** The divergences at full weight, which the history calls {@code kl_local}. */
  public double divergence() {
    return sum(CellTerm::divergence);
  }

  /** In the order of the terms, so that the last bit is the same everywhere. */
  private double sum(Predicate<CellTerm> which) {
    double sum = 0;
    for (Map.Entry<CellTerm, Double> term : nats.entrySet()) {
      sum += which.test(term.getKey()) ? term.getValue() : 0;
    }
    return sum;
  }

  /** Returns both added up; a term that one of them lacks is 0 there. */
  public CellLoss plus(CellLoss other) {
    Map<CellTerm, Double> sums = new EnumMap<>(CellTerm.class);
    sums.putAll(nats);
    other.nats.forEach((term, value) -> sums.merge(term, value, Double::sum));
    return new CellLoss(sums);
  }

  /** Returns every term times a number of cells: the sum whose mean this is. */
  public CellLoss times(int cells) {
    return map(value -> value * cells);
  }

  /** Returns every term divided by a number of cells: the mean of this sum. */
  public CellLoss dividedBy(int cells) {
    return map(value -> value / cells);
  }

  /** Returns 0 for every term that there is here. */
  public CellLoss cleared() {
    return map(_ -> 0);
  }

  /** Returns every term changed in the same way. */
  public CellLoss map(DoubleUnaryOperator change) {
    Map<CellTerm, Double> changed = new EnumMap<>(CellTerm.class);
    nats.forEach((term, value) -> changed.put(term, change.applyAsDouble(value)));
    return new CellLoss(changed);
  }
}
