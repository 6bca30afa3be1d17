package org.regularizedvi.core.result;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FloatMatrix;

/**
 * Tells which latent dimensions each modality's decoder uses, cell by cell, and gives views of the
 * shared latent representation that are a modality's own.
 *
 * @param latent the posterior means of z, cells x latent dimensions
 * @param modalities the attribution of each modality, in the model's order
 */
public record Attribution(FloatMatrix latent, List<ModalityAttribution> modalities) {
  /** Keeps the ratio of two modalities finite, as in the Python package. */
  private static final double LEAST = 1e-10;

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when a modality has not the cells and dimensions of the latent
   *     representation
   */
  public Attribution {
    modalities = List.copyOf(modalities);
    for (ModalityAttribution modality : modalities) {
      FloatMatrix jacobian = modality.meanAbsoluteJacobian();
      if (jacobian.rows() != latent.rows() || jacobian.columns() != latent.columns()) {
        throw new IllegalArgumentException(
            "The attribution of '%s' is %d x %d, the latent representation %d x %d"
                .formatted(
                    modality.modality(),
                    jacobian.rows(),
                    jacobian.columns(),
                    latent.rows(),
                    latent.columns()));
      }
    }
  }

  /**
   * {@return z times a modality's attribution, entry by entry, cells x latent dimensions}
   *
   * @param modality the attribution of a modality
   */
  public FloatMatrix weightedLatent(ModalityAttribution modality) {
    FloatMatrix weighted = latent.copy();
    float[] row = new float[latent.columns()];
    for (int n = 0; n < latent.rows(); n++) {
      latent.get(n, row, 0);
      for (int k = 0; k < row.length; k++) {
        row[k] *= modality.meanAbsoluteJacobian().at(n, k);
      }
      weighted.put(n, row, 0, 1);
    }
    return weighted;
  }

  /**
   * {@return what is written into a file, under the Python package's names: weighted z in obsm;
   * totals, and for two modalities the log2 of their ratio, in obs}
   */
  public List<Addition> additions() {
    List<Addition> additions = new ArrayList<>();
    for (ModalityAttribution modality : modalities) {
      String name = modality.modality();
      additions.add(new Addition.Obsm("X_multiVI_attr_" + name, weightedLatent(modality)));
      additions.add(column(name + "_decoder_total_attr", modality.total()));
      modality.ownTotal().ifPresent(own -> additions.add(column(name + "_decoder_own_attr", own)));
    }
    if (modalities.size() == 2) {
      ModalityAttribution a = modalities.getFirst();
      ModalityAttribution b = modalities.getLast();
      additions.add(
          column("log2_%s_vs_%s_attr".formatted(a.modality(), b.modality()), log2Ratio(a, b)));
    }
    return List.copyOf(additions);
  }

  private static double[] log2Ratio(ModalityAttribution a, ModalityAttribution b) {
    double[] above = a.total();
    double[] below = b.total();
    double[] ratio = new double[above.length];
    for (int n = 0; n < ratio.length; n++) {
      ratio[n] = Math.log(above[n] / (below[n] + LEAST)) / Math.log(2);
    }
    return ratio;
  }

  private static Addition column(String name, double[] values) {
    return new Addition.ObsColumn(name, new Column.Numbers(values, false));
  }
}
