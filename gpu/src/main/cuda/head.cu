// The decoder's last layer with the likelihood behind it: logits = h W' + b of 128 cells and 128 genes stay in shared memory, the
// eight warps walk their rows with the likelihood, and only the gradients by the logits leave the block.
#include "likelihood.cuh"
#include "tiles.cuh"
#define LOGIT_ROW 132
static_assert(SHAREDBYTES_HEAD >= 128 * LOGIT_ROW * 4 + 8 * 5 * 128 * 4, "shared memory of the head");
static_assert(SHAREDBYTES_HEAD >= Room<u16, 128>::BYTES, "shared memory of the head's product");

/** The decoder's logits, which lie in shared memory, through softplus. */
struct Softplus {
  static const bool HAS_THIRD = false, HAS_SIZES = false;
  static const int GENE_SUMS = 5;
  const float* logits;
  int firstRow, firstGene;

  __device__ __forceinline__ float element(const Element& at, const Gene& g, GeneSums& sums, CellSums& cell, float*) const {
    float a = logits[(at.row - firstRow) * LOGIT_ROW + at.gene - firstGene];
    float e = expOfMinusAbs(a);
    float rho = positive(a) + log1pOfUnit(e);
    float numerator = numeratorOfSigmoid(a, e);
    float t = rho + g.background;
    float onePlusE = e + 1.0f;
    float r0 = 1.0f / (onePlusE * t);
    float mu = t * at.library * g.scaling;
    float perLogit = numerator * r0;
    float perBackground = onePlusE * r0;
    float spread = g.sigma * at.noise;
    float d, s;
    likelihoodOf(at.count, mu, thetaOf(g, spread), at.scale, cell.value, &d, &s);
    float gradient = d * perLogit;
    addUp(gradient, d, perBackground, s, spread, sums, cell);
    return gradient;
  }
};

template <class T>
__device__ __forceinline__ void headForward(
    const Likelihood& c, const T* hidden, const T* weight, const float* bias, T* gradient, int units, float4* pool) {
  int firstRow = blockIdx.y * 128, firstGene = blockIdx.x * 128;
  float* logits = (float*)pool;
  float sums[64];
  Operand<T> h = {hidden, units, c.rows};
  Operand<T> w = {weight, units, c.stride};
  Product<T, 128, false, false>::sum(h, w, firstRow, firstGene, 0, units, sums, pool);
  __syncthreads();  // logits take the place of the operands
#pragma unroll
  for (int q = 0; q < 64; q++) {
    int r = Places<T, 128>::row(q), n = Places<T, 128>::column(q), gene = firstGene + n;
    logits[r * LOGIT_ROW + n] = sums[q] + (gene < c.genes ? bias[gene] : 0.0f);
  }
  __syncthreads();
  Softplus decoder = {logits, firstRow, firstGene};
  likelihoodOfTile<Softplus, T>(c, decoder, logits + 128 * LOGIT_ROW, gradient, nullptr);
}

/** Gradients by the logits, rows x stride; grid: tiles of genes x tiles of rows. */
extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) headForwardFloat32(
    Likelihood c, const float* hidden, const float* weight, const float* bias, float* gradient, int units) {
  SHARED_POOL(pool);
  headForward<float>(c, hidden, weight, bias, gradient, units, pool);
}
extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) headForwardBfloat16(
    Likelihood c, const u16* hidden, const u16* weight, const float* bias, u16* gradient, int units) {
  SHARED_POOL(pool);
  headForward<u16>(c, hidden, weight, bias, gradient, units, pool);
}
