package org.regularizedvi.answers;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.result.LatentMoments;

/**
 * Predicts where a cell that lacks a modality would be, if cells like it are anything to go by: in
 * the slice of that modality z becomes what the cell's other slices make expected. This is a
 * function of the model and the cell alone; cells that have every modality stay as they are.
 */
public final class PredictedSlices {
  private PredictedSlices() {}

  /**
   * {@return the representation with the slices that cells lack predicted}
   *
   * @param encoded of modalities side by side
   * @param complete moments of cells that have every modality
   */
  public static Embedding of(Embedding encoded, LatentMoments complete) {
    FloatMatrix latent = encoded.latent();
    FloatMatrix predicted = latent.copy();
    float[] row = new float[latent.columns()];
    List<FloatMatrix> slices =
        encoded.modalities().stream().map(own -> own.latent().orElseThrow()).toList();
    Map<BitSet, SlicePrediction> byPresence = new HashMap<>();
    for (int n = 0; n < latent.rows(); n++) {
      BitSet present = new BitSet();
      for (int m = 0; m < slices.size(); m++) {
        present.set(m, !Float.isNaN(slices.get(m).at(n, 0)));
      }
      if (present.cardinality() < slices.size()) {
        latent.get(n, row, 0);
        byPresence
            .computeIfAbsent(present, some -> prediction(slices, some, complete))
            .fill(row, 0);
        predicted.put(n, row, 0, 1);
      }
    }
    return new Embedding(predicted, encoded.modalities(), 0);
  }

  private static SlicePrediction prediction(
      List<FloatMatrix> slices, BitSet present, LatentMoments complete) {
    boolean[] given = new boolean[complete.meanK().length];
    int from = 0;
    for (int m = 0; m < slices.size(); m++) {
      int to = from + slices.get(m).columns();
      Arrays.fill(given, from, to, present.get(m));
      from = to;
    }
    return new SlicePrediction(complete, given);
  }
}
