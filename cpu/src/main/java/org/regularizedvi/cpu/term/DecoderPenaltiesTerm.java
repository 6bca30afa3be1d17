package org.regularizedvi.cpu.term;

import java.util.ArrayList;
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
 *   2 l2 w + l1 sign(w), where l2 is that of one-hot columns or that of all others
 * </pre>
 *
 * <p>Of the wide weight of the scale decoder only the penalty is asked for: whoever takes its
 * gradient adds the penalty's.
 */
public final class DecoderPenaltiesTerm implements SharedTerm {
  private final DecoderPenalties own;
  private final List<Layer> hidden = new ArrayList<>();
  private final DoubleSupplier scalePenalty;
  private final float[] weight = new float[Entries.PIECE];
  private final float[] slope = new float[Entries.PIECE];

  /**
   * Holds a hidden layer's weight.
   *
   * @param entries the weight, row by row
   * @param columns the number of columns, or 1 when all have the same factor
   * @param l2 the factor on the square of each entry of some rows, so many that a piece may begin
   *     at any column of the first
   */
  private record Layer(Entries entries, int columns, float[] l2) {}

  /**
   * Makes the penalties of a modality.
   *
   * @param own their factors, and which weights they hold
   * @param parameters of the whole model
   * @param scalePenalty gives the penalty of the scale decoder's weight, nats; it is asked only
   *     when that counts
   */
  public DecoderPenaltiesTerm(
      DecoderPenalties own, Parameters parameters, DoubleSupplier scalePenalty) {
    this.own = own;
    this.scalePenalty = scalePenalty;
    for (String name : own.hiddenWeights()) {
      boolean first = hidden.isEmpty() && own.covariateColumns() > 0;
      int columns = first ? own.firstCovariateColumn() + own.covariateColumns() : 1;
      float[] l2 = new float[Entries.PIECE + columns];
      for (int i = 0; i < l2.length; i++) {
        boolean oneHot = first && i % columns >= own.firstCovariateColumn();
        l2[i] = (float) (oneHot ? own.covariateL2() : own.latentL2());
      }
      hidden.add(new Layer(new Entries(parameters, name), columns, l2));
    }
  }

  @Override
  public GlobalTerm term() {
    return GlobalTerm.DECODER_PENALTIES;
  }

  @Override
  public double differentiate(double factor, Gradients gradients, Noise noise) {
    double value = own.latentL2() > 0 ? scalePenalty.getAsDouble() : 0;
    if (own.latentL2() > 0 || own.covariateL2() > 0 || own.factors().decoderHiddenL1() > 0) {
      for (Layer layer : hidden) {
        value += of(layer, factor, gradients);
      }
    }
    return value;
  }

  private double of(Layer layer, double factor, Gradients gradients) {
    Entries entries = layer.entries();
    float[] l2 = layer.l2();
    float l1 = (float) own.factors().decoderHiddenL1();
    double sum = 0;
    int count;
    for (int from = 0; from < entries.size(); from += count) {
      count = entries.read(from, weight);
      int column = from % layer.columns();
      for (int i = 0; i < count; i++) {
        float w = weight[i];
        slope[i] = 2 * l2[column + i] * w + l1 * Math.signum(w);
        weight[i] = l2[column + i] * w * w + l1 * Math.abs(w);
      }
      sum += Sums.of(weight, count);
      entries.add(gradients, factor, slope, from, count);
    }
    return sum;
  }
}
