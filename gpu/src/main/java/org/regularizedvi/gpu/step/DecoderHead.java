package org.regularizedvi.gpu.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.core.term.Sparsity;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/** The decoder from z to the logits, whose likelihood is computed apart, and back to z. */
final class DecoderHead {
  private final ModalitySpec spec;
  private final double share;
  private final GeneTerms genes;
  private final DecoderBranch own;
  private final Optional<DecoderBranch> sizes;
  private final DeviceLikelihood likelihood;
  private final HiddenPenalties hiddenPenalties;
  private final Optional<SparsityPrior> sparsity;
  private final Sums sums;

  /**
   * Makes the decoder over stored parameters.
   *
   * @param kernels of the card
   * @param arena owns the wide weights
   * @param penalties hold the weights small
   * @param share what a nat of what all cells share adds to the loss
   * @param genes have the genes' own parameters
   * @param parameters of the model
   * @param stores have all but the wide weights
   * @param sums take its terms
   */
  DecoderHead(
      Kernels kernels,
      DeviceArena arena,
      DecoderPenalties penalties,
      double share,
      GeneTerms genes,
      Parameters parameters,
      Stores stores,
      Sums sums) {
    this.sums = sums;
    this.spec = penalties.spec();
    this.share = share;
    this.genes = genes;
    this.own =
        new DecoderBranch(
            kernels, arena, spec, DecoderBranch.Shape.of(new Decoder(spec)), parameters, stores);
    this.sizes =
        BurstSize.of(spec)
            .map(DecoderBranch.Shape::of)
            .map(shape -> new DecoderBranch(kernels, arena, spec, shape, parameters, stores));
    this.likelihood = new DeviceLikelihood(kernels, spec, genes, stores.sources());
    if (penalties.latentL2() > 0) {
      float[] factorG = new float[spec.features()];
      for (int g = 0; g < factorG.length; g++) {
        factorG[g] = (float) (2 * penalties.scaleL2(g) * share);
      }
      own.weight().penalise(arena, factorG);
    }
    this.sparsity =
        Sparsity.ofHidden(spec)
            .map(
                prior ->
                    new SparsityPrior(
                        prior, spec.decoder().hidden(), sums, Sums.Sum.HIDDEN_SPARSITY));
    this.hiddenPenalties = new HiddenPenalties(arena, penalties, stores.small());
  }

  void reserve(DeviceArena arena, int rows, int segments) {
    own.reserve(arena, rows, likelihood.logitsInMemory(), sparsity.isPresent());
    sizes.ifPresent(branch -> branch.reserve(arena, rows, true, false));
    sparsity.ifPresent(prior -> prior.reserve(arena, rows));
    likelihood.reserve(arena, rows, segments);
  }

  private List<DecoderBranch> branches() {
    List<DecoderBranch> all = new ArrayList<>(List.of(own));
    sizes.ifPresent(all::add);
    return all;
  }

  /** {@return numbers that the parts of its wide products take} */
  long partNumbers(int rows) {
    return branches().stream()
        .mapToLong(branch -> branch.weight().partNumbers(rows))
        .max()
        .orElseThrow();
  }

  /** Sends what it sees of cells besides z and counts. */
  void send(Covariates covariates) {
    branches().forEach(branch -> branch.send(covariates));
  }

  /**
   * Adds the launches from z to the likelihood, in training with the gradients by the logits.
   *
   * @param z of each cell, rows without gaps
   * @param cells what it sees of each cell and leaves of it
   */
  void forward(
      Frame frame, CountRows counts, GeneSegments segments, Rows z, DeviceLikelihood.Cells cells) {
    branches().forEach(branch -> branch.forward(frame, z));
    sparsity.ifPresent(prior -> prior.addUp(frame, own.units(), cells.present()));
    likelihood.compute(frame, counts, segments, cells, own, sizes);
  }

  /**
   * Adds the launches from z to the last hidden layer.
   *
   * @param z of each cell, rows without gaps
   */
  void hide(Frame frame, Rows z) {
    own.forward(frame, z);
  }

  /** {@return the last layer as kernels of {@code decode.cu} take it, of float32 operands} */
  Struct lastLayer(Frame frame) {
    return frame
        .launches()
        .struct(
            own.hidden(),
            own.weight().operand(),
            own.bias(),
            frame.rows(),
            spec.features(),
            own.weight().units());
  }

  /**
   * Adds the launches that take the gradients by the logits back to z, and Adam's on the wide
   * weights.
   *
   * @param room for parts of sums
   * @param drawn whether the expectation in the dispersion's prior is a draw
   * @param present whether each cell has the modality
   * @param zGradient takes the gradient by z, or, of all but the first modality, adds to it
   */
  void backward(
      Frame frame,
      GeneSegments segments,
      DeviceMemory room,
      boolean drawn,
      DeviceMemory present,
      Rows zGradient) {
    own.backward(frame, room);
    WideWeight weight = own.weight();
    if (weight.penaltySums() != DeviceMemory.NONE) {
      sums.add(frame, Sums.Sum.SCALE_PENALTY, weight.penaltySums(), weight.penaltyBlocks());
    }
    DeviceMemory geneSums = likelihood.geneSums();
    own.differentiateBias(frame, segments, geneSums, DeviceLikelihood.BY_BIAS);
    genes.differentiate(frame, segments, geneSums, drawn, sums);
    sparsity.ifPresent(
        prior -> prior.differentiate(frame, own.units(), present, own.unitsGradient()));
    own.backward(frame, zGradient, spec.index() > 0);
    sizes.ifPresent(
        branch -> {
          branch.backward(frame, room);
          branch.differentiateBias(frame, segments, geneSums, DeviceLikelihood.BY_SIZE_BIAS);
          branch.backward(frame, zGradient, true);
        });
    hiddenPenalties.differentiate(frame, sums);
  }

  /** Adds the values of the penalties, nats per data set. */
  void addValues(GlobalNats nats) {
    nats.add(
        GlobalTerm.DECODER_PENALTIES,
        sums.of(Sums.Sum.SCALE_PENALTY) / (2 * share) + sums.of(Sums.Sum.HIDDEN_PENALTY));
  }

  /** {@return its wide weights} */
  List<WideWeight.Named> wide() {
    return branches().stream().map(DecoderBranch::named).toList();
  }
}
