package org.regularizedvi.cpu.answer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.Decoder;
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
   * Computes the hidden layers of some cells.
   *
   * @param arena owns them
   * @param zNK cells x dimensions of the z that all decoders get
   * @param covariates what the decoder sees besides z, of the same cells
   * @return the layers, of which the last is computed
   */
  DecoderLayers layers(Arena arena, FloatMatrix zNK, Covariates covariates) {
    DecoderLayers layers = new DecoderLayers(spec, parameters, Gradients.none(), products);
    layers.reserve(arena, zNK.rows());
    layers.put(covariates);
    layers.zNK().put(zNK);
    layers.forward(0, zNK.rows(), Optional.empty());
    return layers;
  }

  /** {@return whether rho is a softmax over the features, and not softplus} */
  boolean softmax() {
    return spec.generative().scaleActivation() == ScaleActivation.SOFTMAX;
  }

  /** {@return the weight of the linear map to the features: G x H} */
  Matrix scaleWeight() {
    MemorySegment memory = parameters.memory(new Decoder(spec).scaleWeight());
    return Matrix.over(memory, spec.features(), spec.decoder().hidden());
  }

  /** {@return the bias of the linear map to the features: G} */
  MemorySegment scaleBias() {
    return parameters.memory(new Decoder(spec).scaleBias());
  }

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
