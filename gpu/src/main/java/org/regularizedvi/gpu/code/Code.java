package org.regularizedvi.gpu.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Names the kernels of the module, each with the shared memory that its blocks take. */
public enum Code {
  /** The decoder's last layer with the likelihood. */
  HEAD_FORWARD_FLOAT32(SharedBytes.HEAD),
  /** The same with bfloat16 operands. */
  HEAD_FORWARD_BFLOAT16(SharedBytes.HEAD),
  /** The decoder's last layer alone. */
  HEAD_LOGITS_FLOAT32(SharedBytes.WIDE_FLOAT32),
  /** The same with bfloat16 operands. */
  HEAD_LOGITS_BFLOAT16(SharedBytes.WIDE_BFLOAT16),
  /** What softmax needs to know of all genes of a cell. */
  LOG_SUMS_OF_ROWS(SharedBytes.SUMS),
  /** The likelihood behind softmax. */
  SOFTMAX_LIKELIHOOD_FLOAT32(SharedBytes.GENE_SUMS),
  /** The same with bfloat16 gradients. */
  SOFTMAX_LIKELIHOOD_BFLOAT16(SharedBytes.GENE_SUMS),
  /** The likelihood behind bursts. */
  BURST_LIKELIHOOD_FLOAT32(SharedBytes.GENE_SUMS),
  /** The same with bfloat16 gradients. */
  BURST_LIKELIHOOD_BFLOAT16(SharedBytes.GENE_SUMS),
  /** What the decoder gives of each cell and gene. */
  DECODE_SCALE(SharedBytes.WIDE_FLOAT32),
  /** Its sum over genes. */
  TOTAL_SCALE(SharedBytes.HEAD),
  /** The background's sum over genes. */
  TOTAL_BACKGROUND(SharedBytes.SUMS),
  /** Parts of a product that sums over genes. */
  PART_OF_PRODUCT_FLOAT32(SharedBytes.WIDE_FLOAT32),
  /** The same with bfloat16 operands. */
  PART_OF_PRODUCT_BFLOAT16(SharedBytes.WIDE_BFLOAT16),
  /** The sum of such parts. */
  SUM_OF_PARTS(SharedBytes.NONE),
  /** The gradient of a wide weight with Adam. */
  WEIGHT_STEP_FLOAT32(SharedBytes.WIDE_FLOAT32),
  /** The same with bfloat16 operands. */
  WEIGHT_STEP_BFLOAT16(SharedBytes.WIDE_BFLOAT16),
  /** A bfloat16 copy of a weight. */
  ROUND_TO_BFLOAT16(SharedBytes.NONE),
  /** A linear map. */
  AFFINE(SharedBytes.LINEAR),
  /** The gradient by a linear map's input. */
  INPUT_GRADIENT(SharedBytes.LINEAR),
  /** The gradient by a linear map's weight. */
  WEIGHT_GRADIENT(SharedBytes.LINEAR),
  /** The gradient by a linear map's bias. */
  COLUMN_SUMS(SharedBytes.NONE),
  /** Counts made dense. */
  SPREAD_COUNTS(SharedBytes.NONE),
  /** What an encoder sees of them, made dense. */
  SPREAD_INPUT_FLOAT32(SharedBytes.NONE),
  /** The same in bfloat16. */
  SPREAD_INPUT_BFLOAT16(SharedBytes.NONE),
  /** Layer norm, ReLU and dropout. */
  FINISH_LAYER(SharedBytes.NONE),
  /** Their derivatives. */
  DIFFERENTIATE_LAYER(SharedBytes.NONE),
  /** Mean and spread of each unit over the rows of a minibatch. */
  FIND_BATCH_MOMENTS(SharedBytes.SUMS),
  /** Batch norm. */
  NORMALISE_BATCH(SharedBytes.NONE),
  /** Its derivatives by its weight and bias. */
  SUM_BATCH_GRADIENTS(SharedBytes.SUMS),
  /** Its derivatives by what it normalises. */
  DIFFERENTIATE_BATCH(SharedBytes.NONE),
  /** Rows rounded to bfloat16. */
  ROUND_ROWS(SharedBytes.NONE),
  /** Rows copied. */
  COPY_ROWS(SharedBytes.NONE),
  /** z and the divergence of its distribution. */
  DRAW_LATENT(SharedBytes.NONE),
  /** Their derivatives. */
  DIFFERENTIATE_LATENT(SharedBytes.NONE),
  /** Draws turned into shares of 1. */
  SHARE_DRAWS(SharedBytes.NONE),
  /** The derivatives of that. */
  DIFFERENTIATE_SHARES(SharedBytes.NONE),
  /** What a sparsity prior gives each cell. */
  SUM_SPARSITY(SharedBytes.NONE),
  /** Its derivatives. */
  DIFFERENTIATE_SPARSITY(SharedBytes.NONE),
  /** Scales of z that all cells share. */
  DRAW_SHARED_SCALES(SharedBytes.NONE),
  /** Their derivatives. */
  DIFFERENTIATE_SHARED_SCALES(SharedBytes.NONE),
  /** Scales of z of each cell, and their divergence. */
  DRAW_SCALES(SharedBytes.NONE),
  /** Their derivatives. */
  DIFFERENTIATE_SCALES(SharedBytes.NONE),
  /** Draws times scales. */
  MULTIPLY_BY_SCALES(SharedBytes.NONE),
  /** The derivatives of that. */
  DIFFERENTIATE_PRODUCT(SharedBytes.NONE),
  /** The weights of the parts of z in their mean. */
  WEIGH_PARTS(SharedBytes.NONE),
  /** The weighted mean of the parts of z. */
  JOIN_PARTS(SharedBytes.NONE),
  /** Its derivatives. */
  SPLIT_PARTS(SharedBytes.NONE),
  /** l and the divergence of its distribution. */
  DRAW_LIBRARY(SharedBytes.NONE),
  /** Their derivatives. */
  DIFFERENTIATE_LIBRARY(SharedBytes.NONE),
  /** The derivatives by the weight of the observed total. */
  DIFFERENTIATE_WEIGHT_OF_TOTAL(SharedBytes.SUMS),
  /** The derivative by the learned factor on all counts of a modality. */
  DIFFERENTIATE_FACTOR(SharedBytes.SUMS),
  /** Sums over genes of what the head gave of each cell. */
  SUM_OVER_GENES(SharedBytes.NONE),
  /** A parameter of genes as the head takes it. */
  GENE_TABLE(SharedBytes.NONE),
  /** The derivatives by the background. */
  DIFFERENTIATE_BACKGROUND(SharedBytes.SUMS),
  /** What the prior of a measured background needs to know of all genes. */
  SUM_BACKGROUND(SharedBytes.SUMS),
  /** The derivatives of that prior. */
  DIFFERENTIATE_MEASURED(SharedBytes.NONE),
  /** The derivatives by the scaling factors. */
  DIFFERENTIATE_SCALING(SharedBytes.SUMS),
  /** The derivatives by the head's bias. */
  DIFFERENTIATE_BIAS(SharedBytes.NONE),
  /** The derivatives by mean and spread of log theta. */
  DIFFERENTIATE_DISPERSION(SharedBytes.SUMS),
  /** The derivatives by the rates of its prior. */
  DIFFERENTIATE_RATES(SharedBytes.SUMS),
  /** The penalties of a hidden weight of the decoder. */
  PENALISE(SharedBytes.SUMS),
  /** Adam on all parameters that are not wide. */
  ADAM(SharedBytes.NONE),
  /** The sum of numbers in double. */
  SUM_UP(SharedBytes.SUMS),
  /** The sum of whole numbers. */
  SUM_UP_WHOLE(SharedBytes.SUMS),
  /** A number kept for the host. */
  KEEP_NUMBER(SharedBytes.NONE),
  /** Draws as they are, for checks. */
  DRAW_NORMALS(SharedBytes.NONE),
  /** Draws as they are, for checks. */
  DRAW_UNIFORMS(SharedBytes.NONE);

  private static final String RESOURCE = "kernels.ptx";

  private final int sharedBytes;

  Code(int sharedBytes) {
    this.sharedBytes = sharedBytes;
  }

  /** {@return the shared memory that a block takes} */
  public int sharedBytes() {
    return sharedBytes;
  }

  /** {@return the kernel's name in the module: that of the constant in camel case} */
  public String symbol() {
    StringBuilder symbol = new StringBuilder();
    for (String word : name().split("_")) {
      String lower = word.toLowerCase(Locale.ROOT);
      symbol.append(
          symbol.isEmpty()
              ? lower
              : lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1));
    }
    return symbol.toString();
  }

  /** {@return the module, PTX for compute capability 8.0 that drivers make machine code of} */
  public static String module() {
    try (InputStream in = Code.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not among the classes");
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
