package org.regularizedvi.gpu.step;

import java.util.Optional;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.core.term.ModalityScale;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/**
 * The log library size of each cell: its encoder, with a residual one w, the weight of the observed
 * total, a draw, and its divergence from its group's prior.
 */
final class LibrarySizes {
  private final LibraryPrior prior;
  private final EncoderLayers encoder;
  private final Optional<Weight> weight;
  private final double priorRate;
  private final Sums sums;
  private final Optional<Factor> factor;
  private final int modality;
  private final boolean bursts;
  private Slot sizes;
  private Slot observed;
  private Slot priorMean;
  private Slot priorVariance;
  private DeviceMemory library;
  private DeviceMemory unscaled;
  private DeviceMemory byLibrary;
  private DeviceMemory byFactor;
  private DeviceMemory kl;
  private DeviceMemory byWeight;

  /** w: the parameters of its posterior, their gradients, and its draw. */
  private record Weight(
      DeviceMemory mean,
      DeviceMemory logSigma,
      DeviceMemory byMean,
      DeviceMemory byLogSigma,
      NoiseSource noise) {}

  /** The learned factor on all expected counts of the modality. */
  private record Factor(DeviceMemory raw, DeviceMemory gradient, GammaPrior prior) {
    static Factor of(ModalityScale own, SmallParameters small) {
      return new Factor(small.value(own.parameter()), small.gradient(own.parameter()), own.prior());
    }
  }

  /**
   * Makes the library sizes of a modality.
   *
   * @param sums take their terms
   */
  LibrarySizes(
      ModalitySpec spec, LibraryPrior prior, EncoderLayers encoder, Stores stores, Sums sums) {
    SmallParameters small = stores.small();
    this.prior = prior;
    this.encoder = encoder;
    this.sums = sums;
    this.modality = spec.index();
    this.bursts = spec.generative().bursts();
    this.factor = ModalityScale.of(spec).map(learned -> Factor.of(learned, small));
    LibrarySize own = new LibrarySize(spec);
    this.priorRate = own.weightPriorRate();
    this.weight =
        own.residual()
            ? Optional.of(
                new Weight(
                    small.value(own.weightMean()),
                    small.value(own.weightLogSigma()),
                    small.gradient(own.weightMean()),
                    small.gradient(own.weightLogSigma()),
                    stores
                        .sources()
                        .add(
                            Draw.of(Draw.Kind.LIBRARY_WEIGHT, spec.index()),
                            NoiseSource.Form.SHARED_NORMALS,
                            1)))
            : Optional.empty();
  }

  EncoderLayers encoder() {
    return encoder;
  }

  void reserve(DeviceArena arena, int rows) {
    sizes = Slot.ofWords(arena, rows);
    observed = Slot.of(arena, (long) rows * Double.BYTES);
    priorMean = Slot.ofWords(arena, rows);
    priorVariance = Slot.ofWords(arena, rows);
    library = arena.words(rows);
    unscaled = arena.words(rows);
    byLibrary = arena.words(rows);
    byFactor = bursts ? arena.words(rows) : byLibrary;
    kl = arena.doubles(rows);
    byWeight = arena.doubles(rows);
  }

  /** Sends what is known of each cell: its size factor, or its total and its group's prior. */
  void send(Minibatch minibatch) {
    int rows = minibatch.size();
    if (minibatch.covariates().hasSizeFactor()) {
      sizes.send(minibatch.covariates().logSizeFactor(), rows);
      return;
    }
    int[] groups = minibatch.covariates().codes(Purpose.LIBRARY_SIZE)[0];
    double[] logs = new double[rows];
    float[] means = new float[rows];
    float[] variances = new float[rows];
    for (int n = 0; n < rows; n++) {
      double total = minibatch.totals().get(modality)[n];
      logs[n] = Math.log(Math.max(total, 1)) - prior.globalLogMean();
      means[n] = prior.logMeans()[groups[n]];
      variances[n] = prior.logVars()[groups[n]];
    }
    observed.send(logs, rows);
    priorMean.send(means, rows);
    priorVariance.send(variances, rows);
  }

  /** {@return exp(l) of each cell, times the modality's factor} */
  DeviceMemory library() {
    return library;
  }

  /** {@return the same of the first cells on the host, as the last launches found it} */
  float[] exposure(int rows) {
    return library.floats(rows);
  }

  private Struct struct(Frame frame, DeviceMemory present) {
    Launches launches = frame.launches();
    return launches.struct(
        observed.device(),
        priorMean.device(),
        priorVariance.device(),
        weight.map(Weight::mean).orElse(DeviceMemory.NONE),
        weight.map(Weight::logSigma).orElse(DeviceMemory.NONE),
        NoiseSource.struct(weight.map(Weight::noise), frame),
        (double) prior.logSensitivity(),
        factor.map(Factor::raw).orElse(DeviceMemory.NONE),
        present,
        frame.sized() ? sizes.device() : DeviceMemory.NONE);
  }

  /**
   * Adds the launches from the encoder's distributions, or given sizes, to the library size.
   *
   * @param present whether each cell has the modality
   */
  void draw(Frame frame, DeviceMemory present) {
    frame
        .launches()
        .addLine(
            Code.DRAW_LIBRARY,
            frame.blocksOfCells(),
            encoder.posterior(frame),
            struct(frame, present),
            frame.cells(),
            frame.step(),
            library,
            unscaled,
            kl);
    sums.add(frame, Sums.Sum.KL_L, kl, frame.rows());
  }

  /** {@return exp(l) of each cell without the factor} */
  DeviceMemory unscaled() {
    return unscaled;
  }

  /**
   * {@return where the gradient by the log of the factor of each cell is to be left; without bursts
   * it is that by l}
   */
  DeviceMemory byFactor() {
    return byFactor;
  }

  /** {@return where the gradient by l of each cell is to be left} */
  DeviceMemory byLibrary() {
    return byLibrary;
  }

  /**
   * Adds the launches that take the gradients by l back.
   *
   * @param present whether each cell has the modality
   */
  void backward(Frame frame, DeviceMemory present) {
    Launches launches = frame.launches();
    if (!frame.sized()) {
      launches.addLine(
          Code.DIFFERENTIATE_LIBRARY,
          frame.blocksOfCells(),
          encoder.posterior(frame),
          struct(frame, present),
          frame.cells(),
          frame.step(),
          byLibrary,
          byWeight);
      encoder.backward(frame);
    }
    weight.ifPresent(
        own -> {
          launches.addLine(
              Code.DIFFERENTIATE_WEIGHT_OF_TOTAL,
              1,
              struct(frame, present),
              frame.step(),
              byWeight,
              frame.sized() ? 0 : frame.rows(),
              priorRate,
              own.byMean(),
              own.byLogSigma());
          sums.keep(frame, Sums.Sum.WEIGHT_MEAN, own.mean());
          sums.keep(frame, Sums.Sum.WEIGHT_LOG_SIGMA, own.logSigma());
        });
    factor.ifPresent(
        own ->
            launches.addLine(
                Code.DIFFERENTIATE_FACTOR,
                1,
                own.raw(),
                byFactor,
                frame.rows(),
                own.prior().alpha(),
                own.prior().beta(),
                frame.step(),
                own.gradient(),
                sums.kept(Sums.Sum.FACTOR)));
  }

  /** Adds the divergence of w and the prior of the factor, nats per data set. */
  void addValues(GlobalNats nats) {
    if (weight.isPresent()) {
      nats.add(
          GlobalTerm.LIBRARY_WEIGHT,
          LibrarySize.weightDivergence(
              sums.of(Sums.Sum.WEIGHT_MEAN), sums.of(Sums.Sum.WEIGHT_LOG_SIGMA), priorRate));
    }
    factor.ifPresent(
        own ->
            nats.add(GlobalTerm.MODALITY_SCALE, -own.prior().logDensity(sums.of(Sums.Sum.FACTOR))));
  }
}
