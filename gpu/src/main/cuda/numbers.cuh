// Functions of single numbers with the bits of their Java namesakes: fused multiply-adds only where they are written. Constants
// come from constants.h, which is generated from the Java classes.
#pragma once
#include "constants.h"
#include "platform.cuh"
typedef unsigned int u32;
typedef unsigned short u16;
typedef unsigned long long u64;

__device__ __forceinline__ int bitsOf(float f) { return __float_as_int(f); }
__device__ __forceinline__ float ofBits(int b) { return __int_as_float(b); }
__device__ __forceinline__ int least(int a, int b) { return a < b ? a : b; }

/** Nearest bfloat16, ties to even. */
__device__ __forceinline__ u16 toBfloat16(float x) {
  u32 b = (u32)bitsOf(x);
  return (u16)((b + 0x7fff + ((b >> 16) & 1)) >> 16);
}

__device__ __forceinline__ void put(float* at, float x) { *at = x; }
__device__ __forceinline__ void put(u16* at, float x) { *at = toBfloat16(x); }

// ---- of ScalarRowLoops

__device__ __forceinline__ float expPolynomial(float r) {
  float p = fmaf(r, APPROXIMATIONS_E5, APPROXIMATIONS_E4);
  p = fmaf(p, r, APPROXIMATIONS_E3);
  p = fmaf(p, r, APPROXIMATIONS_E2);
  p = fmaf(p, r, APPROXIMATIONS_E1);
  p = fmaf(p, r, APPROXIMATIONS_E0);
  return fmaf(p, r, 1.0f);
}
/** exp(u) where the result is a normal float. */
__device__ __forceinline__ float expOfMiddle(float u) {
  float rounded = fmaf(u, APPROXIMATIONS_LOG2_E, APPROXIMATIONS_ROUNDER);
  float k = rounded - APPROXIMATIONS_ROUNDER;
  float p = expPolynomial(fmaf(k, APPROXIMATIONS_MINUS_LN2, u));
  return ofBits(bitsOf(p) + (int)((u32)bitsOf(rounded) << 23));
}
/** log(1 + e) for e in [0, 1]. */
__device__ __forceinline__ float log1pOfUnit(float e) {
  float p = fmaf(e, APPROXIMATIONS_P8, APPROXIMATIONS_P7);
  p = fmaf(p, e, APPROXIMATIONS_P6);
  p = fmaf(p, e, APPROXIMATIONS_P5);
  p = fmaf(p, e, APPROXIMATIONS_P4);
  p = fmaf(p, e, APPROXIMATIONS_P3);
  p = fmaf(p, e, APPROXIMATIONS_P2);
  p = fmaf(p, e, APPROXIMATIONS_P1);
  p = fmaf(p, e, APPROXIMATIONS_P0);
  return p * e;
}
/** (log(1 + f) - f) / f^2. */
__device__ __forceinline__ float log1pTail(float f) {
  float p = fmaf(f, APPROXIMATIONS_Q8, APPROXIMATIONS_Q7);
  p = fmaf(p, f, APPROXIMATIONS_Q6);
  p = fmaf(p, f, APPROXIMATIONS_Q5);
  p = fmaf(p, f, APPROXIMATIONS_Q4);
  p = fmaf(p, f, APPROXIMATIONS_Q3);
  p = fmaf(p, f, APPROXIMATIONS_Q2);
  p = fmaf(p, f, APPROXIMATIONS_Q1);
  return fmaf(p, f, APPROXIMATIONS_Q0);
}
/** log(v) of a normal float above 0. */
__device__ __forceinline__ float logOfNormal(float v) {
  int e = bitsOf(v) - APPROXIMATIONS_SQRT_HALF_BITS;
  float k = (float)(e >> 23);
  float f = ofBits((e & APPROXIMATIONS_MANTISSA_MASK) + APPROXIMATIONS_SQRT_HALF_BITS) - 1.0f;
  return fmaf(f * f, log1pTail(f), fmaf(k, APPROXIMATIONS_LN2, f));
}
/** u cut to the range of log theta, on its bits: floats of one sign are ordered as their magnitudes. */
__device__ __forceinline__ float clampLogTheta(float u) {
  int upper = least(bitsOf(u), APPROXIMATIONS_MAX_LOG_THETA_BITS);
  int flipped = least(upper ^ APPROXIMATIONS_SIGN_BIT, APPROXIMATIONS_MIN_LOG_THETA_MAGNITUDE);
  return ofBits(flipped ^ APPROXIMATIONS_SIGN_BIT);
}
/** u cut to the range of logits below, and that of log theta above. */
__device__ __forceinline__ float clampLogShare(float u) {
  int upper = least(bitsOf(u), APPROXIMATIONS_MAX_LOG_THETA_BITS);
  int flipped = least(upper ^ APPROXIMATIONS_SIGN_BIT, APPROXIMATIONS_MAX_LOGIT_BITS);
  return ofBits(flipped ^ APPROXIMATIONS_SIGN_BIT);
}
__device__ __forceinline__ float expOfMinusAbs(float a) {
  int cut = least(bitsOf(a) & ~APPROXIMATIONS_SIGN_BIT, APPROXIMATIONS_MAX_LOGIT_BITS);
  return expOfMiddle(ofBits(cut | APPROXIMATIONS_SIGN_BIT));
}
/** max(a, 0). */
__device__ __forceinline__ float positive(float a) {
  int b = bitsOf(a);
  return ofBits(b & ~(b >> 31));
}
/** What 1 + e divides to give the sigmoid of a, with e = exp(-|a|): 1, or e where a < 0. */
__device__ __forceinline__ float numeratorOfSigmoid(float a, float e) {
  return ofBits(APPROXIMATIONS_ONE_BITS ^ ((APPROXIMATIONS_ONE_BITS ^ bitsOf(e)) & (bitsOf(a) >> 31)));
}

// ---- of ScalarFunctions, for any number

__device__ __forceinline__ float expOfAny(float u) {
  if (!(u <= SCALARFUNCTIONS_MAX_EXPONENT)) return u + ofBits(0x7f800000);
  if (u < SCALARFUNCTIONS_MIN_EXPONENT) return 0.0f;
  float rounded = fmaf(u, APPROXIMATIONS_LOG2_E, APPROXIMATIONS_ROUNDER);
  float k = rounded - APPROXIMATIONS_ROUNDER;
  float r = fmaf(k, SCALARFUNCTIONS_MINUS_LN2_REST, fmaf(k, APPROXIMATIONS_MINUS_LN2, u));
  return ofBits(bitsOf(expPolynomial(r)) + (int)((u32)bitsOf(rounded) << 23));
}
/** log(v) of any float; those that are not normal only as far as the callers need: 0 gives minus infinity, none gives none. */
__device__ __forceinline__ float logOfAny(float v) {
  if (!(v > 0.0f) || bitsOf(v) == 0x7f800000) return v == 0.0f ? ofBits((int)0xff800000) : v < 0.0f ? ofBits(0x7fc00000) : v;
  bool small = v < 1.17549435e-38f;
  float log = logOfNormal(small ? v * SCALARFUNCTIONS_TWO_POW_23 : v);
  return small ? log - 23.0f * APPROXIMATIONS_LN2 : log;
}
__device__ __forceinline__ float softplusOfAny(float a) {
  if (a != a) return a;
  return positive(a) + log1pOfUnit(expOfMinusAbs(a));
}

// ---- of Softplus, in double

__device__ __forceinline__ double softplus(double a) { return fmax(a, 0.0) + log1p(exp(-fabs(a))); }
__device__ __forceinline__ double sigmoid(double a) {
  double e = exp(-fabs(a));
  return a >= 0 ? 1 / (1 + e) : e / (1 + e);
}

// ---- of ScalingFactor, in double: a factor above 0 on expected counts, and its derivative by what is stored

__device__ __forceinline__ double factorOf(double raw) { return softplus(raw) / SCALINGFACTOR_DIVISOR; }
__device__ __forceinline__ double slopeOfFactor(double raw) { return sigmoid(raw) / SCALINGFACTOR_DIVISOR; }
