package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.result.Expression;
import org.regularizedvi.core.result.ExpressionPlan;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Gives the expression of cells, without background, scaling of features and noise: rho times a
 * library size, at the posterior means or as the mean over draws.
 */
public final class DenoisedExpression {
  private DenoisedExpression() {}

  /**
   * Decodes cells.
   *
   * @param computation the model, opened
   * @param modalities all of the model
   * @param minibatches the cells, in the order of the result
   * @param counterfactuals the categories that the decoder is to see the cells as of
   * @param means of the draws that a logistic normal's mean is taken over
   * @param plan which features, and how many draws
   * @return a layer or matrix of each modality, to be closed by the caller
   */
  public static Expression of(
      Computation computation,
      List<AskedModality> modalities,
      Iterable<Minibatch> minibatches,
      Counterfactuals counterfactuals,
      CounterRandom means,
      ExpressionPlan plan) {
    CounterRandom random = plan.samples() == 0 ? means : new CounterRandom(plan.seed());
    List<OneModality> all = new ArrayList<>();
    try (CellStates states = new CellStates(computation, random)) {
      for (AskedModality asked : modalities) {
        if (asked.chosen(plan.features()).length > 0) {
          all.add(new OneModality(computation, asked, counterfactuals, plan));
        }
      }
      for (Minibatch minibatch : minibatches) {
        CellStates.Encoded encoded = states.encode(minibatch);
        List<CellState> some =
            plan.samples() == 0
                ? List.of(encoded.mean())
                : IntStream.range(0, plan.samples()).mapToObj(encoded::draw).toList();
        all.forEach(own -> own.add(minibatch, some));
      }
      return new Expression(all.stream().map(OneModality::result).toList());
    } catch (RuntimeException | Error e) {
      all.forEach(own -> own.values.discard());
      throw e;
    } finally {
      all.forEach(own -> own.scales.close());
    }
  }

  private static final class OneModality {
    private final String name;
    private final MeanExpression scales;
    private final GatheredValues values;

    OneModality(
        Computation computation,
        AskedModality asked,
        Counterfactuals counterfactuals,
        ExpressionPlan plan) {
      this.name = asked.name();
      this.scales =
          new MeanExpression(
              asked.spec().index(),
              asked.decoder(computation, plan.features()),
              counterfactuals,
              plan.librarySize());
      this.values = GatheredValues.of(asked, plan.features(), plan.cutOff(), plan.target());
    }

    void add(Minibatch minibatch, List<CellState> states) {
      for (int from = 0; from < minibatch.size(); from += CellBlocks.ROWS_AT_ONCE) {
        int to = Math.min(minibatch.size(), from + CellBlocks.ROWS_AT_ONCE);
        values.add(scales.of(minibatch, states, from, to), to - from);
      }
    }

    Expression.OfModality result() {
      return new Expression.OfModality(name, values.result());
    }
  }
}
