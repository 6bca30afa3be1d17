package org.regularizedvi.cpu.net;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.draw.InputDropout;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.EncoderPart;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.ParameterSpec.Role;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.EncoderShape;
import org.regularizedvi.cpu.layer.Bias;
import org.regularizedvi.cpu.layer.OneHotColumns;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.sparse.EncoderCounts;
import org.regularizedvi.cpu.sparse.SparseFirstLayer;
import org.regularizedvi.cpu.sparse.UnitPanels;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.step.Adam;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.cpu.step.TiledMatrix;
import org.regularizedvi.cpu.work.Workers;

/**
 * Computes the first linear map of an encoder: bias, the nonzeros of the modalities that it sees,
 * and the tails, which are the weight's columns for continuous covariates behind each modality's
 * counts, with the one-hot columns behind the last.
 */
public final class FirstLayer {
  private final EncoderShape shape;
  private final String weight;
  private final boolean moves;
  private final MemorySegment bias;
  private final Optional<MemorySegment> biasGradient;
  private final OneHotColumns oneHot;
  private final Products products;
  private final List<Part> parts = new ArrayList<>();

  private final RunSums sums;

  /** Holds what belongs to one modality. */
  private static final class Part {
    private final EncoderPart place;
    private final SparseFirstLayer counts;
    private final Matrix storedTail;
    private final Matrix tail;
    private final String tailName;
    private final Optional<Matrix> tailGradient;
    private Matrix tailInput;

    Part(
        EncoderPart place,
        SparseFirstLayer counts,
        Matrix storedTail,
        Matrix tail,
        String tailName,
        Optional<Matrix> tailGradient) {
      this.place = place;
      this.counts = counts;
      this.storedTail = storedTail;
      this.tail = tail;
      this.tailName = tailName;
      this.tailGradient = tailGradient;
    }
  }

  /**
   * Copies the weight out of the stored parameter.
   *
   * @param shape the encoder
   * @param parameters of the model
   * @param gradients of those parameters that move; the tails' are added
   * @param arena owns its memory
   * @param products multiplies
   * @param split which genes are whose
   */
  public FirstLayer(
      EncoderShape shape,
      Parameters parameters,
      Gradients gradients,
      Arena arena,
      Products products,
      Split split) {
    this.shape = shape;
    this.weight = shape.firstMap() + ".weight";
    this.products = products;
    this.bias = parameters.memory(shape.firstMap() + ".bias");
    this.biasGradient = gradients.find(shape.firstMap() + ".bias");
    this.oneHot = new OneHotColumns(shape.oneHotKeys());
    ParameterSpec spec = parameters.spec(weight);
    boolean trained = gradients.any();
    this.moves = trained && spec.movesWhole();
    int units = (int) spec.shape()[0];
    int columns = (int) spec.shape()[1];
    Matrix stored = Matrix.over(parameters.memory(weight), units, columns);
    for (int p = 0; p < shape.parts().size(); p++) {
      EncoderPart part = shape.parts().get(p);
      boolean last = p == shape.parts().size() - 1;
      int behindCounts = part.firstColumn() + part.features();
      int count = (last ? columns : part.lastColumn()) - behindCounts;
      Matrix tail = Matrix.over(arena.allocate(4L * units * count, 64), units, count);
      String tailName = "%s (covariates %d)".formatted(weight, p);
      // Where not all of a weight moves, it is one-hot columns, which stand at its end.
      boolean tailMoves =
          trained && count > 0 && spec.role() == Role.TRAINED && (last || spec.part().isEmpty());
      Optional<Matrix> gradient =
          tailMoves
              ? Optional.of(
                  Matrix.over(gradients.add(tailName, (long) units * count, arena), units, count))
              : Optional.empty();
      SparseFirstLayer counts =
          new SparseFirstLayer(arena, parameters, weight, part, trained, split);
      Part own =
          new Part(part, counts, stored.columns(behindCounts, count), tail, tailName, gradient);
      own.storedTail.copyRows(0, units, own.tail);
      parts.add(own);
    }
    this.sums = new RunSums(split, parts.stream().map(part -> part.counts).toList(), bias);
  }

  /** {@return the stored name of the weight whose gradient comes in tiles} */
  public String weightName() {
    return weight;
  }

  /** {@return the weight's columns for counts, by names of their own} */
  public Map<String, TiledMatrix> tiled() {
    Map<String, TiledMatrix> matrices = new LinkedHashMap<>();
    for (int p = 0; p < parts.size(); p++) {
      matrices.put("%s (counts %d)".formatted(weight, p), parts.get(p).counts.counts());
    }
    return matrices;
  }

  /**
   * Gives the tails to the optimiser.
   *
   * @param parameters of the model
   * @param adam takes them under its care
   */
  public void handTails(Parameters parameters, Adam adam) {
    ParameterSpec spec = parameters.spec(weight);
    for (Part part : parts) {
      if (part.tailGradient.isPresent()) {
        int before = Math.toIntExact(spec.shape()[1] - part.tail.columns());
        long[] tailShape = {part.tail.rows(), part.tail.columns()};
        adam.add(
            part.tailName,
            part.tail.memory(),
            spec.part().map(some -> some.behind(before).entries(tailShape)),
            spec.lrMultiplier());
      }
    }
  }

  /**
   * Makes room for a minibatch.
   *
   * @param arena owns the memory
   * @param rows number of cells
   */
  public void reserve(Arena arena, int rows) {
    for (Part part : parts) {
      part.tailInput = Matrix.in(arena, rows, part.tail.columns());
    }
    sums.reserve(arena, rows);
  }

  /**
   * Writes what the tails multiply: continuous covariates, thinned by dropout in training, and
   * one-hot columns.
   *
   * @param covariates of the minibatch
   * @param training the step's noise, in training alone
   */
  public void put(Covariates covariates, Optional<Noise> training) {
    for (Part part : parts) {
      Matrix input = part.tailInput;
      int continuous = covariates.continuous().length;
      Optional<InputDropout> dropout =
          training.isPresent() ? shape.inputDropout(part.place) : Optional.empty();
      float[] factors = new float[continuous];
      Arrays.fill(factors, 1);
      for (int n = 0; continuous > 0 && n < covariates.size(); n++) {
        if (dropout.isPresent()) {
          training.orElseThrow().uniforms(dropout.get().covariates(), n, factors);
          dropout.get().factors(factors, continuous);
        }
        for (int c = 0; c < continuous; c++) {
          input.set(n, c, covariates.continuous()[c][n] * factors[c]);
        }
      }
      if (part == parts.getLast()) {
        Matrix columns = input.columns(continuous, oneHot.count());
        oneHot.put(covariates.codes(Purpose.ENCODER), covariates.size(), columns);
      }
    }
  }

  /** {@return how its units are cut into panels} */
  public UnitPanels panels() {
    return parts.getFirst().counts.panels();
  }

  /** {@return what sums up bias and nonzeros} */
  RunSums sums() {
    return sums;
  }

  /**
   * Adds the part of the tails for some rows.
   *
   * @param from the first row
   * @param to the row after the last
   * @param out cells x units
   */
  public void addTails(int from, int to, Matrix out) {
    for (Part part : parts) {
      if (part.tail.columns() > 0) {
        products.timesTransposed(part.tailInput.rows(from, to), part.tail, 1, out.rows(from, to));
      }
    }
  }

  /**
   * Computes the gradients by bias and tails.
   *
   * @param gradient by the map's result: the minibatch's cells x units
   */
  public void differentiateSmall(Matrix gradient) {
    biasGradient.ifPresent(into -> Bias.sum(gradient, into));
    for (Part part : parts) {
      Matrix input = part.tailInput.rows(0, gradient.rows());
      part.tailGradient.ifPresent(into -> products.transposedTimes(gradient, input, 0, into));
    }
  }

  /** {@return the number of tasks that {@link #backward} is cut into; none where nothing moves} */
  public int backwardTasks() {
    return moves ? parts.stream().mapToInt(part -> part.counts.backwardTasks()).sum() : 0;
  }

  /**
   * Hands a part of the wide weight's gradient out.
   *
   * @param counts as this encoder sees them, by modality that it sees
   * @param gradient by the map's result: cells x units
   * @param worker who does the task
   * @param task its number
   * @param taker takes the gradient
   */
  public void backward(
      List<EncoderCounts> counts, Matrix gradient, int worker, int task, TiledMatrix.Taker taker) {
    int left = task;
    int p = 0;
    while (left >= parts.get(p).counts.backwardTasks()) {
      left -= parts.get(p++).counts.backwardTasks();
    }
    parts.get(p).counts.backward(counts.get(p), gradient, worker, left, taker);
  }

  /**
   * Copies the weight into the stored parameter.
   *
   * @param workers do the copying
   */
  public void store(Workers workers) {
    for (Part part : parts) {
      part.counts.store(workers);
      part.tail.copyRows(0, part.tail.rows(), part.storedTail);
    }
  }
}
