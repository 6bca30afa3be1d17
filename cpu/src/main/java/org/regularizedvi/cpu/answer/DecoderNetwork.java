package org.regularizedvi.cpu.answer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.cpu.layer.HiddenLayers;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.net.DecoderLayers;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.cpu.term.ModalityScaleTerm;

/**
 * Holds the decoder of one modality at its stored parameters, for any number of threads at once.
 *
 * @param spec the modality
 * @param parameters of the model
 * @param products multiplies
 */
record DecoderNetwork(ModalitySpec spec, Parameters parameters, Products products) {
  /**
   * Computes the last hidden layers of some cells.
   *
   * @param arena owns them
   * @param zNK cells x dimensions of the z that all decoders get
   * @param covariates what the decoders see besides z, of the same cells
   * @return those of the decoder and, with bursts, of the burst size decoder
   */
  HiddenLayers hidden(Arena arena, FloatMatrix zNK, Covariates covariates) {
    return new HiddenLayers(
        layers(arena, zNK, covariates).hiddenNH(),
        sizeLayers(arena, zNK, covariates).map(DecoderLayers::hiddenNH));
  }

  /**
   * Computes the hidden layers of the burst size decoder for some cells.
   *
   * @param arena owns them
   * @param zNK cells x dimensions of the z that all decoders get
   * @param covariates what the decoder sees besides z, of the same cells
   * @return the layers, of which the last is computed; empty without bursts
   */
  Optional<DecoderLayers> sizeLayers(Arena arena, FloatMatrix zNK, Covariates covariates) {
    Optional<DecoderLayers> layers =
        DecoderLayers.ofSizes(spec, parameters, Gradients.none(), products);
    layers.ifPresent(own -> compute(own, arena, zNK, covariates));
    return layers;
  }

  private static void compute(
      DecoderLayers layers, Arena arena, FloatMatrix zNK, Covariates covariates) {
    layers.reserve(arena, zNK.rows());
    layers.put(covariates);
    layers.zNK().put(zNK);
    layers.forward(0, zNK.rows(), Optional.empty());
  }

  /**
   * Computes the hidden layers of the decoder for some cells.
   *
   * @param arena owns them
   * @param zNK cells x dimensions of the z that all decoders get
   * @param covariates what the decoder sees besides z, of the same cells
   * @return the layers, of which the last is computed
   */
  DecoderLayers layers(Arena arena, FloatMatrix zNK, Covariates covariates) {
    DecoderLayers layers = new DecoderLayers(spec, parameters, Gradients.none(), products);
    compute(layers, arena, zNK, covariates);
    return layers;
  }

  /** {@return whether rho is a softmax over the features, and not softplus} */
  boolean softmax() {
    return spec.generative().scaleActivation() == ScaleActivation.SOFTMAX;
  }

  /** {@return the linear map to the features whose softplus or softmax is rho, with bursts f} */
  FeatureMap scale() {
    Decoder term = new Decoder(spec);
    return map(term.scaleWeight(), term.scaleBias(), spec.decoder());
  }

  /**
   * {@return the linear map to the features whose softplus is the burst size, where there is one}
   */
  Optional<FeatureMap> sizes() {
    return BurstSize.of(spec)
        .map(term -> map(term.headWeight(), term.headBias(), spec.burstSizeDecoder()));
  }

  private FeatureMap map(String weight, String bias, NetShape layers) {
    MemorySegment memory = parameters.memory(weight);
    return new FeatureMap(
        Matrix.over(memory, spec.features(), layers.hidden()), parameters.memory(bias));
  }

  /**
   * Holds a linear map from a last hidden layer to the features.
   *
   * @param weightGH features x units
   * @param biasG one number per feature
   */
  record FeatureMap(Matrix weightGH, MemorySegment biasG) {}

  /**
   * {@return what expression is multiplied by to give counts, besides the features' scaling: exp(l)
   * times the modality's learned factor where it has one}
   *
   * @param libraryN natural logarithm of each cell's library size
   */
  float[] exposure(float[] libraryN) {
    double logFactor =
        ModalityScaleTerm.of(spec, parameters).map(ModalityScaleTerm::logFactor).orElse(0.0);
    float[] exposureN = new float[libraryN.length];
    for (int n = 0; n < exposureN.length; n++) {
      exposureN[n] = (float) Math.exp(libraryN[n] + logFactor);
    }
    return exposureN;
  }
}
