// Batch norm: each unit is normalised over the rows of a minibatch; see BatchNorm for the formulas. A block has 32 units, and eight
// threads for each, which share its rows.
#include "step.cuh"

struct BatchNorm {
  float* v;      // rows x units: the linear map's result, then that normalised, times weight and with bias
  float* x;      // that normalised alone
  const float *weight, *bias;
  float *byWeight, *byBias;
  float *runningMean, *runningVariance;  // as training collects them
  float *mean, *inverse;                 // those that count, of each unit
  double *sums, *along;                  // of each unit: sum over rows of its gradient, and of that times x
  int rows, units, collects;             // whether the rows' own statistics count, and are collected
};

__device__ __forceinline__ int unitOf() { return blockIdx.x * 32 + (threadIdx.x & 31); }

/** The sum of a unit over the eight threads that it has, in all of them; room for 256 numbers. All threads must come. */
__device__ __forceinline__ double sumOfUnit(double x, double* room) {
  __syncthreads();  // all have read what was there
  room[threadIdx.x] = x;
  __syncthreads();
  double sum = 0;
  for (int i = 0; i < 8; i++) sum += room[(threadIdx.x & 31) + 32 * i];
  return sum;
}

__device__ __forceinline__ float moved(float running, float now) {
  return (1 - BATCHNORM_MOMENTUM) * running + BATCHNORM_MOMENTUM * now;
}

/** Mean and one over the spread of each unit. */
extern "C" __global__ void __launch_bounds__(256) findBatchMoments(BatchNorm b) {
  SHARED_POOL(pool);
  int unit = unitOf(), first = threadIdx.x >> 5;
  bool in = unit < b.units;
  double mean = 0, variance = 0;
  if (b.collects) {
    double sum = 0, squares = 0;
    for (int row = first; in && row < b.rows; row += 8) sum += b.v[(u64)row * b.units + unit];
    mean = sumOfUnit(sum, (double*)pool) / b.rows;
    for (int row = first; in && row < b.rows; row += 8) {
      double away = b.v[(u64)row * b.units + unit] - mean;
      squares += away * away;
    }
    variance = sumOfUnit(squares, (double*)pool) / b.rows;
  }
  if (!in || first != 0) return;
  float m = (float)mean, v = (float)variance;
  if (b.collects) {
    b.runningMean[unit] = moved(b.runningMean[unit], m);
    b.runningVariance[unit] = moved(b.runningVariance[unit], (float)(variance * b.rows / (b.rows > 1 ? b.rows - 1 : 1)));
  } else {
    m = b.runningMean[unit];
    v = b.runningVariance[unit];
  }
  b.mean[unit] = m;
  b.inverse[unit] = (float)(1 / sqrt((double)v + BATCHNORM_EPS));
}

/** Normalises; grid: 32 units x 8 rows each. */
extern "C" __global__ void __launch_bounds__(256) normaliseBatch(BatchNorm b) {
  int unit = unitOf(), row = blockIdx.y * 8 + (threadIdx.x >> 5);
  if (unit >= b.units || row >= b.rows) return;
  u64 at = (u64)row * b.units + unit;
  float x = (b.v[at] - b.mean[unit]) * b.inverse[unit];
  b.x[at] = x;
  b.v[at] = fmaf(x, b.weight[unit], b.bias[unit]);
}

/** The gradients by weight and bias. */
extern "C" __global__ void __launch_bounds__(256) sumBatchGradients(BatchNorm b, const float* gradient) {
  SHARED_POOL(pool);
  int unit = unitOf(), first = threadIdx.x >> 5;
  bool in = unit < b.units;
  double sum = 0, along = 0;
  for (int row = first; in && row < b.rows; row += 8) {
    u64 at = (u64)row * b.units + unit;
    sum += gradient[at];
    along += (double)gradient[at] * b.x[at];
  }
  sum = sumOfUnit(sum, (double*)pool);
  along = sumOfUnit(along, (double*)pool);
  if (!in || first != 0) return;
  b.sums[unit] = sum;
  b.along[unit] = along;
  b.byBias[unit] = (float)sum;
  b.byWeight[unit] = (float)along;
}

/** Turns the gradient by what came out into that by what went in, in place; grid: 32 units x 8 rows each. */
extern "C" __global__ void __launch_bounds__(256) differentiateBatch(BatchNorm b, float* gradient) {
  int unit = unitOf(), row = blockIdx.y * 8 + (threadIdx.x >> 5);
  if (unit >= b.units || row >= b.rows) return;
  u64 at = (u64)row * b.units + unit;
  double own = b.collects ? (b.sums[unit] + b.x[at] * b.along[unit]) / b.rows : 0;
  gradient[at] = (float)((gradient[at] - own) * b.weight[unit] * b.inverse[unit]);
}
