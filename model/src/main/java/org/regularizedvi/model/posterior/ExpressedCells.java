package org.regularizedvi.model.posterior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.regularizedvi.data.DenseLayer;
import org.regularizedvi.data.FloatMatrix;
import org.regularizedvi.data.Layer;
import org.regularizedvi.data.SparseLayer;
import org.regularizedvi.data.SparseRows;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.model.Expression;
import org.regularizedvi.model.ExpressionPlan;
import org.regularizedvi.model.net.Minibatch;
import org.regularizedvi.model.net.Modality;
import org.regularizedvi.model.net.Network;
import org.regularizedvi.model.torch.Processor;

/** What do these cells express, without background, scaling of features and noise? */
public final class ExpressedCells {
  /** Rows of a block that is decoded and put away. */
  private static final int ROWS_AT_ONCE = 256;

  private ExpressedCells() {}

  /**
   * One modality that is asked about.
   *
   * @param name what to call it
   * @param features names of its features
   * @param places of its features in the file
   */
  public record Asked(
      Modality modality, String name, List<String> features, FeaturePlaces places) {}

  /**
   * Goes through cells that come in the order of the result.
   *
   * @param means the source of the posterior means, where they are drawn
   */
  public static Expression of(
      Network network,
      List<Asked> modalities,
      Iterable<Minibatch> minibatches,
      Counterfactuals counterfactuals,
      CounterRandom means,
      ExpressionPlan plan) {
    CounterRandom random = plan.samples() == 0 ? means : new CounterRandom(plan.seed());
    List<OneModality> all = new ArrayList<>();
    try (CellStates states = new CellStates(network, random, Processor.threads())) {
      for (Asked asked : modalities) {
        int[] chosen = chosen(asked, plan);
        if (chosen.length > 0) {
          all.add(new OneModality(asked, chosen, counterfactuals, plan));
        }
      }
      for (Minibatch minibatch : minibatches) {
        try (PointerScope _ = new PointerScope();
            NoGradGuard _ = new NoGradGuard()) {
          CellStates.Encoded encoded = states.encode(minibatch);
          List<CellStates.State> some =
              plan.samples() == 0
                  ? List.of(encoded.mean())
                  : IntStream.range(0, plan.samples()).mapToObj(encoded::draw).toList();
          all.forEach(own -> own.add(minibatch, some));
        }
      }
      return new Expression(all.stream().map(OneModality::result).toList());
    } catch (RuntimeException | Error e) {
      all.forEach(own -> own.layer.ifPresent(Layer::close));
      throw e;
    } finally {
      all.forEach(own -> own.scales.close());
    }
  }

  /** Places of the features wanted that are this modality's. */
  private static int[] chosen(Asked asked, ExpressionPlan plan) {
    return plan.features()
        .map(names -> names.stream().mapToInt(asked.features()::indexOf).filter(g -> g >= 0))
        .orElse(IntStream.range(0, asked.features().size()))
        .toArray();
  }

  private static final class OneModality {
    private final Asked asked;
    private final int[] chosen;
    private final OptionalDouble cutOff;
    private final DecodedScales scales;
    private final Optional<Layer> layer;
    private final List<float[]> kept = new ArrayList<>();

    OneModality(Asked asked, int[] chosen, Counterfactuals counterfactuals, ExpressionPlan plan) {
      this.asked = asked;
      this.chosen = chosen;
      this.cutOff = plan.cutOff();
      this.scales =
          new DecodedScales(
              asked.modality(),
              counterfactuals,
              plan.librarySize(),
              plan.features().map(_ -> chosen),
              Processor.threads());
      int columns = asked.places().columns();
      if (plan.features().isPresent()) {
        this.layer = Optional.empty();
      } else if (cutOff.isPresent()) {
        this.layer = Optional.of(SparseLayer.beside(plan.target(), columns));
      } else {
        this.layer = Optional.of(DenseLayer.beside(plan.target(), columns));
      }
    }

    void add(Minibatch minibatch, List<CellStates.State> states) {
      for (int from = 0; from < minibatch.size(); from += ROWS_AT_ONCE) {
        int to = Math.min(minibatch.size(), from + ROWS_AT_ONCE);
        float[] block = scales.of(minibatch, states, from, to);
        if (layer.isEmpty()) {
          kept.add(block);
        } else {
          switch (layer.get()) {
            case SparseLayer sparse -> sparse.add(asked.places().inFile(sparse(block, to - from)));
            case DenseLayer dense -> dense.add(inFile(block, to - from));
          }
        }
      }
    }

    private float[] inFile(float[] block, int rows) {
      int[] columnOf = asked.places().columnOf();
      int columns = asked.places().columns();
      float[] moved = new float[Math.multiplyExact(rows, columns)];
      Arrays.fill(moved, Float.NaN);
      for (int n = 0; n < rows; n++) {
        for (int g = 0; g < columnOf.length; g++) {
          moved[n * columns + columnOf[g]] = block[n * columnOf.length + g];
        }
      }
      return moved;
    }

    /** What is not below the cut-off; a row of NaN becomes an empty one. */
    private SparseRows sparse(float[] block, int rows) {
      int columns = scales.columns();
      double least = cutOff.orElseThrow();
      int[] indptr = new int[rows + 1];
      int[] indices = new int[block.length];
      float[] values = new float[block.length];
      int stored = 0;
      for (int n = 0; n < rows; n++) {
        for (int g = 0; g < columns; g++) {
          float value = block[n * columns + g];
          if (value >= least) {
            indices[stored] = g;
            values[stored++] = value;
          }
        }
        indptr[n + 1] = stored;
      }
      return new SparseRows(
          columns, indptr, Arrays.copyOf(indices, stored), Arrays.copyOf(values, stored));
    }

    Expression.OfModality result() {
      if (layer.isPresent()) {
        return new Expression.OfModality(asked.name(), new Expression.Values.All(layer.get()));
      }
      int length = kept.stream().mapToInt(block -> block.length).reduce(0, Math::addExact);
      float[] values = new float[length];
      int at = 0;
      for (float[] block : kept) {
        System.arraycopy(block, 0, values, at, block.length);
        at += block.length;
      }
      List<String> names = Arrays.stream(chosen).mapToObj(asked.features()::get).toList();
      FloatMatrix matrix = new FloatMatrix(length / chosen.length, chosen.length, values);
      return new Expression.OfModality(asked.name(), new Expression.Values.Some(names, matrix));
    }
  }
}
