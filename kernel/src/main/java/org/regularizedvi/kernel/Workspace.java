package org.regularizedvi.kernel;

/**
 * Scratch memory of one thread. It is made once, so that a call of the kernel allocates nothing.
 *
 * <p>Rows are cut into pieces of at most {@link #PIECE} genes, so that the arrays of a piece, about
 * 40 KiB, stay near the core. All arrays are padded to whole vectors; padding holds y = 0, so that
 * mu, values and gradients there are 0.
 */
public final class Workspace {
  /** Genes of a piece. */
  static final int PIECE = 512;

  /** The bits of the largest and the least theta that bursts may make; mu is 0 in the padding. */
  static final int MAX_THETA_BITS = Float.floatToRawIntBits(9.8e8f);

  static final int MIN_THETA_BITS = Float.floatToRawIntBits(1e-30f);

  /** Lanes of partial sums: column c is summed in lane c % 16 whatever the vector width. */
  static final int LANES = 16;

  private static final int NOISE = PIECE + 128; // whole groups of 64 columns around any 512

  // the call, and the piece it is at
  Plan plan;
  Tile tile;
  Cells cells;
  GroupRows group;
  RowSums sums;
  int first; // column of the tile at which the piece begins
  int columns; // genes of the piece
  int padded; // the same, up to whole vectors

  // one row of a piece
  final short[] halves = new short[PIECE];
  final float[] logits = new float[PIECE]; // a, then its gradient
  final float[] rho = new float[PIECE]; // softmax only
  final float[] sizeLogits = new float[PIECE]; // bursts only: c, then its gradient
  final float[] mu = new float[PIECE];
  final float[] perLogit = new float[PIECE]; // d log mu / da
  final float[] perBackground = new float[PIECE]; // d log mu / ds
  final float[] noise = new float[NOISE];
  final float[] spread = new float[PIECE]; // sigma eps
  final float[] theta = new float[PIECE]; // with bursts v, then mu^2 / V
  final float[] count = new float[PIECE]; // x, made dense
  final float[] thetaTerm = new float[PIECE]; // what x > 0 adds to d/d log theta
  final float[] perLogMu = new float[PIECE]; // scale d log p / d log mu

  // one row of a piece with bursts: derivatives of log V, and of log mu by c
  final float[] variancePerLogit = new float[PIECE];
  final float[] perSizeLogit = new float[PIECE];
  final float[] variancePerSizeLogit = new float[PIECE];
  final float[] variancePerLogLibrary = new float[PIECE];
  final float[] variancePerLogTheta = new float[PIECE];

  // counts above 0 of one row of a piece
  final int[] smallColumn = new int[PIECE + LANES];
  final int[] smallCount = new int[PIECE + LANES];
  final float[] smallTheta = new float[PIECE + LANES];
  final float[] smallMu = new float[PIECE + LANES];
  final float[] smallTerm = new float[PIECE + LANES];
  final LargeCounts large = new LargeCounts();

  // partial sums of a row
  final float[] valueLanes = new float[LANES];
  final float[] perLogMuLanes = new float[LANES];
  final float[] factorLanes = new float[LANES]; // bursts only
  final float[] smallLanes = new float[LANES];
  final float[] rhoLanes = new float[LANES];

  // genes of a piece
  final float[] background = new float[PIECE];
  final float[] scaling = new float[PIECE];
  final float[] logTheta = new float[PIECE];
  final float[] sigma = new float[PIECE];
  final float[] biasSum = new float[PIECE];
  final float[] sizeBiasSum = new float[PIECE];
  final float[] backgroundSum = new float[PIECE];
  final float[] logScalingSum = new float[PIECE];
  final float[] logThetaSum = new float[PIECE];
  final float[] logSigmaSum = new float[PIECE];

  // rows of a call
  float[] library = new float[0]; // exp(l)
  int[] cursor = new int[0]; // next entry of the row's counts

  /**
   * Makes the scratch for calls of at most so many rows; a call with more rows makes it grow once.
   *
   * @param rows the number of rows
   */
  public Workspace(int rows) {
    reserveRows(rows);
  }

  /**
   * Whether the call makes the sums over genes: all but softmax's second pass, which has them from
   * the first.
   */
  boolean sumsWanted() {
    return plan.activation().inOnePass() || plan.pass() != Pass.GRADIENTS;
  }

  /** Whether rho is frequency times size of bursts. */
  boolean bursts() {
    return plan.activation() == Activation.BURSTS;
  }

  void reserveRows(int rows) {
    if (rows > library.length) {
      library = new float[rows];
      cursor = new int[rows];
    }
  }
}
