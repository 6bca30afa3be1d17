package org.regularizedvi.gpu.step;

import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceMemory;

/**
 * What can be asked of the decoder of a modality besides the likelihood of counts: rho, and what
 * rho and the background sum to over genes.
 *
 * @param spec the modality
 * @param genes have the genes' own parameters
 * @param head has the layers
 * @param segments of the cells
 * @param library sizes of the cells
 */
record DecoderAnswers(
    ModalitySpec spec,
    GeneTerms genes,
    DecoderHead head,
    GeneSegments segments,
    LibrarySizes library) {
  /** {@return whether rho of such a decoder is what the kernels compute: the softplus of logits} */
  static boolean computes(ModalitySpec spec) {
    return spec.generative().scaleActivation() == ScaleActivation.SOFTPLUS
        && !spec.generative().bursts();
  }

  /** Sends what the decoder sees of cells besides z. */
  void send(Covariates covariates) {
    head.send(covariates);
  }

  /** {@return tiles that sums over genes come in} */
  int tiles() {
    return WideWeight.stride(spec.features()) / WideWeight.TILE;
  }

  /** {@return numbers of the sums of the background} */
  int backgroundSums() {
    return genes.ambientCategories() * genes.scalingRows();
  }

  /** {@return numbers of 4 bytes that the sums of so many cells, or of the background, take} */
  long roomNumbers(int rows) {
    return Math.max((long) tiles() * rows, 2L * backgroundSums());
  }

  /**
   * Adds the launches from z to rho.
   *
   * @param z of each cell
   * @param rho takes it, cells x genes without gaps
   */
  void scale(Frame frame, Rows z, DeviceMemory rho) {
    head.hide(frame, z);
    frame
        .launches()
        .add(
            Code.DECODE_SCALE,
            tiles(),
            Math.ceilDiv(frame.rows(), WideWeight.TILE),
            1,
            head.lastLayer(frame),
            rho);
  }

  /**
   * Adds the launch that sums rho y up, of cells whose last hidden layer a pass has left.
   *
   * @param sums take those of each tile of genes: tiles x cells
   */
  void totalScale(Frame frame, DeviceMemory sums) {
    Launches launches = frame.launches();
    launches.add(
        Code.TOTAL_SCALE,
        tiles(),
        Math.ceilDiv(frame.rows(), WideWeight.TILE),
        1,
        head.lastLayer(frame),
        genes.tables(launches),
        segments.struct(launches),
        sums);
  }

  /**
   * Adds the launch that sums the background up, whose table a pass has made.
   *
   * @param sums take those of each ambient category, in each row of scaling factors
   */
  void totalBackground(Frame frame, DeviceMemory sums) {
    Launches launches = frame.launches();
    launches.add(
        Code.TOTAL_BACKGROUND,
        genes.ambientCategories(),
        genes.scalingRows(),
        1,
        genes.tables(launches),
        spec.features(),
        sums);
  }
}
