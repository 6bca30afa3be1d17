package org.regularizedvi.cpu.head;

import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.sparse.GeneTiles;
import org.regularizedvi.kernel.Activation;
import org.regularizedvi.kernel.BurstSizes;
import org.regularizedvi.kernel.CountLikelihood;
import org.regularizedvi.kernel.GeneGradients;
import org.regularizedvi.kernel.GroupRows;
import org.regularizedvi.kernel.Pass;
import org.regularizedvi.kernel.Plan;
import org.regularizedvi.kernel.RowSums;
import org.regularizedvi.kernel.Tile;

/**
 * Computes the likelihood of one tile of genes, run by run of cells that share the genes'
 * parameters; where gradients are asked for they take the place of the logits.
 */
final class HeadKernel {
  private final CountLikelihood likelihood = CountLikelihood.fastest();
  private final GeneTiles tiles;
  private final Activation activation;

  HeadKernel(GeneTiles tiles, Activation activation) {
    this.tiles = tiles;
    this.activation = activation;
  }

  /** Says what a pass over all tiles is for, and the factor on its gradients. */
  record Aim(Pass pass, float scale) {}

  /**
   * Computes one tile.
   *
   * @param own has the tile's logits, and takes the gradients by its genes' parameters
   * @param sums to which each cell's share is added
   */
  void run(HeadCall call, HeadScratch own, int tile, Aim aim, RowSums sums) {
    int first = tiles.first(tile);
    int genes = tiles.genesOf(tile);
    Pass pass = aim.pass();
    Matrix logits = own.own().logits(call.rows());
    own.genes().startTile(first, genes);
    Tile counts =
        new Tile(
            first,
            genes,
            logits.memory(),
            logits.type(),
            logits.stride(),
            call.counts().rowStart(tile),
            call.counts().column(),
            call.counts().count(),
            own.sizes().map(room -> sizes(call, own, room)).orElse(BurstSizes.NONE));
    Plan plan =
        new Plan(activation, pass, call.noise().ofTile(first, genes, call.rows()), aim.scale());
    for (GroupRun run : call.runs()) {
      var terms = own.genes().terms(run);
      GeneGradients gradients = pass == Pass.VALUE ? GeneGradients.NONE : own.genes().startRun(run);
      likelihood.run(
          plan,
          counts,
          call.cells(),
          new GroupRows(run.fromRow(), run.toRow(), terms, gradients),
          sums,
          own.workspace());
      if (pass != Pass.VALUE) {
        own.genes().endRun(run);
      }
    }
    if (pass != Pass.VALUE) {
      own.genes().endTile(pass, activation);
    }
    if (pass == Pass.GRADIENTS) {
      clearAbsent(call, logits);
      own.sizes().ifPresent(room -> clearAbsent(call, room.logits(call.rows())));
    }
  }

  private static BurstSizes sizes(HeadCall call, HeadScratch own, HeadRoom room) {
    return new BurstSizes(
        room.logits(call.rows()).memory(),
        own.genes().burstIntercept(),
        own.genes().factor(),
        own.genes().sizeBiasGradient());
  }

  /** Rows that are in no run have no gradient: the cell lacks this modality. */
  private void clearAbsent(HeadCall call, Matrix logits) {
    int from = 0;
    for (GroupRun run : call.runs()) {
      logits.rows(from, run.fromRow()).clear();
      from = run.toRow();
    }
    logits.rows(from, call.rows()).clear();
  }
}
