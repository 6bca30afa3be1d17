// Normal distributions that encoders give, and draws of them.
#pragma once
#include "step.cuh"
#define LEAST_VARIANCE ((float)ENCODERHEADSTART_LEAST_VARIANCE)

/** Of rows x width: mean m, the variance head's result a, variance v, and what the encoder takes as gradients by m and a. */
struct Posterior {
  float *mean, *head, *variance, *byMean, *byHead;
  int rows, width, softplusVariance;
  Source noise;
};

__device__ __forceinline__ float varianceOf(const Posterior& q, int at) {
  float a = q.head[at];
  return (q.softplusVariance ? softplusOfAny(a) : expOfAny(a)) + LEAST_VARIANCE;
}
/** dv / da. */
__device__ __forceinline__ float slopeOfVariance(const Posterior& q, float v) {
  float e = v - LEAST_VARIANCE;
  return q.softplusVariance ? (float)-expm1(-(double)e) : e;
}
__device__ __forceinline__ float drawOf(const Posterior& q, int at, float normal) { return q.mean[at] + sqrtf(q.variance[at]) * normal; }
__device__ __forceinline__ float byVariance(float byDraw, float normal, float v) { return byDraw * (normal * 0.5f / sqrtf(v)); }

