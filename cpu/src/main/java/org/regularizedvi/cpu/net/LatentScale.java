package org.regularizedvi.cpu.net;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.EncoderShape;
import org.regularizedvi.core.term.LatentShrinkage;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.cpu.term.LatentRelevanceTerm;
import org.regularizedvi.cpu.work.RowRange;
import org.regularizedvi.engine.Model;

/**
 * Multiplies the part of z that one encoder draws by scales: z = g d. Methods that take rows may
 * run for different rows at once.
 *
 * <pre>
 *   dd = g dz      dg = d dz
 * </pre>
 */
public sealed interface LatentScale permits SharedScale, CellScale {
  /**
   * {@return the scales of a modality's part of z; empty when it has none}
   *
   * @param model sizes, options and stored parameters
   * @param spec the modality
   * @param gradients of those parameters that move; none outside training
   * @param arena owns its memory
   * @param products multiplies
   * @param split which genes are whose
   */
  static Optional<LatentScale> of(
      Model model,
      ModalitySpec spec,
      Gradients gradients,
      Arena arena,
      Products products,
      Split split) {
    Optional<LatentScale> shared =
        LatentRelevanceTerm.of(spec, model.parameters())
            .map(term -> new SharedScale(term, gradients.any()));
    return shared.or(
        () ->
            LatentShrinkage.of(spec)
                .map(
                    own ->
                        new CellScale(
                            own,
                            new Encoder(
                                EncoderShape.ofScales(own),
                                model.parameters(),
                                gradients,
                                arena,
                                products,
                                split))));
  }

  /** {@return the encoder that gives the scales, where they are each cell's own} */
  Optional<Encoder> encoder();

  /**
   * Makes room for a minibatch.
   *
   * @param arena owns the memory
   * @param rows number of cells
   */
  void reserve(Arena arena, int rows);

  /**
   * Says which scales the next cells have, where all have the same.
   *
   * @param draws gives the draw; empty for the median
   */
  void begin(Optional<Noise> draws);

  /**
   * Computes the distributions of the scales of some cells.
   *
   * @param rows the cells
   * @param training the step's noise, in training alone
   */
  void encode(RowRange rows, Optional<Noise> training);

  /**
   * Draws the scales of some cells and multiplies their part of z.
   *
   * @param rows the cells
   * @param noise all draws of the pass
   * @param partNK the part of z, in place
   */
  void multiply(RowRange rows, Noise noise, Matrix partNK);

  /**
   * Adds the divergence of the scales of some cells to what each cell has.
   *
   * @param rows the cells
   * @param present whether each cell has the modality
   * @param values takes the divergences
   */
  void divergence(RowRange rows, boolean[] present, CellValues values);

  /**
   * {@return the scales of the cells as they were drawn last, where a dimension with a small one is
   * not active: N x K; empty where small ones do not count}
   */
  Optional<Matrix> drawnNK();

  /**
   * {@return the medians of a cell's scales, one per dimension}
   *
   * @param n the cell, which has been encoded
   */
  float[] medianK(int n);

  /**
   * Takes the gradient by the part of z of some cells, in place, to that by what was multiplied,
   * and what comes through the scales back to their parameters.
   *
   * @param rows the cells
   * @param present whether each cell has the modality
   * @param klWeight what a nat of the divergence of a cell adds to the loss
   * @param noise of the step
   * @param gradientNK the gradient
   */
  void backward(RowRange rows, boolean[] present, double klWeight, Noise noise, Matrix gradientNK);

  /**
   * {@return the tasks that compute the gradients of its parameters, when {@link #backward} has
   * seen all rows}
   *
   * @param rows gives the number of cells of the minibatch
   * @param gradients takes them
   */
  List<Runnable> parameterTasks(IntSupplier rows, Gradients gradients);
}
