package org.regularizedvi.reference.objective;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.Presence;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.core.term.LatentShrinkage;
import org.regularizedvi.core.term.Sparsity;
import org.regularizedvi.reference.net.Encoder;
import org.regularizedvi.reference.net.Masks;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.net.NormalPosteriors;
import org.regularizedvi.reference.term.LatentKlTensors;
import org.regularizedvi.reference.term.LatentShrinkageTensors;
import org.regularizedvi.reference.term.LibrarySizeTensors;
import org.regularizedvi.reference.term.SparsityTensors;
import org.regularizedvi.reference.torch.NormalPosterior;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Computes the evidence lower bound of a minibatch, term by term: encodes, draws, decodes,
 * compares.
 *
 * @param network the networks, whose cells are encoded and decoded
 */
public record Elbo(Network network) {
  /**
   * Holds what the first half of a pass gave.
   *
   * @param posteriors the distributions of z and of the log library size
   * @param zNK the z that all decoders get
   * @param logScalesNK draws of the logarithms of the scales of z, one matrix per encoder; none
   *     where cells have no scales of their own
   * @param librariesN1 natural logarithm of the library size, one column per modality
   * @param hiddenNH the decoders' last hidden layers, one per modality
   */
  public record Encoded(
      NormalPosteriors posteriors,
      Tensor zNK,
      List<Tensor> logScalesNK,
      List<Tensor> librariesN1,
      List<Tensor> hiddenNH) {}

  /**
   * Holds what a pass gave, for whoever wants to look inside. Where a cell lacks a modality, that
   * modality's terms are 0.
   *
   * @param encoded what the first half gave
   * @param klZNK divergence of q(z|x) in each dimension, one matrix per encoder, nats
   * @param reconstructionN negative log-likelihood of the counts, one column per modality, nats
   * @param terms the parts of the loss that belong to cells
   */
  public record Pass(
      Encoded encoded, List<Tensor> klZNK, List<Tensor> reconstructionN, CellTerms terms) {
    /** {@return the distributions of z and of the log library size} */
    public NormalPosteriors posteriors() {
      return encoded.posteriors;
    }

    /** {@return the z that all decoders get: N x K} */
    public Tensor zNK() {
      return encoded.zNK;
    }

    /** {@return the natural logarithm of the library size, one N x 1 column per modality} */
    public List<Tensor> librariesN1() {
      return encoded.librariesN1;
    }

    /** {@return the decoders' last hidden layers: N x H per modality} */
    public List<Tensor> hiddenNH() {
      return encoded.hiddenNH;
    }

    /** {@return the values of each cell, without the graph that led there} */
    public CellValues values() {
      return new CellValues(
          terms.detach(), activeDimsN(), reconstructionN.stream().map(Tensor::detach).toList());
    }

    /**
     * {@return the active latent dimensions of each cell, one matrix of truths per encoder: N x K}
     */
    public List<Tensor> activeNK() {
      List<Tensor> active = new ArrayList<>();
      for (Tensor klNK : klZNK) {
        Tensor own = LatentKlTensors.active(klNK);
        int encoder = active.size();
        active.add(
            encoded.logScalesNK.isEmpty()
                ? own
                : own.logical_and(
                    encoded
                        .logScalesNK
                        .get(encoder)
                        .exp()
                        .gt(Tensors.scalar(LatentShrinkage.ACTIVE_SCALE))));
      }
      return active;
    }

    /** {@return the number of active latent dimensions of each cell, all encoders' together: N} */
    public Tensor activeDimsN() {
      return sum(activeNK().stream().map(own -> own.sum(1)).toList()).to(torch.ScalarType.Double);
    }
  }

  /**
   * Encodes, draws, decodes and compares the cells of a minibatch.
   *
   * @param minibatch the cells, with their counts and covariates
   * @param noise all draws of this pass
   * @param training whether dropout and the noise of theta are on
   * @return the terms of the loss and what led there
   */
  public Pass pass(Minibatch minibatch, Noise noise, boolean training) {
    Encoded encoded = encode(minibatch, noise, training);
    Optional<Noise> inTraining = training ? Optional.of(noise) : Optional.empty();
    List<Tensor> reconstructions = new ArrayList<>();
    for (Modality modality : network.modalities()) {
      int index = modality.spec().index();
      reconstructions.add(
          negativeLog(
              modality,
              encoded.hiddenNH.get(index),
              encoded.librariesN1.get(index),
              minibatch,
              inTraining));
    }
    return compared(encoded, minibatch, reconstructions);
  }

  /**
   * Does the first half of a pass: encodes, draws, decodes.
   *
   * @param minibatch the cells, with their counts and covariates
   * @param noise all draws of this pass
   * @param training whether dropout is on
   * @return posteriors, draws, and the decoders' last hidden layers
   */
  public Encoded encode(Minibatch minibatch, Noise noise, boolean training) {
    Optional<Noise> inTraining = training ? Optional.of(noise) : Optional.empty();
    Covariates covariates = minibatch.covariates();
    NormalPosteriors posteriors =
        posteriors(minibatch, inTraining, LibrarySizeTensors.Weight.drawn(noise));
    List<Tensor> draws = new ArrayList<>();
    for (NormalPosterior q : posteriors.latents()) {
      Encoder encoder = network.latent().encoders().get(draws.size());
      draws.add(draw(q, noise, Draw.of(Draw.Kind.LATENT, encoder.index())));
    }
    List<Tensor> logScales = new ArrayList<>();
    for (NormalPosterior q : posteriors.logScales()) {
      int m = logScales.size();
      logScales.add(q.sample(noise, Draw.of(Draw.Kind.HORSESHOE, m)));
      draws.set(m, draws.get(m).mul(logScales.get(m).exp()));
    }
    for (int e = 0; e < draws.size(); e++) {
      Tensor draw = draws.get(e);
      Modality modality = network.modalities().get(network.latent().encoders().get(e).index());
      draws.set(e, modality.relevance().map(own -> draw.mul(own.drawn(noise))).orElse(draw));
    }
    Tensor zNK = network.latent().joint(draws, Presence.of(minibatch));
    List<Tensor> librariesN1 = new ArrayList<>();
    List<Tensor> hiddens = new ArrayList<>();
    for (Modality modality : network.modalities()) {
      int index = modality.spec().index();
      librariesN1.add(
          covariates.hasSizeFactor()
              ? Tensors.of(covariates.logSizeFactor(), minibatch.size(), 1)
              : posteriors.libraries().get(index).sample(noise, Draw.of(Draw.Kind.LIBRARY, index)));
      hiddens.add(modality.decoder().hidden(zNK, covariates));
    }
    return new Encoded(posteriors, zNK, logScales, librariesN1, hiddens);
  }

  /**
   * {@return the distributions that the encoders give for the cells of a minibatch}
   *
   * @param minibatch the cells, with their counts and covariates
   * @param training the step's noise, present in training alone, when dropout is on
   * @param weight gives the weight of the observed total in the library size
   */
  public NormalPosteriors posteriors(
      Minibatch minibatch, Optional<Noise> training, LibrarySizeTensors.Weight weight) {
    return NormalPosteriors.of(
        network, minibatch, encoder -> encode(encoder, minibatch, training), weight);
  }

  /**
   * Does the second half of a pass: computes the terms of the loss.
   *
   * @param encoded what the first half gave
   * @param minibatch the same cells
   * @param negativeLogs negative log-likelihood of each cell's counts, one column per modality,
   *     nats
   * @return the terms and what they were computed of
   */
  public Pass compared(Encoded encoded, Minibatch minibatch, List<Tensor> negativeLogs) {
    Presence presence = Presence.of(minibatch);
    List<NormalPosterior> latents = encoded.posteriors.latents();
    List<NormalPosterior> libraries = encoded.posteriors.libraries();
    List<Tensor> reconstructions = new ArrayList<>();
    List<Tensor> klLs = new ArrayList<>();
    for (int index = 0; index < negativeLogs.size(); index++) {
      boolean[] present = presence.cells().get(index);
      reconstructions.add(Masks.masked(negativeLogs.get(index), present));
      if (!libraries.isEmpty()) {
        LibrarySizeTensors library = network.modalities().get(index).library();
        Tensor klL = library.divergence(libraries.get(index), minibatch.covariates());
        klLs.add(Masks.masked(klL, present));
      }
    }
    List<Tensor> klZNK = new ArrayList<>();
    List<Tensor> klZs = new ArrayList<>();
    for (int e = 0; e < latents.size(); e++) {
      boolean[] present = presence.any(network.latent().encoders().get(e).modalities());
      klZNK.add(Masks.masked(LatentKlTensors.perDimension(latents.get(e)), present));
      klZs.add(klZNK.getLast().sum(1));
    }
    Tensor klZ = sum(klZs);
    Tensor klL = klLs.isEmpty() ? klZ.mul(Tensors.scalar(0)).detach() : sum(klLs);
    Map<CellTerm, Tensor> terms = new EnumMap<>(CellTerm.class);
    terms.put(CellTerm.RECONSTRUCTION, sum(reconstructions));
    if (network.config().latentPrior().useKlZ()) {
      terms.put(CellTerm.KL_Z, klZ);
    }
    terms.put(CellTerm.KL_L, klL);
    Sparsity.ofLatent(network.model().spec())
        .ifPresent(
            prior ->
                terms.put(CellTerm.Z_SPARSITY, new SparsityTensors(prior).perCell(encoded.zNK)));
    for (Modality modality : network.modalities()) {
      int index = modality.spec().index();
      boolean[] present = presence.cells().get(index);
      Sparsity.ofHidden(modality.spec())
          .map(prior -> new SparsityTensors(prior).perCell(encoded.hiddenNH.get(index)))
          .ifPresent(
              own ->
                  terms.merge(CellTerm.HIDDEN_SPARSITY, Masks.masked(own, present), Tensor::add));
      LatentShrinkage.of(modality.spec())
          .map(
              prior ->
                  new LatentShrinkageTensors(prior)
                      .divergence(
                          encoded.posteriors.logScales().get(index), encoded.logScalesNK.get(index))
                      .sum(1))
          .ifPresent(
              own -> terms.merge(CellTerm.HORSESHOE_KL, Masks.masked(own, present), Tensor::add));
    }
    return new Pass(encoded, klZNK, reconstructions, new CellTerms(terms));
  }

  private static Tensor sum(List<Tensor> terms) {
    return terms.stream().reduce(Tensor::add).orElseThrow();
  }

  /**
   * {@return the global terms, one sum over the modalities each}
   *
   * @param noise gives the draw of theta for its prior, where one is taken
   */
  public GlobalTerms globalTerms(Noise noise) {
    return GlobalTerms.of(network, noise);
  }

  private static Tensor negativeLog(
      Modality modality,
      Tensor hiddenNH,
      Tensor libraryN1,
      Minibatch minibatch,
      Optional<Noise> training) {
    Rates rates = Rates.of(modality, hiddenNH, libraryN1, minibatch.covariates(), training);
    return logProbability(minibatch.counts().get(modality.spec().index()), rates).sum(1).neg();
  }

  private NormalPosterior encode(Encoder encoder, Minibatch minibatch, Optional<Noise> training) {
    Tensor oneHot = encoder.oneHot(minibatch.covariates());
    Tensor firstNH = encoder.firstLinear(minibatch, oneHot, training);
    return encoder.posterior(firstNH, oneHot, training);
  }

  private Tensor draw(NormalPosterior q, Noise noise, Draw draw) {
    Tensor sample = q.sample(noise, draw);
    return network.config().generative().latentDistribution() == LatentDistribution.LN
        ? sample.softmax(1)
        : sample;
  }

  /**
   * {@return log p(x) of every count: N x G, nats, in double precision}
   *
   * @param counts of the cells
   * @param rates mean and inverse dispersion of the same cells
   */
  public static Tensor logProbability(SparseRows counts, Rates rates) {
    return GammaPoisson.logProbability(dense(counts), rates.rateNG(), rates.thetaNG());
  }

  /** {@return the counts as a dense matrix: N x G} */
  private static Tensor dense(SparseRows counts) {
    int columns = counts.columns();
    float[] values = new float[counts.rows() * columns];
    for (int n = 0; n < counts.rows(); n++) {
      for (int i = counts.indptr()[n]; i < counts.indptr()[n + 1]; i++) {
        values[n * columns + counts.indices()[i]] = counts.values()[i];
      }
    }
    return Tensors.of(values, counts.rows(), columns);
  }
}
