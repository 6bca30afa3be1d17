package org.regularizedvi.gpu.code;

/** Says how many bytes of shared memory a block of each kind of kernel takes. */
public final class SharedBytes {
  /** Of kernels that need none. */
  public static final int NONE = 0;

  /** Of sums over a block: 256 numbers in double. */
  public static final int SUMS = 2048;

  /** Of linear maps between layers: two operands, 16 deep, tiles of 64 padded by 1. */
  public static final int LINEAR = 8320;

  /** Of wide products in float32: two operands, 16 deep, tiles of 128 padded by 1. */
  public static final int WIDE_FLOAT32 = 16512;

  /** Of wide products in bfloat16: three stages of two operands, 128 rows of 40. */
  public static final int WIDE_BFLOAT16 = 61440;

  /** Of the head: a tile of logits, 128 rows of 132, and five sums of 128 genes for each warp. */
  public static final int HEAD = 88064;

  /** Of likelihoods whose logits lie in memory: six sums of 128 genes for each warp. */
  public static final int GENE_SUMS = 24576;

  private SharedBytes() {}
}
