package org.regularizedvi.cpu.term;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.cpu.step.Gradients;

/**
 * Computes the penalties that keep a modality's decoder weights small; by a weight w of a hidden
 * layer:
 *
 * <pre>
 *   2 l2 w + l1 sign(w), and 2 covariate_l2 w in the first layer's one-hot columns
 * </pre>
 *
 * <p>Of the wide weight of the scale decoder only the squares are asked for: whoever takes its
 * gradient adds the penalty's.
 */
public final class DecoderPenaltiesTerm implements SharedTerm {
  private final DecoderPenalties own;
  private final List<Entries> hidden;
  private final int firstColumns;
  private final DoubleSupplier scaleSquares;
  private final float[] weight = new float[Entries.PIECE];
  private final float[] slope = new float[Entries.PIECE];

  /**
   * Makes the penalties of a modality.
   *
   * @param own their factors, and which weights they hold
   * @param parameters of the whole model
   * @param scaleSquares gives the sum of squares of the scale decoder's weight; it is asked only
   *     when that counts
   */
  public DecoderPenaltiesTerm(
      DecoderPenalties own, Parameters parameters, DoubleSupplier scaleSquares) {
    this.own = own;
    this.hidden = own.hiddenWeights().stream().map(name -> new Entries(parameters, name)).toList();
    this.firstColumns = own.firstCovariateColumn() + own.covariateColumns();
    this.scaleSquares = scaleSquares;
  }

  @Override
  public GlobalTerm term() {
    return GlobalTerm.DECODER_PENALTIES;
  }

  @Override
  public double differentiate(double factor, Gradients gradients, Noise noise) {
    double value = 0;
    if (own.weightL2() > 0) {
      value += own.weightL2() * scaleSquares.getAsDouble();
    }
    if (own.weightL2() > 0 || own.factors().decoderHiddenL1() > 0) {
      for (Entries entries : hidden) {
        value += ofAll(entries, factor, gradients);
      }
    }
    if (own.covariateL2() != 0) {
      value += ofCovariates(hidden.getFirst(), factor, gradients);
    }
    return value;
  }

  private double ofAll(Entries entries, double factor, Gradients gradients) {
    float l2 = (float) own.weightL2();
    float l1 = (float) own.factors().decoderHiddenL1();
    double sum = 0;
    int count;
    for (int from = 0; from < entries.size(); from += count) {
      count = entries.read(from, weight);
      for (int i = 0; i < count; i++) {
        float w = weight[i];
        slope[i] = 2 * l2 * w + l1 * Math.signum(w);
        weight[i] = l2 * w * w + l1 * Math.abs(w);
      }
      sum += Sums.of(weight, count);
      entries.add(gradients, factor, slope, from, count);
    }
    return sum;
  }

  private double ofCovariates(Entries first, double factor, Gradients gradients) {
    double l2 = own.covariateL2();
    double squares = 0;
    for (int row = 0; row < first.size(); row += firstColumns) {
      for (int column = own.firstCovariateColumn(); column < firstColumns; column++) {
        double w = first.get(row + column);
        squares += w * w;
        first.add(gradients, row + column, factor * 2 * l2 * w);
      }
    }
    return l2 * squares;
  }
}
