package org.regularizedvi.core.term;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;

/**
 * Holds the cost of cells in nats, term by term: of one cell, as a mean over cells, or as a sum
 * over them. A term that a model does not have is absent.
 *
 * @param nats the cost by term, in the order in which terms are declared
 */
public record CellLoss(Map<CellTerm, Double> nats) implements Serializable {
  /** Keeps a copy in the order of the terms, which nobody can change. */
  public CellLoss {
    Map<CellTerm, Double> ordered = new EnumMap<>(CellTerm.class);
    ordered.putAll(nats);
    nats = Collections.unmodifiableMap(ordered);
  }

  /** {@return the sum over no cells, before it is known which terms there are} */
  public static CellLoss none() {
    return new CellLoss(Map.of());
  }

  /**
   * {@return the nats of one term}
   *
   * @param term the term
   * @throws IllegalArgumentException when the term is absent
   */
  public double of(CellTerm term) {
    if (!nats.containsKey(term)) {
      throw new IllegalArgumentException("No %s among %s".formatted(term, nats.keySet()));
    }
    return nats.get(term);
  }

  /** {@return the negative evidence lower bound: the sum of all terms at full weight, in nats} */
  public double elbo() {
    return sum(_ -> true);
  }

  /**
   * {@return the sum of the divergences at full weight, in nats, which the history calls {@code
   * kl_local}}
   */
  public double divergence() {
    return sum(CellTerm::divergence);
  }

  /** Adds terms up in their order, so that the last bit is the same everywhere. */
  private double sum(Predicate<CellTerm> which) {
    double sum = 0;
    for (Map.Entry<CellTerm, Double> term : nats.entrySet()) {
      sum += which.test(term.getKey()) ? term.getValue() : 0;
    }
    return sum;
  }

  /**
   * {@return both added up; a term that one of them lacks is 0 there}
   *
   * @param other the cost of other cells
   */
  public CellLoss plus(CellLoss other) {
    Map<CellTerm, Double> sums = new EnumMap<>(CellTerm.class);
    sums.putAll(nats);
    other.nats.forEach((term, value) -> sums.merge(term, value, Double::sum));
    return new CellLoss(sums);
  }

  /**
   * {@return every term times a number of cells: the sum whose mean this is}
   *
   * @param cells the number of cells
   */
  public CellLoss times(int cells) {
    return map(value -> value * cells);
  }

  /**
   * {@return every term divided by a number of cells: the mean of this sum}
   *
   * @param cells the number of cells, above 0
   */
  public CellLoss dividedBy(int cells) {
    return map(value -> value / cells);
  }

  /** {@return 0 for every term that there is here} */
  public CellLoss cleared() {
    return map(_ -> 0);
  }

  /**
   * {@return every term changed in the same way}
   *
   * @param change computes a term's new nats from its old ones
   */
  public CellLoss map(DoubleUnaryOperator change) {
    Map<CellTerm, Double> changed = new EnumMap<>(CellTerm.class);
    nats.forEach((term, value) -> changed.put(term, change.applyAsDouble(value)));
    return new CellLoss(changed);
  }
}
