package org.regularizedvi.engine;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Presence;

/** Joins what the encoders say of z to the z that all decoders get, at the stored parameters. */
public interface JointLatent {
  /**
   * {@return the softmax of each row: what a logistic normal makes of draws from its posterior}
   *
   * @param drawsNK cells x dimensions of one encoder
   */
  FloatMatrix softmax(FloatMatrix drawsNK);

  /**
   * Joins the encoders' parts of z, draws or means: side by side, their weighted mean over the
   * modalities that a cell has, or the only one as it is.
   *
   * @param partsNK one per encoder, cells x dimensions each
   * @param presence of the same cells
   * @return cells x dimensions of the z that all decoders get
   */
  FloatMatrix of(List<FloatMatrix> partsNK, Presence presence);

  /**
   * {@return how much each modality weighs in each cell's weighted mean, cells x modalities with
   * rows that sum to 1; empty where z is no weighted mean}
   *
   * @param partsNK one per encoder, cells x dimensions each
   * @param presence of the same cells
   */
  Optional<FloatMatrix> weights(List<FloatMatrix> partsNK, Presence presence);
}
