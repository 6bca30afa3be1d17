// What the decoder says of cells besides the likelihood of their counts, in float32: rho, and what it sums to over genes.
#include "likelihood.cuh"
#include "tiles.cuh"

/** The decoder's last layer, whose hidden rows and weight are `units` wide. */
struct LastLayer {
  const float *hidden, *weight, *bias;
  int rows, genes, units;
};

__device__ __forceinline__ void logitsOfTile(const LastLayer& l, float* sums, float4* pool) {
  Operand<float> h = {l.hidden, l.units, l.rows};
  Operand<float> w = {l.weight, l.units, l.genes};
  Product<float, 128, false, false>::sum(h, w, blockIdx.y * 128, blockIdx.x * 128, 0, l.units, sums, pool);
#pragma unroll
  for (int q = 0; q < 64; q++) {
    int gene = blockIdx.x * 128 + Places<float, 128>::column(q);
    if (gene < l.genes) sums[q] += l.bias[gene];
  }
}

/** rho, rows x genes without gaps; grid: tiles of genes x tiles of rows. */
extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) decodeScale(LastLayer l, float* rho) {
  SHARED_POOL(pool);
  float sums[64];
  logitsOfTile(l, sums, pool);
#pragma unroll
  for (int q = 0; q < 64; q++) {
    int row = blockIdx.y * 128 + Places<float, 128>::row(q), gene = blockIdx.x * 128 + Places<float, 128>::column(q);
    if (row < l.rows && gene < l.genes) rho[(u64)row * l.genes + gene] = softplusOfAny(sums[q]);
  }
}

/** The sum of rho y of each row over a tile of genes: tiles x rows; grid: tiles of genes x tiles of rows. */
extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) totalScale(LastLayer l, Tables t, Segments run, float* sumsOfRows) {
  SHARED_POOL(pool);
  float sums[64];
  logitsOfTile(l, sums, pool);
  __syncthreads();  // logits take the place of the operands
  float* logits = (float*)pool;
#pragma unroll
  for (int q = 0; q < 64; q++) logits[Places<float, 128>::row(q) * LOGIT_ROW + Places<float, 128>::column(q)] = sums[q];
  __syncthreads();
  int warp = threadIdx.x >> 5, lane = threadIdx.x & 31, firstRow = blockIdx.y * 128, firstGene = blockIdx.x * 128;
  for (int segment = run.ofRowTile[blockIdx.y]; segment < run.ofRowTile[blockIdx.y + 1]; segment++) {
    const int* categories = run.scaling + segment * run.scalingKeys;
    for (int row = run.firstRow[segment] + warp; row < run.firstRow[segment + 1]; row += 8) {
      float sum = 0.0f;
      for (int local = lane; local < 128 && firstGene + local < l.genes; local += 32) {
        float y = t.scaling ? sumOfKeys(t.scaling, t.stride, categories, run.scalingKeys, firstGene + local) : 1.0f;
        sum = fmaf(softplusOfAny(logits[(row - firstRow) * LOGIT_ROW + local]), y, sum);
      }
      sum = warpSum(sum);
      if (lane == 0) sumsOfRows[(u64)blockIdx.x * l.rows + row] = sum;
    }
  }
}

/** The sum over genes of each ambient category's background, scaled as in each scaling category; grid: ambient x scaling. */
extern "C" __global__ void __launch_bounds__(256) totalBackground(Tables t, int genes, double* sums) {
  SHARED_POOL(pool);
  const float* s = t.background + (u64)blockIdx.x * t.stride;
  double sum = 0;
  for (int gene = threadIdx.x; gene < genes; gene += 256) {
    sum += s[gene] * (t.scaling ? (double)t.scaling[(u64)blockIdx.y * t.stride + gene] : 1.0);
  }
  sum = blockSum(sum, (double*)pool);
  if (threadIdx.x == 0) sums[blockIdx.y * gridDim.x + blockIdx.x] = sum;
}
