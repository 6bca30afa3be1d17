package org.regularizedvi.cpu.net;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.data.Presence;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.core.term.EncoderShape;
import org.regularizedvi.cpu.layer.Gaussian;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.cpu.term.LatentKlTerm;
import org.regularizedvi.cpu.work.RowRange;
import org.regularizedvi.engine.Model;

/**
 * Computes the part of z that one encoder gives: q(z|x), a draw of it, the scales that multiply it,
 * and the divergences of both. Methods that take rows may run for different rows at once.
 */
public final class LatentPart {
  private final Encoder encoder;
  private final Optional<LatentScale> scale;
  private final boolean logisticNormal;
  private final boolean useKl;
  private Matrix klNK;

  /** Whether each cell of the minibatch has a modality that the encoder sees. */
  private boolean[] present = new boolean[0];

  private LatentPart(NetworkSpec spec, Encoder encoder, Optional<LatentScale> scale, Matrix klNK) {
    this.encoder = encoder;
    this.scale = scale;
    this.logisticNormal = spec.config().generative().latentDistribution() == LatentDistribution.LN;
    this.useKl = spec.config().latentPrior().useKlZ();
    this.klNK = klNK;
  }

  /**
   * {@return the parts of a model's z, in the order of their encoders}
   *
   * @param model sizes, options and stored parameters
   * @param gradients of those parameters that move; none outside training
   * @param arena owns their memory
   * @param products multiplies
   * @param split which genes are whose
   */
  static List<LatentPart> all(
      Model model, Gradients gradients, Arena arena, Products products, Split split) {
    NetworkSpec spec = model.spec();
    return EncoderShape.ofLatents(spec).stream()
        .map(
            shape ->
                new LatentPart(
                    spec,
                    new Encoder(shape, model.parameters(), gradients, arena, products, split),
                    LatentScale.of(
                        model,
                        spec.modalities().get(shape.index()),
                        gradients,
                        arena,
                        products,
                        split),
                    Matrix.in(arena, 0, shape.outputs())))
        .toList();
  }

  /** {@return the encoder of q(z|x)} */
  public Encoder encoder() {
    return encoder;
  }

  /** {@return what multiplies it; empty where nothing does} */
  public Optional<LatentScale> scale() {
    return scale;
  }

  /** {@return the divergence of q(z|x) in each dimension: N x K, nats} */
  public Matrix klNK() {
    return klNK;
  }

  /** {@return the encoder of q(z|x) and that of the scales, where they have one} */
  Stream<Encoder> encoders() {
    return Stream.concat(Stream.of(encoder), scale.flatMap(LatentScale::encoder).stream());
  }

  /** Takes a minibatch. */
  void prepare(Covariates covariates, Presence presence, Optional<Noise> training) {
    encoders().forEach(own -> own.put(covariates, training));
    present = presence.any(encoder.shape().modalities());
  }

  /** Makes room for a minibatch. */
  void reserve(Arena arena, int rows) {
    encoder.reserve(arena, rows);
    scale.ifPresent(own -> own.reserve(arena, rows));
    klNK = Matrix.in(arena, rows, encoder.shape().outputs());
  }

  /** Computes q(z|x) and the distributions of the scales of some cells. */
  void encode(RowRange rows, Optional<Noise> training) {
    encoder.forward(rows.from(), rows.to(), training);
    scale.ifPresent(own -> own.encode(rows, training));
  }

  /**
   * Draws the part of some cells.
   *
   * @param rows the cells
   * @param noise all draws of the pass
   * @param partNK takes the draws
   * @param values take the divergences, and how many dimensions are active
   */
  void draw(RowRange rows, Noise noise, Matrix partNK, CellValues values) {
    int from = rows.from();
    int to = rows.to();
    Gaussian q = encoder.posterior();
    q.draw(noise, Draw.of(Draw.Kind.LATENT, encoder.shape().index()), from, to, partNK);
    if (logisticNormal) {
      Softmax.forward(partNK, from, to);
    }
    LatentKlTerm.perDimension(q, present, from, to, klNK);
    if (useKl) {
      LatentKlTerm.addUp(klNK, from, to, values.of(CellTerm.KL_Z));
    }
    if (scale.isPresent()) {
      scale.get().multiply(rows, noise, partNK);
      scale.get().divergence(rows, present, values);
    }
    Optional<Matrix> drawnNK = scale.flatMap(LatentScale::drawnNK);
    LatentKlTerm.countActive(klNK, drawnNK, from, to, values.activeN());
  }

  /**
   * Takes the gradient by the part of some cells, and those of the divergences, back to the
   * encoders' first linear maps.
   *
   * @param rows the cells
   * @param noise of the step
   * @param klWeight what a nat of a divergence of a cell adds to the loss
   * @param partNK the draws
   * @param gradientNK the gradient by them, which is overwritten
   */
  void backward(RowRange rows, Noise noise, double klWeight, Matrix partNK, Matrix gradientNK) {
    int from = rows.from();
    int to = rows.to();
    scale.ifPresent(own -> own.backward(rows, present, klWeight, noise, gradientNK));
    if (logisticNormal) {
      Softmax.backward(partNK, gradientNK, from, to);
    }
    Gaussian q = encoder.posterior();
    q.differentiate(gradientNK, from, to);
    if (useKl) {
      LatentKlTerm.differentiate(q, present, klWeight, from, to);
    }
    encoder.backward(from, to, noise);
  }

  /** Returns the tasks that compute the gradients of its parameters over all rows. */
  List<Runnable> parameterTasks(IntSupplier rows, Gradients gradients) {
    List<Runnable> tasks = new ArrayList<>(encoder.parameterTasks(rows));
    scale.ifPresent(own -> tasks.addAll(own.parameterTasks(rows, gradients)));
    return tasks;
  }
}
