package org.regularizedvi.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Walks a run of rows in pieces of 512 genes: piece by piece, row by row, loop by loop.
 *
 * <p>Genes outermost, so that a piece's parameters and sums stay in the first-level cache while the
 * rows go by; a cursor a row remembers how far its counts have been read. All state is in the
 * thread's {@link Workspace}.
 */
final class PieceRunner {
  private static final int NOISE_GROUP = 64; // columns that the generator draws together

  private final RowLoops loops;

  PieceRunner(RowLoops loops) {
    this.loops = loops;
  }

  /** Runs the call that the workspace holds. */
  void run(Workspace w) {
    int from = w.group.fromRow();
    int to = w.group.toRow();
    w.large.clear();
    Arrays.fill(w.count, 0f);
    Arrays.fill(w.thetaTerm, 0f);
    w.reserveRows(to - from);
    for (int row = from; row < to; row++) {
      w.library[row - from] = (float) Math.exp(w.cells.logLibrary()[row]);
      w.cursor[row - from] = w.tile.rowStart()[row];
    }
    for (int first = 0; first < w.tile.columns(); first += Workspace.PIECE) {
      w.first = first;
      w.columns = Math.min(Workspace.PIECE, w.tile.columns() - first);
      w.padded = (w.columns + Workspace.LANES - 1) / Workspace.LANES * Workspace.LANES;
      loadGenes(w);
      for (int row = from; row < to; row++) {
        row(w, row);
        if (w.large.isFull()) {
          w.large.flush(loops, w);
        }
      }
      w.large.flush(loops, w);
      addGeneSums(w);
    }
  }

  private void row(Workspace w, int row) {
    int n = w.padded;
    int local = row - w.group.fromRow();
    boolean softmax = w.plan.activation() == Activation.SOFTMAX;
    load(w, row, w.tile.logits(), w.logits);
    if (w.bursts()) {
      burstRow(w, row, local);
      return;
    }
    if (softmax) {
      float logSumExp = w.cells.logSumExp()[row];
      loops.softmax(w, Math.fma(0f, logSumExp, w.library[local]), logSumExp, n); // NaN must show
    } else {
      loops.softplus(w, w.library[local], n);
    }
    draw(w, row);
    double value = counts(w, row, local);
    loops.likelihood(w, w.plan.scale(), n);
    Arrays.fill(w.count, 0, n, 0f);
    Arrays.fill(w.thetaTerm, 0, n, 0f);
    Pass pass = w.plan.pass();
    if (w.sumsWanted()) {
      w.sums.logLikelihood()[row] += value + sum(w.valueLanes);
    }
    if (pass == Pass.VALUE) {
      return;
    }
    if (w.sumsWanted()) {
      w.sums.logLibrary()[row] += sum(w.perLogMuLanes);
      if (w.group.gradients().logScaling().length > 0) {
        loops.scalingGradients(w, n);
      }
    }
    if (pass == Pass.SOFTMAX_SUMS) {
      loops.rhoGradient(w, n);
      w.sums.rhoGradient()[row] += sum(w.rhoLanes);
      return;
    }
    if (softmax) {
      loops.softmaxGradients(w, w.cells.rhoGradient()[row], n);
    }
    store(w, row, w.tile.logits(), w.logits);
  }

  /** With bursts theta depends on the row's logits, and these on the large counts' terms. */
  private void burstRow(Workspace w, int row, int local) {
    int n = w.padded;
    BurstSizes sizes = w.tile.sizes();
    load(w, row, sizes.logits(), w.sizeLogits);
    if (w.plan.noise() instanceof Noise.None) {
      loops.theta(w, 0, n);
    } else {
      draw(w, row);
    }
    loops.bursts(w, w.library[local], sizes, n);
    double value = counts(w, row, local);
    w.large.flushRow(loops, w);
    loops.burstLikelihood(w, w.plan.scale(), n);
    Arrays.fill(w.count, 0, n, 0f);
    Arrays.fill(w.thetaTerm, 0, n, 0f);
    w.sums.logLikelihood()[row] += value + sum(w.valueLanes);
    if (w.plan.pass() == Pass.VALUE) {
      return;
    }
    w.sums.logLibrary()[row] += sum(w.perLogMuLanes);
    w.sums.logFactor()[row] += sum(w.factorLanes);
    if (w.group.gradients().logScaling().length > 0) {
      loops.scalingGradients(w, n);
    }
    store(w, row, w.tile.logits(), w.logits);
    store(w, row, sizes.logits(), w.sizeLogits);
  }

  /**
   * Parameters of the piece's genes into scratch, their sums to 0; fixed theta where there is no
   * noise.
   */
  private void loadGenes(Workspace w) {
    GeneTerms terms = w.group.terms();
    int at = terms.offset() + w.first;
    copy(terms.background(), at, w.background, w, 0f);
    copy(terms.scaling(), at, w.scaling, w, 1f);
    copy(terms.logTheta(), at, w.logTheta, w, 0f);
    copy(terms.sigma(), at, w.sigma, w, 0f);
    for (int i = 0;
        i < w.columns;
        i++) { // a parameter that is NaN must show: theta is cut, mu is not
      w.scaling[i] = Math.fma(0f, w.logTheta[i] + w.sigma[i], w.scaling[i]);
    }
    Arrays.fill(w.scaling, w.columns, w.padded, 0f); // mu = 0 in the padding
    Arrays.fill(w.logits, w.columns, w.padded, 0f);
    Arrays.fill(w.sizeLogits, w.columns, w.padded, 0f);
    Arrays.fill(w.halves, w.columns, w.padded, (short) 0);
    Arrays.fill(w.biasSum, 0f);
    Arrays.fill(w.sizeBiasSum, 0f);
    Arrays.fill(w.backgroundSum, 0f);
    Arrays.fill(w.logScalingSum, 0f);
    Arrays.fill(w.logThetaSum, 0f);
    Arrays.fill(w.logSigmaSum, 0f);
    if (w.plan.noise() instanceof Noise.None) {
      Arrays.fill(w.noise, 0f);
      loops.theta(w, 0, w.padded);
    }
  }

  private static void copy(float[] source, int at, float[] target, Workspace w, float absent) {
    if (source.length == 0) {
      Arrays.fill(target, 0, w.columns, absent);
    } else {
      System.arraycopy(source, at, target, 0, w.columns);
    }
    Arrays.fill(target, w.columns, w.padded, 0f);
  }

  /** The row's noise, then theta. */
  private void draw(Workspace w, int row) {
    switch (w.plan.noise()) {
      case Noise.None() -> {}
      case Noise.Given given -> {
        System.arraycopy(given.values(), row * given.rowStride() + w.first, w.noise, 0, w.columns);
        loops.theta(w, 0, w.padded);
      }
      case Noise.Generated g -> {
        int gene = w.tile.firstGene() + w.first;
        int shift = gene % NOISE_GROUP;
        int drawn = (shift + w.columns + NOISE_GROUP - 1) / NOISE_GROUP * NOISE_GROUP;
        g.random()
            .normals(g.purpose(), g.step(), w.cells.id()[row], gene - shift, w.noise, 0, drawn);
        loops.theta(w, shift, w.padded);
      }
    }
  }

  /**
   * Spreads the row's counts over the dense array and sorts them by size: small ones are evaluated
   * now, for the dense loop reads what they add to d/d log theta, large ones with those of other
   * rows. Returns what the small ones add to the value.
   */
  private double counts(Workspace w, int row, int local) {
    int[] column = w.tile.column();
    float[] count = w.tile.count();
    int end = w.tile.rowStart()[row + 1];
    int limit = w.first + w.columns;
    int small = 0;
    int j = w.cursor[local];
    for (; j < end && column[j] < limit; j++) {
      int c = column[j] - w.first;
      float x = count[j];
      int whole = (int) x;
      w.count[c] = x;
      if (whole == x && whole <= LargeCounts.LARGEST_SMALL) {
        w.smallColumn[small] = c;
        w.smallCount[small] = whole;
        w.smallTheta[small] = w.theta[c];
        w.smallMu[small] = w.mu[c];
        small++;
      } else {
        w.large.add(row, c, x, w.theta[c], w.mu[c], w.spread[c]);
      }
    }
    w.cursor[local] = j;
    return smallCounts(w, small);
  }

  private double smallCounts(Workspace w, int small) {
    int n = (small + Workspace.LANES - 1) / Workspace.LANES * Workspace.LANES;
    Arrays.fill(w.smallCount, small, n, 0);
    Arrays.fill(w.smallTheta, small, n, 1f);
    Arrays.fill(w.smallMu, small, n, 1f);
    loops.smallCounts(w, n);
    for (int i = 0; i < small; i++) {
      w.thetaTerm[w.smallColumn[i]] = w.smallTerm[i];
    }
    return sum(w.smallLanes);
  }

  private void addGeneSums(Workspace w) {
    Pass pass = w.plan.pass();
    GeneGradients g = w.group.gradients();
    int at = g.offset() + w.first;
    if (pass == Pass.GRADIENTS) {
      add(w.biasSum, g.bias(), at, w.columns);
      add(w.sizeBiasSum, w.tile.sizes().biasGradient(), at, w.columns);
    }
    if (pass == Pass.SOFTMAX_SUMS || (pass == Pass.GRADIENTS && w.plan.activation().inOnePass())) {
      add(w.backgroundSum, g.background(), at, w.columns);
      add(w.logScalingSum, g.logScaling(), at, w.columns);
      add(w.logThetaSum, g.logTheta(), at, w.columns);
      add(w.logSigmaSum, g.logSigma(), at, w.columns);
    }
  }

  private static void add(float[] sum, float[] target, int at, int columns) {
    if (target.length > 0) {
      for (int i = 0; i < columns; i++) {
        target[at + i] += sum[i];
      }
    }
  }

  private void load(Workspace w, int row, MemorySegment logits, float[] into) {
    long element = row * w.tile.rowStride() + w.first;
    if (w.tile.type() == ElementType.FLOAT32) {
      MemorySegment.copy(logits, ValueLayout.JAVA_FLOAT_UNALIGNED, element * 4, into, 0, w.columns);
      Arrays.fill(into, w.columns, w.padded, 0f); // the last row left its gradients there
    } else {
      MemorySegment.copy(
          logits, ValueLayout.JAVA_SHORT_UNALIGNED, element * 2, w.halves, 0, w.columns);
      loops.widen(w, into, w.padded);
    }
  }

  private void store(Workspace w, int row, MemorySegment logits, float[] from) {
    long element = row * w.tile.rowStride() + w.first;
    if (w.tile.type() == ElementType.FLOAT32) {
      MemorySegment.copy(from, 0, logits, ValueLayout.JAVA_FLOAT_UNALIGNED, element * 4, w.columns);
    } else {
      loops.narrow(w, from, w.padded);
      MemorySegment.copy(
          w.halves, 0, logits, ValueLayout.JAVA_SHORT_UNALIGNED, element * 2, w.columns);
    }
  }

  /** The 16 partial sums, in one fixed order: pairs, then pairs of pairs. */
  private static double sum(float[] lanes) {
    double a = ((double) lanes[0] + lanes[8]) + ((double) lanes[4] + lanes[12]);
    double b = ((double) lanes[1] + lanes[9]) + ((double) lanes[5] + lanes[13]);
    double c = ((double) lanes[2] + lanes[10]) + ((double) lanes[6] + lanes[14]);
    double d = ((double) lanes[3] + lanes[11]) + ((double) lanes[7] + lanes[15]);
    return (a + c) + (b + d);
  }
}
