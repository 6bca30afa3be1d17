// The products of wide weights, genes x units, with matrices of cells x genes: what sums over genes is cut into parts of a fixed size
// that are added in order, and Adam takes the gradient of a weight where it is made, so that it never exists as a whole.
#include "step.cuh"
#include "tiles.cuh"
static_assert(SHAREDBYTES_WIDE_FLOAT32 >= Room<float, 128>::BYTES, "shared memory of wide products");
static_assert(SHAREDBYTES_WIDE_BFLOAT16 >= Room<u16, 128>::BYTES, "shared memory of wide products");

template <class T>
__device__ __forceinline__ void partOfProduct(
    const T* a, const T* b, float* parts, int rows, int genes, int units, int partLength, float4* pool) {
  typedef Places<T, 128> At;
  float sums[At::SUMS];
  int firstRow = blockIdx.y * 128, firstUnit = blockIdx.x * 128;
  int from = blockIdx.z * partLength, to = from + partLength < genes ? from + partLength : genes;
  Operand<T> x = {a, genes, rows};
  Operand<T> w = {b, units, units};
  Product<T, 128, false, true>::sum(x, w, firstRow, firstUnit, from, to, sums, pool);
#pragma unroll
  for (int q = 0; q < At::SUMS; q++) {
    int row = firstRow + At::row(q), unit = firstUnit + At::column(q);
    if (row < rows && unit < units) parts[((u64)blockIdx.z * rows + row) * units + unit] = sums[q];
  }
}

/** parts x rows x units of A B, A of rows x genes and B of genes x units; grid: tiles of units x tiles of rows x parts. */
extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) partOfProductFloat32(
    const float* a, const float* b, float* parts, int rows, int genes, int units, int partLength) {
  SHARED_POOL(pool);
  partOfProduct<float>(a, b, parts, rows, genes, units, partLength, pool);
}
extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) partOfProductBfloat16(
    const u16* a, const u16* b, float* parts, int rows, int genes, int units, int partLength) {
  SHARED_POOL(pool);
  partOfProduct<u16>(a, b, parts, rows, genes, units, partLength, pool);
}

/** out, rows x width = the sum of the parts, which are `units` wide, in order, and of the bias where there is one (+ out). */
extern "C" __global__ void __launch_bounds__(256) sumOfParts(
    const float* parts, const float* bias, float* out, int count, int rows, int units, int width, int keep) {
  int unit = blockIdx.x * 32 + (threadIdx.x & 31), row = blockIdx.y * 8 + (threadIdx.x >> 5);
  if (unit >= width || row >= rows) return;
  float sum = bias ? bias[unit] : 0.0f;
  for (int p = 0; p < count; p++) sum += parts[((u64)p * rows + row) * units + unit];
  u64 at = (u64)row * width + unit;
  out[at] = sum + (keep ? out[at] : 0.0f);
}

/** A wide weight with both moments, and its bfloat16 copy where products take one. */
struct WideWeight {
  float *weight, *first, *second;
  u16* copy;
  int genes, stride, width, units;  // rows and columns, and those of memory: stride rows of units
  const float* penalty;           // of each gene: what times a weight is added to its gradient; null for none
  double* penaltySums;            // of each block: sum of penalty times square
  int moves;                      // whether it follows its gradient
  int* broken;                    // becomes 1 when a gradient is not finite
  double lrMultiplier;
};

template <class T>
__device__ __forceinline__ void weightStep(const WideWeight& w, const T* gradient, const T* hidden, int hiddenStride, int rows, const Step* step, float4* pool) {
  typedef Places<T, 128> At;
  float sums[At::SUMS];
  int firstGene = blockIdx.x * 128, firstUnit = blockIdx.y * 128;
  Operand<T> a = {gradient, w.stride, w.stride};
  Operand<T> h = {hidden, hiddenStride, hiddenStride};
  Product<T, 128, true, true>::sum(a, h, firstGene, firstUnit, 0, rows, sums, pool);
  float stepSize = stepSizeTimes(step->adam, w.lrMultiplier);
  double penalty = 0;
  bool broken = false;
#pragma unroll
  for (int q = 0; q < At::SUMS; q++) {
    int gene = firstGene + At::row(q), unit = firstUnit + At::column(q);
    if (gene < w.genes && unit < w.width) {
      u64 at = (u64)gene * w.units + unit;
      float p = w.weight[at], g = sums[q];
      broken |= !finite(g);
      if (w.penalty) {
        float slope = p * w.penalty[gene];
        penalty += (double)p * slope;
        g = slope + g;
      }
      if (!w.moves) continue;
      p = adamStep(step->adam, stepSize, p, g, w.first + at, w.second + at);
      w.weight[at] = p;
      if (w.copy) w.copy[at] = toBfloat16(p);
    }
  }
  if (broken) *w.broken = 1;
  if (w.penaltySums) {
    __syncthreads();  // the sums take the place of the operands
    penalty = blockSum(penalty, (double*)pool);
    if (threadIdx.x == 0) w.penaltySums[blockIdx.y * gridDim.x + blockIdx.x] = penalty;
  }
}

/** One step of a weight whose gradient is A' B, A of rows x genes and B of rows x units; grid: tiles of genes x tiles of units. */
extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) weightStepFloat32(
    WideWeight w, const float* gradient, const float* hidden, int hiddenStride, int rows, const Step* step) {
  SHARED_POOL(pool);
  weightStep<float>(w, gradient, hidden, hiddenStride, rows, step, pool);
}
extern "C" __global__ void __launch_bounds__(TILE_THREADS, 2) weightStepBfloat16(
    WideWeight w, const u16* gradient, const u16* hidden, int hiddenStride, int rows, const Step* step) {
  SHARED_POOL(pool);
  weightStep<u16>(w, gradient, hidden, hiddenStride, rows, step, pool);
}

/** Brings the bfloat16 copy up to date with a weight that somebody else has changed. */
extern "C" __global__ void __launch_bounds__(256) roundToBfloat16(const float* from, u16* to, int count) {
  int i = blockIdx.x * 256 + threadIdx.x;
  if (i < count) to[i] = toBfloat16(from[i]);
}
