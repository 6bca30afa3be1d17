package org.regularizedvi.engine;

import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;

/**
 * Decodes cells of one modality at the stored parameters, outside training: from z to what the
 * modality's counts are expected to be. Every matrix has a row per cell and a column per feature,
 * those of the whole modality or, of a decoder made by {@link #only}, some of them.
 *
 * <pre>
 *   mu = exp(l) (rho + s) y, times the modality's learned factor where it has one
 * </pre>
 *
 * <p>To be called from any number of threads at once.
 */
public interface CellDecoder {
  /**
   * {@return the number of cells that a call serves best} A call gives the same bits whatever else
   * is computed beside it, but may give others for a cell that stands among more or fewer, so
   * whoever wants reproducible numbers cuts cells into blocks of this size.
   */
  int cellsAtOnce();

  /**
   * {@return the decoder of some of the modality's features}
   *
   * @param features their places among the modality's features, in the order of the columns wanted
   */
  CellDecoder only(int[] features);

  /**
   * {@return rho, the expression that the decoder gives}
   *
   * @param zNK cells x dimensions of the z that all decoders get
   * @param covariates of the same cells, as the decoder is to see them
   */
  FloatMatrix scale(FloatMatrix zNK, Covariates covariates);

  /**
   * {@return s, the additive background; only of a modality that has one}
   *
   * @param covariates of the cells, of which only the ambient categories count
   */
  FloatMatrix background(Covariates covariates);

  /**
   * {@return y, the scaling of the features, 1 where there is none}
   *
   * @param covariates of the cells, of which only the scaling categories count
   */
  FloatMatrix scaling(Covariates covariates);

  /**
   * {@return what expression is multiplied by to give counts, besides the features' scaling: exp(l)
   * times the modality's learned factor where it has one}
   *
   * @param libraryN log library size of each cell
   */
  float[] exposure(float[] libraryN);

  /**
   * {@return mu, the expected counts}
   *
   * @param zNK cells x dimensions
   * @param libraryN natural logarithm of each cell's library size
   * @param covariates of the same cells
   */
  FloatMatrix rate(FloatMatrix zNK, float[] libraryN, Covariates covariates);

  /**
   * {@return the expected counts without the additive background: {@link #rate} where s is 0}
   *
   * @param zNK cells x dimensions of the z that all decoders get
   * @param libraryN natural logarithm of each cell's library size
   * @param covariates of the same cells
   */
  FloatMatrix nativeRate(FloatMatrix zNK, float[] libraryN, Covariates covariates);

  /**
   * {@return theta, the inverse dispersion, at exp(px_r_mu); with bursts it follows from the
   * expected counts and their variance, and without them from the dispersion groups alone}
   *
   * @param zNK cells x dimensions of the z that all decoders get
   * @param libraryN natural logarithm of each cell's library size
   * @param covariates of the same cells
   */
  FloatMatrix dispersion(FloatMatrix zNK, float[] libraryN, Covariates covariates);

  /**
   * {@return room for draws of z that are decoded once and then looked at feature by feature}
   *
   * @param number of draws that fit in, at least 1
   */
  DecodedDraws draws(int number);
}
