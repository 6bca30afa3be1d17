package org.regularizedvi.cpu.head;

import java.util.List;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.cpu.layer.HiddenLayers;
import org.regularizedvi.cpu.sparse.TiledCounts;
import org.regularizedvi.kernel.Cells;

/**
 * Holds the minibatch that a pass of the head is about.
 *
 * @param runs rows whose cells share the genes' parameters; rows in no run lack the modality
 * @param cells numbers that the likelihood takes of each cell
 * @param hidden the decoders' last hidden layers as the products take them
 */
record HeadCall(
    Minibatch minibatch,
    TiledCounts counts,
    List<GroupRun> runs,
    Cells cells,
    HeadNoise noise,
    HiddenLayers hidden) {
  int rows() {
    return minibatch.size();
  }

  HeadCall with(Cells others) {
    return new HeadCall(minibatch, counts, runs, others, noise, hidden);
  }
}
