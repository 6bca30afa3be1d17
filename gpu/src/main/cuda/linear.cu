// Linear maps between layers of some hundred units, in float32: y = x W' + b, dx = dy W, dW = dy' x, db = sum over rows of dy.
#include "tiles.cuh"
#define SMALL 64
static_assert(SHAREDBYTES_LINEAR >= Room<float, SMALL>::BYTES, "shared memory of linear maps");

/** y = x W' (+ b) (+ y); grid: tiles of outputs x tiles of rows. */
extern "C" __global__ void __launch_bounds__(TILE_THREADS) affine(const float* x, int xStride, const float* weight, int weightStride,
    const float* bias, float* y, int yStride, int rows, int outputs, int inputs, int keep) {
  SHARED_POOL(pool);
  typedef Places<float, SMALL> At;
  float sums[At::SUMS];
  Operand<float> a = {x, xStride, rows};
  Operand<float> w = {weight, weightStride, outputs};
  Product<float, SMALL, false, false>::sum(a, w, blockIdx.y * SMALL, blockIdx.x * SMALL, 0, inputs, sums, pool);
#pragma unroll
  for (int q = 0; q < At::SUMS; q++) {
    int row = blockIdx.y * SMALL + At::row(q), output = blockIdx.x * SMALL + At::column(q);
    if (row < rows && output < outputs) {
      u64 at = (u64)row * yStride + output;
      y[at] = sums[q] + (bias ? bias[output] : 0.0f) + (keep ? y[at] : 0.0f);
    }
  }
}

/** dx = dy W (+ dx), by the first `inputs` inputs; grid: tiles of inputs x tiles of rows. */
extern "C" __global__ void __launch_bounds__(TILE_THREADS) inputGradient(const float* dy, int dyStride, const float* weight,
    int weightStride, float* dx, int dxStride, int rows, int outputs, int inputs, int keep) {
  SHARED_POOL(pool);
  typedef Places<float, SMALL> At;
  float sums[At::SUMS];
  Operand<float> a = {dy, dyStride, rows};
  Operand<float> w = {weight, weightStride, inputs};
  Product<float, SMALL, false, true>::sum(a, w, blockIdx.y * SMALL, blockIdx.x * SMALL, 0, outputs, sums, pool);
#pragma unroll
  for (int q = 0; q < At::SUMS; q++) {
    int row = blockIdx.y * SMALL + At::row(q), input = blockIdx.x * SMALL + At::column(q);
    if (row < rows && input < inputs) {
      u64 at = (u64)row * dxStride + input;
      dx[at] = sums[q] + (keep ? dx[at] : 0.0f);
    }
  }
}

/** dW = dy' x, outputs x inputs without gaps; grid: tiles of inputs x tiles of outputs. */
extern "C" __global__ void __launch_bounds__(TILE_THREADS) weightGradient(
    const float* dy, int dyStride, const float* x, int xStride, float* gradient, int rows, int outputs, int inputs) {
  SHARED_POOL(pool);
  typedef Places<float, SMALL> At;
  float sums[At::SUMS];
  Operand<float> a = {dy, dyStride, outputs};
  Operand<float> b = {x, xStride, inputs};
  Product<float, SMALL, true, true>::sum(a, b, blockIdx.y * SMALL, blockIdx.x * SMALL, 0, rows, sums, pool);
#pragma unroll
  for (int q = 0; q < At::SUMS; q++) {
    int output = blockIdx.y * SMALL + At::row(q), input = blockIdx.x * SMALL + At::column(q);
    if (output < outputs && input < inputs) gradient[(u64)output * inputs + input] = sums[q];
  }
}

/** db; rows are summed 32 at a time, so that sums of many rows stay accurate; grid: 256 columns each. */
extern "C" __global__ void __launch_bounds__(256) columnSums(const float* dy, int stride, float* sums, int rows, int columns) {
  int column = blockIdx.x * 256 + threadIdx.x;
  if (column >= columns) return;
  float total = 0.0f;
  for (int first = 0; first < rows; first += 32) {
    float part = 0.0f;
    for (int row = first; row < rows && row < first + 32; row++) part += dy[(u64)row * stride + column];
    total += part;
  }
  sums[column] = total;
}
