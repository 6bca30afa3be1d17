package org.regularizedvi.reference.inference;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.engine.DecodedDraws;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.objective.Rates;
import org.regularizedvi.reference.torch.Inference;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Decodes cells of a modality with tensor operations, on the thread that calls.
 *
 * @param modality the networks of the modality
 * @param chosen places of the features that are wanted; empty for all
 */
public record NetworkDecoder(Modality modality, Optional<int[]> chosen) implements CellDecoder {
  /** So few that their matrices of cells x features stay near a core. */
  private static final int CELLS_AT_ONCE = 32;

  @Override
  public int cellsAtOnce() {
    return CELLS_AT_ONCE;
  }

  @Override
  public CellDecoder only(int[] features) {
    return new NetworkDecoder(modality, Optional.of(features.clone()));
  }

  @Override
  public FloatMatrix scale(FloatMatrix zNK, Covariates covariates) {
    return Inference.matrix(() -> choose(modality.decoder().scale(hidden(zNK, covariates))));
  }

  @Override
  public FloatMatrix background(Covariates covariates) {
    return Inference.matrix(() -> choose(modality.background().orElseThrow().of(covariates)));
  }

  @Override
  public FloatMatrix scaling(Covariates covariates) {
    int features = modality.spec().features();
    return Inference.matrix(
        () ->
            choose(
                modality
                    .scaling()
                    .map(y -> y.of(covariates))
                    .orElseGet(() -> torch.ones(1, features))
                    .expand(covariates.size(), features)));
  }

  @Override
  public float[] exposure(float[] libraryN) {
    return Inference.run(() -> Tensors.floats(modality.exposure(column(libraryN)).exp()));
  }

  @Override
  public FloatMatrix rate(FloatMatrix zNK, float[] libraryN, Covariates covariates) {
    return Inference.matrix(() -> choose(rates(zNK, libraryN, covariates).rateNG()));
  }

  @Override
  public FloatMatrix nativeRate(FloatMatrix zNK, float[] libraryN, Covariates covariates) {
    return Inference.matrix(
        () ->
            choose(
                Rates.withoutBackground(
                    modality, hidden(zNK, covariates), column(libraryN), covariates)));
  }

  @Override
  public FloatMatrix dispersion(FloatMatrix zNK, float[] libraryN, Covariates covariates) {
    return Inference.matrix(() -> choose(rates(zNK, libraryN, covariates).thetaNG()));
  }

  private Rates rates(FloatMatrix zNK, float[] libraryN, Covariates covariates) {
    return Rates.of(
        modality, hidden(zNK, covariates), column(libraryN), covariates, Optional.empty());
  }

  @Override
  public DecodedDraws draws(int number) {
    return new HiddenDraws(modality, number);
  }

  private Tensor hidden(FloatMatrix zNK, Covariates covariates) {
    return modality.decoder().hidden(Tensors.of(zNK), covariates);
  }

  private static Tensor column(float[] valuesN) {
    return Tensors.of(valuesN, valuesN.length, 1);
  }

  private Tensor choose(Tensor allNG) {
    return chosen.map(places -> allNG.index_select(1, Tensors.indices(places))).orElse(allNG);
  }
}
