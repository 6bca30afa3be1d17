package org.regularizedvi.kernel;

/**
 * The log-likelihood of counts under the Gamma-Poisson model and its gradients by logits, library
 * size, background, scaling and dispersion, for a tile of cells x genes.
 *
 * <pre>
 *   log p(x) = lgamma(theta+x) - lgamma(theta) - lgamma(x+1) + theta log(theta/(theta+mu)) + x log(mu/(theta+mu))
 * </pre>
 *
 * Immutable and shared between threads; each thread brings its {@link Workspace}. A call is
 * single-threaded, allocates nothing and depends on nothing but its arguments: the bits of a result
 * are those of any other machine width, too.
 */
public final class CountLikelihood {
  private final RowLoops loops;
  private final PieceRunner runner;

  private CountLikelihood(RowLoops loops) {
    this.loops = loops;
    this.runner = new PieceRunner(loops);
  }

  /**
   * {@return the fastest implementation on this machine: vectors where they are wide enough, else
   * plain Java; the results have the same bits}
   */
  public static CountLikelihood fastest() {
    return VectorRowLoops.fits() ? vector() : scalar();
  }

  /** {@return the implementation in plain Java, which is the readable definition of the results} */
  public static CountLikelihood scalar() {
    return new CountLikelihood(new ScalarRowLoops());
  }

  /** {@return the implementation with vectors, whether they are wide or not} */
  static CountLikelihood vector() {
    return new CountLikelihood(new VectorRowLoops());
  }

  /** {@return the name of the implementation, for reports} */
  public String name() {
    return loops.name();
  }

  /**
   * Computes what the plan asks for, for a run of rows of a tile. It adds to the sums and to the
   * gradients of the genes' parameters, and in a pass that wants gradients it puts the logits'
   * gradient in the place of the logits.
   *
   * @param plan says what is computed
   * @param tile the logits and counts of one tile of genes, for all cells of the minibatch
   * @param cells the cells of the minibatch, N of them
   * @param group the rows to compute, whose cells share the genes' parameters, with these
   *     parameters and the arrays that take their gradients
   * @param sums takes what is summed over genes, an element per cell of the minibatch
   * @param workspace scratch, of which each thread has its own
   * @throws IllegalArgumentException when the tile does not hold the rows
   */
  public void run(
      Plan plan, Tile tile, Cells cells, GroupRows group, RowSums sums, Workspace workspace) {
    tile.check(group.fromRow(), group.toRow(), plan.activation());
    workspace.plan = plan;
    workspace.tile = tile;
    workspace.cells = cells;
    workspace.group = group;
    workspace.sums = sums;
    runner.run(workspace);
  }
}
