package org.regularizedvi.gpu.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.InputDropout;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.EncoderPart;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.EncoderShape;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.kernel.sparse.SparseProduct;

/**
 * Computes the first linear map of an encoder: the counts of each modality that it sees, as a dense
 * matrix, by a wide weight, and the covariates behind them by its tail.
 */
final class FirstMap {
  private final Kernels kernels;
  private final EncoderShape shape;
  private final DeviceMemory bias;
  private final DeviceMemory biasGradient;
  private final List<Part> parts = new ArrayList<>();
  private DeviceMemory roundedGradient = DeviceMemory.NONE;

  /** What belongs to one modality. */
  private static final class Part {
    private final EncoderPart place;
    private final WideWeight wide;
    private final Optional<LinearMap> tail;
    private final Optional<InputDropout> dropout;
    private final int tailColumns;
    private DeviceMemory input;
    private Optional<Slot> entryDraws = Optional.empty();
    private Slot tailInput;

    Part(
        EncoderPart place,
        WideWeight wide,
        Optional<LinearMap> tail,
        Optional<InputDropout> dropout,
        int tailColumns) {
      this.place = place;
      this.wide = wide;
      this.tail = tail;
      this.dropout = dropout;
      this.tailColumns = tailColumns;
    }

    private Rows tails() {
      return new Rows(tailInput.device(), tailColumns);
    }
  }

  /**
   * Makes the map over stored parameters.
   *
   * @param kernels of the card
   * @param arena owns its wide weights
   * @param shape of the encoder
   * @param parameters of the model
   * @param small has all but the wide weights
   */
  FirstMap(
      Kernels kernels,
      DeviceArena arena,
      EncoderShape shape,
      Parameters parameters,
      SmallParameters small) {
    this.kernels = kernels;
    this.shape = shape;
    this.bias = small.value(shape.firstMap() + ".bias");
    this.biasGradient = small.gradient(shape.firstMap() + ".bias");
    ParameterSpec stored = parameters.spec(weight(shape));
    int units = shape.layers().hidden();
    int columns = (int) stored.shape()[1];
    for (int p = 0; p < shape.parts().size(); p++) {
      EncoderPart place = shape.parts().get(p);
      WideWeight wide =
          new WideWeight(
              kernels,
              arena,
              new WideWeight.Layout(
                  parameters
                      .memory(weight(shape))
                      .asSlice((long) place.firstColumn() * Float.BYTES),
                  place.features(),
                  units,
                  1,
                  columns,
                  SparseProduct.stride(units)),
              stored);
      int tailColumns = tailColumns(shape, p, columns);
      Optional<LinearMap> tail =
          tailColumns > 0
              ? Optional.of(LinearMap.ofWeight(small, tailName(shape, p), units))
              : Optional.empty();
      parts.add(new Part(place, wide, tail, shape.inputDropout(place), tailColumns));
    }
  }

  private static String weight(EncoderShape shape) {
    return shape.firstMap() + ".weight";
  }

  /** {@return by which name the engine on processors has the moments of a tail} */
  private static String tailName(EncoderShape shape, int part) {
    return "%s (covariates %d)".formatted(weight(shape), part);
  }

  /** {@return the columns behind the counts of a part, one-hot ones behind the last} */
  private static int tailColumns(EncoderShape shape, int part, int columns) {
    EncoderPart place = shape.parts().get(part);
    boolean last = part == shape.parts().size() - 1;
    return (last ? columns : place.lastColumn()) - place.firstColumn() - place.features();
  }

  /** {@return the stored name of the weight that is not among the small parameters} */
  static String wideName(EncoderShape shape) {
    return weight(shape);
  }

  /** Adds the weight's columns for covariates, where there are any, to the small parameters. */
  static void addTails(
      EncoderShape shape, Parameters parameters, SequencedMap<String, Stored> small) {
    ParameterSpec stored = parameters.spec(weight(shape));
    int columns = (int) stored.shape()[1];
    for (int p = 0; p < shape.parts().size(); p++) {
      EncoderPart place = shape.parts().get(p);
      int count = tailColumns(shape, p, columns);
      if (count > 0) {
        small.put(
            tailName(shape, p),
            Stored.columns(
                parameters.memory(weight(shape)),
                columns,
                place.firstColumn() + place.features(),
                count,
                Stored.Moves.of(stored, moving(shape, p, stored, count))));
      }
    }
  }

  /**
   * {@return the entries of a tail that follow their gradient; all where it is empty}. Where not
   * all of a weight moves, it is one-hot columns, which stand at its end.
   */
  private static Optional<int[]> moving(
      EncoderShape shape, int part, ParameterSpec stored, int count) {
    boolean last = part == shape.parts().size() - 1;
    int before = (int) stored.shape()[1] - count;
    return stored
        .part()
        .map(some -> last ? some.behind(before).entries(stored.shape()[0], count) : new int[0]);
  }

  /**
   * Makes room for a minibatch.
   *
   * @param entries counts above 0 of each modality
   */
  void reserve(DeviceArena arena, int rows, List<Integer> entries) {
    for (Part part : parts) {
      part.input = arena.zeros((long) rows * part.wide.stride() * kernels.operandBytes());
      part.entryDraws =
          part.dropout.map(_ -> Slot.ofWords(arena, entries.get(part.place.modality())));
      part.tailInput = Slot.ofWords(arena, (long) rows * part.tailColumns);
    }
    roundedGradient =
        kernels.bfloat16()
            ? arena.zeros((long) rows * WideWeight.units(shape.layers().hidden()) * Short.BYTES)
            : DeviceMemory.NONE;
  }

  /** {@return numbers that the parts of its wide products take} */
  long partNumbers(int rows) {
    return parts.stream().mapToLong(part -> part.wide.partNumbers(rows)).max().orElseThrow();
  }

  /**
   * Sends what it sees of a minibatch besides counts.
   *
   * @param training the draws of a step; empty for a pass without dropout
   */
  void send(Minibatch minibatch, Optional<Noise> training) {
    for (Part part : parts) {
      sendTail(part, minibatch, training);
      if (part.entryDraws.isPresent() && training.filter(NoiseSources::given).isPresent()) {
        CountRows.supply(
            minibatch.counts().get(part.place.modality()),
            part.dropout.orElseThrow(),
            training.get(),
            part.entryDraws.get());
      }
    }
  }

  private void sendTail(Part part, Minibatch minibatch, Optional<Noise> training) {
    int rows = minibatch.size();
    int continuous = minibatch.covariates().continuous().length;
    float[] all = new float[rows * part.tailColumns];
    float[] factors = new float[continuous];
    for (int n = 0; n < rows && continuous > 0; n++) {
      Arrays.fill(factors, 1);
      if (training.isPresent() && part.dropout.isPresent()) {
        training.get().uniforms(part.dropout.get().covariates(), n, factors);
        part.dropout.get().factors(factors, continuous);
      }
      for (int c = 0; c < continuous; c++) {
        all[n * part.tailColumns + c] = minibatch.covariates().continuous()[c][n] * factors[c];
      }
    }
    if (part == parts.getLast()) {
      int[][] codes = minibatch.covariates().codes(Purpose.ENCODER);
      new OneHot(shape.oneHotKeys()).put(codes, rows, all, part.tailColumns, continuous);
    }
    part.tailInput.send(all, all.length);
  }

  /**
   * Adds the launches from the counts to the map's result.
   *
   * @param counts of each modality
   * @param room for parts of sums
   * @param out takes it
   */
  void forward(Frame frame, List<CountRows> counts, DeviceMemory room, Rows out) {
    for (Part part : parts) {
      boolean first = part == parts.getFirst();
      counts
          .get(part.place.modality())
          .spreadInput(frame, part.dropout, part.entryDraws, part.input);
      part.wide.multiply(
          frame, part.input, room, first ? bias : DeviceMemory.NONE, out.memory(), !first);
      part.tail.ifPresent(map -> map.forward(frame, part.tails(), out, true));
    }
  }

  /**
   * Adds the launches that differentiate the map, and Adam's on the wide weights.
   *
   * @param gradient by its result
   */
  void backward(Frame frame, Rows gradient) {
    int hidden = shape.layers().hidden();
    int units = WideWeight.units(hidden);
    LinearMap.sumColumns(frame, gradient, biasGradient, hidden);
    if (kernels.bfloat16()) {
      frame
          .launches()
          .add(
              Code.ROUND_ROWS,
              Math.ceilDiv(hidden, 32),
              Math.ceilDiv(frame.rows(), 8),
              1,
              gradient.memory(),
              hidden,
              roundedGradient,
              units,
              frame.rows());
    }
    for (Part part : parts) {
      part.tail.ifPresent(map -> map.differentiate(frame, gradient, part.tails()));
      if (kernels.bfloat16()) {
        part.wide.step(frame, part.input, roundedGradient, units);
      } else {
        part.wide.step(frame, part.input, gradient.memory(), hidden);
      }
    }
  }

  /** {@return the weights of the counts} */
  List<WideWeight.Named> wide() {
    List<WideWeight.Named> named = new ArrayList<>();
    for (int p = 0; p < parts.size(); p++) {
      String name = weight(shape);
      named.add(new WideWeight.Named(name, "%s (counts %d)".formatted(name, p), parts.get(p).wide));
    }
    return named;
  }
}
