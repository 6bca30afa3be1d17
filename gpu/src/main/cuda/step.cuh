// What a training step tells all kernels: written by the host before each step (org.regularizedvi.gpu.step.StepFacts).
#pragma once
#include "draws.cuh"

struct Adam {
  float blend1, beta2, blend2, stepSize, rootScale, eps, decay;
};

struct Step {
  u32 key0, key1, step;
  /** What a nat of a warmed-up term of a cell adds to the loss, and of a term at full weight. */
  float klWeight, perCell;
  /** What a nat of what all cells share adds to the loss. */
  float share;
  Adam adam;
};

/** Whether a cell has what is asked for: a number other than 0 for each row; null where all cells have it. */
__device__ __forceinline__ bool has(const int* present, int row) { return !present || present[row]; }

/** A kind of draws: generated, or, where the host supplies them, read from rows of this width. */
struct Source {
  u32 tag;
  int width;
  const float* given;
};

__device__ __forceinline__ Draws drawsOf(const Step& s, const Source& source) {
  Draws d = {s.key0, s.key1, s.step, source.tag};
  return d;
}
/** The normal of a cell and a column; rows of supplied ones are those of the minibatch. */
__device__ __forceinline__ float normalOf(const Step& s, const Source& source, u32 cell, int row, int column) {
  return source.given ? source.given[(u64)row * source.width + column] : normal(drawsOf(s, source), cell, column);
}
__device__ __forceinline__ float uniformOf(const Step& s, const Source& source, u32 cell, int row, int column) {
  return source.given ? source.given[(u64)row * source.width + column] : uniform(drawsOf(s, source), cell, column);
}

/** Adam as AdamStep computes it; returns the new parameter. */
__device__ __forceinline__ float adamStep(const Adam& a, float stepSize, float p, float gradient, float* first, float* second) {
  float g = p * a.decay + gradient;
  float m = (g - *first) * a.blend1 + *first;
  float v = g * g * a.blend2 + *second * a.beta2;
  *first = m;
  *second = v;
  float root = sqrtf(v) * a.rootScale + a.eps;
  return p - m / root * stepSize;
}
__device__ __forceinline__ float stepSizeTimes(const Adam& a, double multiplier) {
  return multiplier == 1 ? a.stepSize : (float)((double)a.stepSize * multiplier);
}
__device__ __forceinline__ bool finite(float x) { return (bitsOf(x) & 0x7f800000) != 0x7f800000; }

/** The sum over a warp, the same in all its lanes. */
__device__ __forceinline__ float warpSum(float x) {
  for (int d = 16; d > 0; d >>= 1) x += __shfl_xor_sync(0xffffffffu, x, d);
  return x;
}

/** The largest number of a warp, in all its lanes. */
__device__ __forceinline__ float warpLargest(float x) {
  for (int d = 16; d > 0; d >>= 1) x = fmaxf(x, __shfl_xor_sync(0xffffffffu, x, d));
  return x;
}

static_assert(SHAREDBYTES_SUMS >= 256 * 8, "shared memory of sums");
/** The sum over a block of 256 threads, in thread 0 (0 in others); room for 256 numbers. All threads must come. */
__device__ __forceinline__ double blockSum(double x, double* room) {
  room[threadIdx.x] = x;
  __syncthreads();
  for (int d = 128; d > 0; d >>= 1) {
    if ((int)threadIdx.x < d) room[threadIdx.x] += room[threadIdx.x + d];
    __syncthreads();
  }
  return threadIdx.x == 0 ? room[0] : 0.0;
}
