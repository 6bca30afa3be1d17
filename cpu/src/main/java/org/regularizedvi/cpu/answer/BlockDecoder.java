package org.regularizedvi.cpu.answer;

import java.lang.foreign.Arena;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.cpu.layer.HiddenLayers;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.engine.DecodedDraws;

/** Decodes blocks of cells of a modality, on the thread that calls. */
public final class BlockDecoder implements CellDecoder {
  /** So few that their matrices of cells x features stay near a core. */
  static final int CELLS_AT_ONCE = 32;

  private final DecoderNetwork decoder;
  private final int[] places;

  private BlockDecoder(DecoderNetwork decoder, int[] places) {
    this.decoder = decoder;
    this.places = places;
  }

  /**
   * {@return the decoder of all features of a modality}
   *
   * @param spec the modality
   * @param parameters of the model, which outlive the decoder
   * @param products multiplies
   */
  public static BlockDecoder of(ModalitySpec spec, Parameters parameters, Products products) {
    DecoderNetwork decoder = new DecoderNetwork(spec, parameters, products);
    return new BlockDecoder(decoder, FeatureTiles.all(decoder));
  }

  @Override
  public int cellsAtOnce() {
    return CELLS_AT_ONCE;
  }

  @Override
  public CellDecoder only(int[] features) {
    return new BlockDecoder(decoder, features.clone());
  }

  @Override
  public FloatMatrix scale(FloatMatrix zNK, Covariates covariates) {
    float[] values = room(covariates);
    decode(zNK, covariates, (first, rhoNT, _) -> put(rhoNT, first, values));
    return matrix(covariates, values);
  }

  @Override
  public FloatMatrix background(Covariates covariates) {
    return perCell(covariates, FeatureTerms::background);
  }

  @Override
  public FloatMatrix scaling(Covariates covariates) {
    return perCell(covariates, FeatureTerms::scaling);
  }

  @Override
  public FloatMatrix dispersion(FloatMatrix zNK, float[] libraryN, Covariates covariates) {
    if (!decoder.spec().generative().bursts()) {
      return perCell(covariates, FeatureTerms::theta);
    }
    float[] values = room(covariates);
    try (Arena arena = Arena.ofConfined()) {
      HiddenLayers hidden = decoder.hidden(arena, zNK, covariates);
      new ExpectedCounts(decoder, hidden, libraryN, covariates)
          .rows(
              places,
              (n, first, _, thetaT) -> {
                int count = Math.min(FeatureTiles.SIZE, places.length - first);
                System.arraycopy(thetaT, 0, values, n * places.length + first, count);
              });
    }
    return matrix(covariates, values);
  }

  @Override
  public float[] exposure(float[] libraryN) {
    return decoder.exposure(libraryN);
  }

  @Override
  public FloatMatrix rate(FloatMatrix zNK, float[] libraryN, Covariates covariates) {
    return rate(zNK, libraryN, covariates, true);
  }

  @Override
  public FloatMatrix nativeRate(FloatMatrix zNK, float[] libraryN, Covariates covariates) {
    return rate(zNK, libraryN, covariates, false);
  }

  @Override
  public DecodedDraws draws(int number) {
    return new HiddenDraws(decoder, number);
  }

  private FloatMatrix rate(
      FloatMatrix zNK, float[] libraryN, Covariates covariates, boolean background) {
    float[] exposureN = decoder.exposure(libraryN);
    FeatureTerms terms = new FeatureTerms(decoder.spec(), decoder.parameters(), covariates);
    float[][] sDT = terms.room();
    float[][] yDT = terms.room();
    float[] values = room(covariates);
    decode(
        zNK,
        covariates,
        (first, rhoNT, _) -> {
          int count = rhoNT.columns();
          put(rhoNT, first, values);
          if (background) {
            terms.background(places, first, count, sDT);
          }
          terms.scaling(places, first, count, yDT);
          for (int n = 0; n < rhoNT.rows(); n++) {
            int d = terms.group(n);
            ExpectedCounts.expect(
                values, n * places.length + first, count, sDT[d], exposureN[n], yDT[d]);
          }
        });
    return matrix(covariates, values);
  }

  private void decode(FloatMatrix zNK, Covariates covariates, FeatureTiles.RhoVisitor visitor) {
    try (Arena arena = Arena.ofConfined()) {
      new FeatureTiles(arena, decoder, decoder.hidden(arena, zNK, covariates)).rho(places, visitor);
    }
  }

  /** Computes a term of some features for each group of cells. */
  private interface Term {
    void compute(FeatureTerms terms, int[] places, int first, int count, float[][] outDT);
  }

  private FloatMatrix perCell(Covariates covariates, Term term) {
    FeatureTerms terms = new FeatureTerms(decoder.spec(), decoder.parameters(), covariates);
    float[][] tileDT = terms.room();
    float[] values = room(covariates);
    for (int first = 0; first < places.length; first += FeatureTiles.SIZE) {
      int count = Math.min(FeatureTiles.SIZE, places.length - first);
      term.compute(terms, places, first, count, tileDT);
      for (int n = 0; n < covariates.size(); n++) {
        System.arraycopy(tileDT[terms.group(n)], 0, values, n * places.length + first, count);
      }
    }
    return matrix(covariates, values);
  }

  private float[] room(Covariates covariates) {
    return new float[Math.multiplyExact(covariates.size(), places.length)];
  }

  private FloatMatrix matrix(Covariates covariates, float[] values) {
    return new FloatMatrix(covariates.size(), places.length, values);
  }

  private void put(Matrix tileNT, int first, float[] values) {
    for (int n = 0; n < tileNT.rows(); n++) {
      tileNT.copyRow(n, values, n * places.length + first);
    }
  }
}
