// The parameters that are not wide, which lie one behind another: penalties of the decoder's hidden weights, and Adam.
#include "step.cuh"

/** 2 l2 w + l1 sign(w) of a weight of rows x columns, whose columns from `oneHot` on have an l2 of their own. */
struct Penalty {
  const float* weight;
  float* gradient;
  int count, columns, oneHot;
  float l2, l2OfOneHot, l1;
  double* sums;  // of each 256
};

extern "C" __global__ void __launch_bounds__(256) penalise(Penalty p, const Step* step) {
  SHARED_POOL(pool);
  int i = blockIdx.x * 256 + threadIdx.x;
  double value = 0;
  if (i < p.count) {
    float w = p.weight[i], l2 = i % p.columns >= p.oneHot ? p.l2OfOneHot : p.l2;
    float sign = w > 0.0f ? 1.0f : w < 0.0f ? -1.0f : w;
    p.gradient[i] += step->share * (2 * l2 * w + p.l1 * sign);
    value = l2 * w * w + p.l1 * fabsf(w);
  }
  value = blockSum(value, (double*)pool);
  if (threadIdx.x == 0) p.sums[blockIdx.x] = value;
}

/** The parameters one behind another, each beginning at a multiple of 256; every block of 256 knows whose it is. */
struct Small {
  float *values, *gradients, *first, *second;
  const int* owner;
  const int* end;             // of each parameter, the place behind its last entry
  const double* lrMultiplier;  // of each parameter
  const int* still;           // of each entry, whether it stays as it is; null where none does
  const int* idle;            // of each parameter, whether it stays as it is; null where all move
  int* broken;                // of each parameter, becomes 1 when a gradient is not finite
};

extern "C" __global__ void __launch_bounds__(256) adam(Small s, const Step* step) {
  int i = blockIdx.x * 256 + threadIdx.x, owner = s.owner[blockIdx.x];
  if (i >= s.end[owner] || (s.idle && s.idle[owner]) || (s.still && s.still[i])) return;
  if (!finite(s.gradients[i])) s.broken[owner] = 1;
  s.values[i] = adamStep(step->adam, stepSizeTimes(step->adam, s.lrMultiplier[owner]), s.values[i], s.gradients[i], s.first + i, s.second + i);
}

/** The sum of some numbers, always in the same order; one block. */
extern "C" __global__ void __launch_bounds__(256) sumUp(const double* numbers, int count, double* sum) {
  SHARED_POOL(pool);
  double own = 0;
  for (int i = threadIdx.x; i < count; i += 256) own += numbers[i];
  own = blockSum(own, (double*)pool);
  if (threadIdx.x == 0) *sum = own;
}
/** The sum of whole numbers. */
extern "C" __global__ void __launch_bounds__(256) sumUpWhole(const int* numbers, int count, double* sum) {
  SHARED_POOL(pool);
  double own = 0;
  for (int i = threadIdx.x; i < count; i += 256) own += numbers[i];
  own = blockSum(own, (double*)pool);
  if (threadIdx.x == 0) *sum = own;
}

/** Keeps a number for the host, since Adam is about to change it. */
extern "C" __global__ void __launch_bounds__(256) keepNumber(const float* from, double* to) {
  if (threadIdx.x == 0) *to = *from;
}

/** Draws as they are, for checks against those of the processor. */
extern "C" __global__ void __launch_bounds__(256) drawNormals(Draws d, const int* rows, float* out, int columns) {
  int column = blockIdx.x * 256 + threadIdx.x;
  if (column < columns) out[(u64)blockIdx.y * columns + column] = normal(d, rows[blockIdx.y], column);
}
extern "C" __global__ void __launch_bounds__(256) drawUniforms(Draws d, const int* rows, float* out, int columns) {
  int column = blockIdx.x * 256 + threadIdx.x;
  if (column < columns) out[(u64)blockIdx.y * columns + column] = uniform(d, rows[blockIdx.y], column);
}
