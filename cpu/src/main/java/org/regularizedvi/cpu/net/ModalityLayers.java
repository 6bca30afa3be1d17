package org.regularizedvi.cpu.net;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.core.term.EncoderShape;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.core.term.Sparsity;
import org.regularizedvi.cpu.layer.Gaussian;
import org.regularizedvi.cpu.layer.HiddenLayers;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.cpu.term.LibrarySizeTerm;
import org.regularizedvi.cpu.term.LibraryWeightTerm;
import org.regularizedvi.cpu.term.ModalityScaleTerm;
import org.regularizedvi.cpu.term.SparsityTerm;
import org.regularizedvi.cpu.work.RowRange;
import org.regularizedvi.engine.Model;

/**
 * Computes what a modality has of its own between counts and head: its library size l, the exposure
 * of its cells, and the hidden layers of its decoder and, with bursts, of its burst size decoder.
 *
 * <pre>
 *   exposure = l + log of the learned factor, where there is one
 * </pre>
 */
public final class ModalityLayers {
  private final ModalitySpec spec;
  private final Encoder libraryEncoder;
  private final Optional<LibraryWeightTerm> observed;
  private final LibrarySizeTerm library;
  private final Optional<ModalityScaleTerm> scale;
  private final DecoderLayers decoder;
  private final Optional<DecoderLayers> sizes;
  private final Optional<SparsityTerm> sparsity;

  /** Draws of l, then, going back, the gradient by them. */
  private Matrix libraryN1;

  // of the minibatch under way
  private float[] exposureN = {};
  private float[] exposureGradientN = {};
  private float[] factorGradientN = {};
  private HiddenLayers hiddenGradients;
  private Optional<LibraryWeightTerm.Weight> weight = Optional.empty();

  /** Makes the layers of one modality of a model. */
  ModalityLayers(
      Model model, int index, Gradients gradients, Arena arena, Products products, Split split) {
    ModalityPriors priors = model.priors().get(index);
    this.spec = model.spec().modalities().get(index);
    this.libraryEncoder =
        new Encoder(
            EncoderShape.ofLibrary(spec), model.parameters(), gradients, arena, products, split);
    this.observed = LibraryWeightTerm.of(spec, priors.library(), model.parameters());
    this.library = new LibrarySizeTerm(priors.library());
    this.scale = ModalityScaleTerm.of(spec, model.parameters());
    this.decoder = new DecoderLayers(spec, model.parameters(), gradients, products);
    this.sizes = DecoderLayers.ofSizes(spec, model.parameters(), gradients, products);
    this.sparsity = Sparsity.ofHidden(spec).map(SparsityTerm::new);
  }

  /** {@return its place, size, options and names} */
  public ModalitySpec spec() {
    return spec;
  }

  /** {@return the encoder of the log library size} */
  public Encoder libraryEncoder() {
    return libraryEncoder;
  }

  /** {@return the last hidden layers of its decoders} */
  public HiddenLayers hidden() {
    return new HiddenLayers(decoder.hiddenNH(), sizes.map(DecoderLayers::hiddenNH));
  }

  /** {@return the draws of the log library size, or what was given in its place: N x 1} */
  public Matrix libraryN1() {
    return libraryN1;
  }

  /** {@return the log of what expression is multiplied by to give counts, one per cell} */
  public float[] exposureN() {
    return exposureN;
  }

  /**
   * Takes the gradients that the head gave.
   *
   * @param byHidden by the last hidden layers, valid until rows have gone back
   * @param byExposureN by the exposure, one per cell
   * @param byFactorN by the log of the learned factor, one per cell
   */
  public void takeGradients(HiddenLayers byHidden, float[] byExposureN, float[] byFactorN) {
    hiddenGradients = byHidden;
    exposureGradientN = byExposureN;
    factorGradientN = byFactorN;
  }

  void reserve(Arena arena, int rows) {
    libraryEncoder.reserve(arena, rows);
    decoder.reserve(arena, rows);
    sizes.ifPresent(layers -> layers.reserve(arena, rows));
    libraryN1 = Matrix.in(arena, rows, 1);
  }

  /** Takes what it sees of a minibatch besides counts. */
  void put(Covariates covariates, Optional<Noise> training) {
    libraryEncoder.put(covariates, training);
    decoder.put(covariates);
    sizes.ifPresent(layers -> layers.put(covariates));
    exposureN = new float[covariates.size()];
  }

  /**
   * Says which w the next cells have.
   *
   * @param noise gives the draw; empty for the posterior mean
   */
  void weigh(Optional<Noise> noise) {
    weight = observed.map(term -> noise.map(term::draw).orElseGet(term::mean));
  }

  void encodeLibrary(List<double[]> totals, RowRange rows, Optional<Noise> training) {
    libraryEncoder.forward(rows.from(), rows.to(), training);
    observed.ifPresent(
        term ->
            term.shift(
                weight.orElseThrow(),
                totals.get(spec.index()),
                libraryEncoder.posterior(),
                rows.from(),
                rows.to()));
  }

  void takeSizes(float[] logSizeFactor, RowRange rows) {
    for (int n = rows.from(); n < rows.to(); n++) {
      libraryN1.set(n, 0, logSizeFactor[n]);
    }
    expose(rows);
  }

  void drawLibrary(Noise noise, RowRange rows) {
    Draw draw = Draw.of(Draw.Kind.LIBRARY, spec.index());
    libraryEncoder.posterior().draw(noise, draw, rows.from(), rows.to(), libraryN1);
    expose(rows);
  }

  private void expose(RowRange rows) {
    float logFactor = (float) (double) scale.map(ModalityScaleTerm::logFactor).orElse(0.0);
    for (int n = rows.from(); n < rows.to(); n++) {
      exposureN[n] = libraryN1.get(n, 0) + logFactor;
    }
  }

  void divergence(int[] groups, boolean[] present, RowRange rows, double[] klLN) {
    library.divergence(libraryEncoder.posterior(), groups, present, rows.from(), rows.to(), klLN);
  }

  void decode(Matrix zNK, RowRange rows, Optional<Noise> training) {
    decode(decoder, zNK, rows, training);
    sizes.ifPresent(layers -> decode(layers, zNK, rows, training));
  }

  private static void decode(
      DecoderLayers layers, Matrix zNK, RowRange rows, Optional<Noise> training) {
    zNK.copyRows(rows.from(), rows.to(), layers.zNK());
    layers.forward(rows.from(), rows.to(), training);
  }

  /** Adds the prior of the last hidden layer, where it has one, to what each cell has. */
  void sparsity(boolean[] present, RowRange rows, CellValues values) {
    sparsity.ifPresent(
        term ->
            term.addUp(
                decoder.hiddenNH(),
                present,
                rows.from(),
                rows.to(),
                values.of(CellTerm.HIDDEN_SPARSITY)));
  }

  /**
   * Takes the gradients back to z.
   *
   * @param present whether each cell has the modality
   * @param klWeight what a nat of a warmed-up term of a cell adds to the loss
   */
  void backward(RowRange rows, boolean[] present, double klWeight, float keep, Matrix zGradientNK) {
    hiddenGradients.ownNH().copyRows(rows.from(), rows.to(), decoder.hiddenGradientNH());
    sparsity.ifPresent(
        term ->
            term.differentiate(
                decoder.hiddenNH(),
                present,
                klWeight,
                rows.from(),
                rows.to(),
                decoder.hiddenGradientNH()));
    decoder.backward(rows.from(), rows.to(), keep, zGradientNK);
    sizes.ifPresent(
        layers -> {
          Matrix gradientNH = hiddenGradients.sizesNH().orElseThrow();
          gradientNH.copyRows(rows.from(), rows.to(), layers.hiddenGradientNH());
          layers.backward(rows.from(), rows.to(), 1, zGradientNK);
        });
  }

  void backwardLibrary(
      int[] groups, boolean[] present, RowRange rows, double perCell, Noise noise) {
    int from = rows.from();
    int to = rows.to();
    for (int n = from; n < to; n++) {
      libraryN1.set(n, 0, exposureGradientN[n]);
    }
    Gaussian q = libraryEncoder.posterior();
    q.differentiate(libraryN1, from, to);
    library.differentiate(q, groups, present, perCell, from, to);
    libraryEncoder.backward(from, to, noise);
  }

  List<Runnable> decoderTasks(IntSupplier rows) {
    List<Runnable> tasks = new ArrayList<>(decoder.parameterTasks(rows));
    sizes.ifPresent(layers -> tasks.addAll(layers.parameterTasks(rows)));
    return tasks;
  }

  List<Runnable> libraryTasks(IntSupplier rows) {
    return libraryEncoder.parameterTasks(rows);
  }

  /** Adds what comes through the exposure of all cells to the gradients by w and the factor. */
  void differentiateExposure(double[] totals, int rows, boolean sizesGiven, Gradients gradients) {
    scale.ifPresent(
        factor -> {
          double sum = 0;
          for (int n = 0; n < rows; n++) {
            sum += factorGradientN[n];
          }
          factor.differentiateFactor(sum, gradients);
        });
    if (!sizesGiven) {
      observed.ifPresent(
          term ->
              term.differentiateShift(
                  weight.orElseThrow(), totals, libraryEncoder.posterior(), rows, gradients));
    }
  }
}
