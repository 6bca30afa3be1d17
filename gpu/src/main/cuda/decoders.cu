// Decoders whose logits are wanted by more than one kernel, so that they lie in memory: softmax needs the sums of all genes before any
// of them, and again before the gradients; bursts need a logit of frequency and one of size for each gene.
#include "likelihood.cuh"
#include "tiles.cuh"
static_assert(SHAREDBYTES_GENE_SUMS >= 8 * SUMS_OF_A_GENE * 128 * 4, "shared memory of sums of genes");

template <class T>
__device__ __forceinline__ void headLogits(
    const T* hidden, const T* weight, const float* bias, float* logits, int rows, int genes, int stride, int units, float4* pool) {
  typedef Places<T, 128> At;
  float sums[64];
  int firstRow = blockIdx.y * 128, firstGene = blockIdx.x * 128;
  Operand<T> h = {hidden, units, rows};
  Operand<T> w = {weight, units, stride};
  Product<T, 128, false, false>::sum(h, w, firstRow, firstGene, 0, units, sums, pool);
#pragma unroll
  for (int q = 0; q < 64; q++) {
    int row = firstRow + At::row(q), gene = firstGene + At::column(q);
    if (row < rows) logits[(u64)row * stride + gene] = sums[q] + (gene < genes ? bias[gene] : 0.0f);
  }
}

/** logits, rows x stride = h W' + b; grid: tiles of genes x tiles of rows. */
extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) headLogitsFloat32(
    const float* hidden, const float* weight, const float* bias, float* logits, int rows, int genes, int stride, int units) {
  SHARED_POOL(pool);
  headLogits<float>(hidden, weight, bias, logits, rows, genes, stride, units, pool);
}
extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) headLogitsBfloat16(
    const u16* hidden, const u16* weight, const float* bias, float* logits, int rows, int genes, int stride, int units) {
  SHARED_POOL(pool);
  headLogits<u16>(hidden, weight, bias, logits, rows, genes, stride, units, pool);
}

/** The log of the sum of the exponentials of each row; grid: a block a row. */
extern "C" __global__ void __launch_bounds__(256) logSumsOfRows(const float* logits, int genes, int stride, float* sums) {
  SHARED_POOL(pool);
  float* room = (float*)pool;
  const float* own = logits + (u64)blockIdx.x * stride;
  float largest = -ofBits(0x7f800000);
  for (int g = threadIdx.x; g < genes; g += 256) largest = fmaxf(largest, own[g]);
  largest = warpLargest(largest);
  if ((threadIdx.x & 31) == 0) room[threadIdx.x >> 5] = largest;
  __syncthreads();
  for (int w = 0; w < 8; w++) largest = fmaxf(largest, room[w]);
  __syncthreads();  // the sums take the place of the largest
  double sum = 0;
  for (int g = threadIdx.x; g < genes; g += 256) sum += exp((double)own[g] - largest);
  sum = blockSum(sum, (double*)pool);
  if (threadIdx.x == 0) sums[blockIdx.x] = (float)(largest + log(sum));
}

/** Logits through softmax; the third sum of a cell is that of rho times the gradient by rho, which its last pass takes off again. */
struct Softmax {
  static const bool HAS_THIRD = true, HAS_SIZES = false;
  static const int GENE_SUMS = 5;
  const float *logits, *logSums;
  const float* rhoGradient;  // of each cell; null in the pass that finds it
  int stride;

  __device__ __forceinline__ float element(const Element& at, const Gene& g, GeneSums& sums, CellSums& cell, float*) const {
    float rho = expOfMiddle(clampLogShare(logits[(u64)at.row * stride + at.gene] - logSums[at.row]));
    float t = rho + g.background;
    float r = 1.0f / t;
    float mu = t * at.library * g.scaling;
    float spread = g.sigma * at.noise;
    float d, s;
    likelihoodOf(at.count, mu, thetaOf(g, spread), at.scale, cell.value, &d, &s);
    float gradient = d * (rho * r);
    cell.third += gradient;
    if (rhoGradient) gradient += rho * -rhoGradient[at.row];
    addUp(gradient, d, r, s, spread, sums, cell);
    return gradient;
  }
};

/** Gradients by the logits, rows x stride, or, without, the sums of cells alone; grid: tiles of genes x tiles of rows. */
extern "C" __global__ void __launch_bounds__(TILE_THREADS) softmaxLikelihoodFloat32(Likelihood c, Softmax decoder, float* gradient) {
  SHARED_POOL(pool);
  likelihoodOfTile<Softmax, float>(c, decoder, (float*)pool, gradient, nullptr);
}
extern "C" __global__ void __launch_bounds__(TILE_THREADS) softmaxLikelihoodBfloat16(Likelihood c, Softmax decoder, u16* gradient) {
  SHARED_POOL(pool);
  likelihoodOfTile<Softmax, u16>(c, decoder, (float*)pool, gradient, nullptr);
}

/** Logits of burst frequency and size; theta's place has the technical variance. The third sum of a cell is by the factor's log. */
struct Bursts {
  static const bool HAS_THIRD = true, HAS_SIZES = true;
  static const int GENE_SUMS = 6;
  const float *logits, *sizeLogits;
  const float* unscaled;  // exp(l) of each cell, without the learned factor on all expected counts
  float intercept;
  int stride;

  __device__ __forceinline__ float element(
      const Element& at, const Gene& g, GeneSums& sums, CellSums& cell, float* ofSize) const {
    float a = logits[(u64)at.row * stride + at.gene], c = sizeLogits[(u64)at.row * stride + at.gene];
    float e = expOfMinusAbs(a);
    float f = positive(a) + log1pOfUnit(e);
    float slopeF = numeratorOfSigmoid(a, e) / (e + 1.0f);
    float sizeE = expOfMinusAbs(c);
    float b = positive(c) + log1pOfUnit(sizeE) + intercept;
    float slopeB = numeratorOfSigmoid(c, sizeE) / (sizeE + 1.0f);
    float spread = g.sigma * at.noise;
    float v = thetaOf(g, spread);
    float t = f * b + g.background;
    float mu = at.library * g.scaling * t;
    float unit = unscaled[at.row] * g.scaling;
    float unitB = unit * b;
    float perF = unitB * unitB;
    float biological = perF * f;
    float perVariance = 1.0f / (biological + v + (float)BURSTSIZES_LEAST_VARIANCE);
    float perT = 1.0f / t;
    int bits = least(bitsOf(mu * mu * perVariance), WORKSPACE_MAX_THETA_BITS);
    float theta = ofBits(bits > WORKSPACE_MIN_THETA_BITS ? bits : WORKSPACE_MIN_THETA_BITS);
    float byLogMu, byLogTheta;
    likelihoodOf(at.count, mu, theta, at.scale, cell.value, &byLogMu, &byLogTheta);
    float d = fmaf(2.0f, byLogTheta, byLogMu);
    float byVariance = -byLogTheta;
    float gradient = fmaf(d, slopeF * b * perT, byVariance * (slopeF * perF * perVariance));
    *ofSize = fmaf(d, slopeB * f * perT, byVariance * (slopeB * 2.0f * unit * unitB * f * perVariance));
    float perUnit = fmaf(byVariance, 2.0f * biological * perVariance, d);
    float s = byVariance * (v * perVariance);
    sums.bias += gradient;
    sums.sizeBias += *ofSize;
    sums.background = fmaf(d, perT, sums.background);
    sums.logScaling += perUnit;
    sums.logTheta += s;
    sums.logSigma = fmaf(s, spread, sums.logSigma);
    cell.perLogMu += perUnit;
    cell.third += d;
    return gradient;
  }
};

/** Gradients by both logits, rows x stride, or, without, the sums of cells alone; grid: tiles of genes x tiles of rows. */
extern "C" __global__ void __launch_bounds__(TILE_THREADS) burstLikelihoodFloat32(
    Likelihood c, Bursts decoder, float* gradient, float* sizeGradient) {
  SHARED_POOL(pool);
  likelihoodOfTile<Bursts, float>(c, decoder, (float*)pool, gradient, sizeGradient);
}
extern "C" __global__ void __launch_bounds__(TILE_THREADS) burstLikelihoodBfloat16(
    Likelihood c, Bursts decoder, u16* gradient, u16* sizeGradient) {
  SHARED_POOL(pool);
  likelihoodOfTile<Bursts, u16>(c, decoder, (float*)pool, gradient, sizeGradient);
}
