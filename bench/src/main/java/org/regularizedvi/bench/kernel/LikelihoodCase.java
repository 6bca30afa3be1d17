package org.regularizedvi.bench.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.regularizedvi.kernel.Activation;
import org.regularizedvi.kernel.BurstSizes;
import org.regularizedvi.kernel.Cells;
import org.regularizedvi.kernel.CountLikelihood;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.kernel.GeneGradients;
import org.regularizedvi.kernel.GeneTerms;
import org.regularizedvi.kernel.GroupRows;
import org.regularizedvi.kernel.Noise;
import org.regularizedvi.kernel.Pass;
import org.regularizedvi.kernel.Plan;
import org.regularizedvi.kernel.RowSums;
import org.regularizedvi.kernel.Tile;
import org.regularizedvi.kernel.Workspace;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Holds a synthetic minibatch for timing: two groups of cells, 62 % of the nonzero counts 1, 91 %
 * at most 4, a tail to 1,000.
 */
final class LikelihoodCase {
  private final int rows;
  private final int columns;
  private final ElementType type;
  private final float[] start;
  private final MemorySegment logits;
  private final Plan plan;
  private final Tile tile;
  private final Cells cells;
  private final GroupRows[] groups = new GroupRows[2];
  private final RowSums sums;
  private final Workspace workspace;

  LikelihoodCase(int rows, int columns, double density, ElementType type, String noise) {
    this.rows = rows;
    this.columns = columns;
    this.type = type;
    SplittableRandom random = new SplittableRandom(1);
    start = new float[rows * columns];
    for (int i = 0; i < start.length; i++) {
      start[i] = (float) (-3 + 1.5 * random.nextGaussian());
    }
    logits = Arena.ofAuto().allocate((long) start.length * type.bytes(), 64);
    restore();
    int[] rowStart = new int[rows + 1];
    int[] column = new int[start.length];
    float[] count = new float[start.length];
    float[] logLibrary = new float[rows];
    long[] id = new long[rows];
    int entries = 0;
    for (int n = 0; n < rows; n++) {
      logLibrary[n] = (float) (0.3 * random.nextGaussian());
      id[n] = random.nextInt(1 << 20);
      for (int j = 0; j < columns; j++) {
        if (random.nextDouble() < density) {
          column[entries] = j;
          count[entries++] =
              (float) Math.min(1000, Math.floor(Math.pow(random.nextDouble(), -0.72)));
        }
      }
      rowStart[n + 1] = entries;
    }
    tile = new Tile(1024, columns, logits, type, columns, rowStart, column, count, BurstSizes.NONE);
    cells = Cells.softplus(logLibrary, id);
    for (int g = 0; g < groups.length; g++) {
      float[][] terms = new float[3][columns];
      for (int j = 0; j < columns; j++) {
        terms[0][j] = (float) Math.exp(-4.6 + 0.1 * random.nextGaussian());
        terms[1][j] = (float) (2.2 + 0.5 * random.nextGaussian());
        terms[2][j] = 0.1f;
      }
      groups[g] =
          new GroupRows(
              g * rows / 2,
              (g + 1) * rows / 2,
              new GeneTerms(terms[0], new float[0], terms[1], terms[2], 0),
              new GeneGradients(
                  new float[columns],
                  new float[columns],
                  new float[0],
                  new float[columns],
                  new float[columns],
                  0));
    }
    plan =
        new Plan(
            Activation.SOFTPLUS,
            Pass.GRADIENTS,
            switch (noise) {
              case "none" -> new Noise.None();
              case "given" -> new Noise.Given(new float[rows * columns], columns);
              default -> new Noise.Generated(new CounterRandom(1), 1, 1);
            },
            -1f / rows);
    sums = RowSums.ofRows(rows);
    workspace = new Workspace(rows);
  }

  long elements() {
    return (long) rows * columns;
  }

  /** Puts the logits back, which a run replaces by gradients. */
  void restore() {
    if (type == ElementType.FLOAT32) {
      MemorySegment.copy(start, 0, logits, ValueLayout.JAVA_FLOAT, 0, start.length);
    } else {
      for (int i = 0; i < start.length; i++) {
        logits.setAtIndex(
            ValueLayout.JAVA_SHORT, i, (short) (Float.floatToRawIntBits(start[i]) >>> 16));
      }
    }
  }

  void run(CountLikelihood likelihood) {
    for (GroupRows group : groups) {
      likelihood.run(plan, tile, cells, group, sums, workspace);
    }
  }
}
