// The decoder's last layer with the likelihood behind it: logits = h W' + b of 128 cells and 128 genes stay in shared memory, the
// eight warps walk their rows with the likelihood, and only the gradients by the logits leave the block.
#include "likelihood.cuh"
#include "tiles.cuh"
#define LOGIT_ROW 132
static_assert(SHAREDBYTES_HEAD >= 128 * LOGIT_ROW * 4 + 8 * SUMS_OF_A_GENE * 128 * 4, "shared memory of the head");
static_assert(SHAREDBYTES_HEAD >= Room<u16, 128>::BYTES, "shared memory of the head's product");

/** Everything behind the logits of a tile, which lie in shared memory; without a gradient only the sums of cells are wanted. */
template <class T>
__device__ __forceinline__ void likelihoodOfTile(const Likelihood& c, const float* logits, float* parts, T* gradient) {
  int warp = threadIdx.x >> 5, in = threadIdx.x & 31;
  int firstRow = blockIdx.y * 128, firstGene = blockIdx.x * 128;
  int group = blockIdx.x * 2 + (in >> 4), lane = in & 15, local = (in >> 4) * 64 + lane;
  const Segments& run = c.segments;
  for (int segment = run.ofRowTile[blockIdx.y]; segment < run.ofRowTile[blockIdx.y + 1]; segment++) {
    Gene g[4];
    GeneSums s[4];
    loadGenes(c, segment, group, lane, g, s);
    for (int row = run.firstRow[segment] + warp; row < run.firstRow[segment + 1]; row += 8) {
      float a[4], d[4] = {0.0f, 0.0f, 0.0f, 0.0f}, value = 0.0f, perLogMu = 0.0f;
      if (has(c.present, row)) {
#pragma unroll
        for (int w = 0; w < 4; w++) a[w] = logits[(row - firstRow) * LOGIT_ROW + local + 16 * w];
        likelihoodOfFour(c, row, group, lane, a, d, g, s, value, perLogMu);
      }
      T* out = gradient + (u64)row * c.stride + firstGene + local;
#pragma unroll
      for (int w = 0; w < 4; w++) {
        if (gradient) put(out + 16 * w, d[w]);
      }
      value = warpSum(value);
      perLogMu = warpSum(perLogMu);
      if (in == 0) {
        c.cellSums[((u64)blockIdx.x * 2 + 0) * c.rows + row] = value;
        c.cellSums[((u64)blockIdx.x * 2 + 1) * c.rows + row] = perLogMu;
      }
    }
    if (!gradient) continue;
#pragma unroll
    for (int w = 0; w < 4; w++) {
      float* at = parts + warp * SUMS_OF_A_GENE * 128 + local + 16 * w;
      at[0] = s[w].bias;
      at[128] = s[w].background;
      at[2 * 128] = s[w].logScaling;
      at[3 * 128] = s[w].logTheta;
      at[4 * 128] = s[w].logSigma;
    }
    __syncthreads();
    for (int i = threadIdx.x; i < SUMS_OF_A_GENE * 128; i += TILE_THREADS) {
      float sum = 0.0f;
      for (int w = 0; w < 8; w++) sum += parts[w * SUMS_OF_A_GENE * 128 + i];
      c.geneSums[((u64)segment * SUMS_OF_A_GENE + i / 128) * c.stride + firstGene + i % 128] = sum;
    }
    __syncthreads();
  }
}

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
  likelihoodOfTile(c, logits, logits + 128 * LOGIT_ROW, gradient);
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
