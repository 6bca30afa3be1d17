// What counts above 0 add to the likelihood, as ScalarRowLoops (1 to 4) and LargeCounts (5 and more, in double) have it.
#pragma once
#include "numbers.cuh"

#if LARGECOUNTS_LARGEST_SMALL != 4
#error "The products of small counts are written out for 4 at most."
#endif
__device__ __forceinline__ void smallCount(int x, float theta, float mu, float q, float u, float* value, float* term) {
  float f0 = x > 0 ? theta * u : 1.0f;
  float f1 = x > 1 ? (theta + 1.0f) * u * 0.5f : 1.0f;
  float f2 = x > 2 ? (theta + 2.0f) * u * (1.0f / 3.0f) : 1.0f;
  float f3 = x > 3 ? (theta + 3.0f) * u * 0.25f : 1.0f;
  *value = logOfNormal(f0 * f1) + logOfNormal(f2 * f3);
  float p = x > 0 ? theta : 1.0f;
  float nom = x > 0 ? mu : 0.0f;
  float t = x > 1 ? theta + 1.0f : 1.0f;
  nom = fmaf(nom, t, p * (x > 1 ? mu - 1.0f : 0.0f));
  p *= t;
  t = x > 2 ? theta + 2.0f : 1.0f;
  nom = fmaf(nom, t, p * (x > 2 ? mu - 2.0f : 0.0f));
  p *= t;
  t = x > 3 ? theta + 3.0f : 1.0f;
  nom = fmaf(nom, t, p * (x > 3 ? mu - 3.0f : 0.0f));
  p *= t;
  *term = q * (nom / p);
}

__device__ __forceinline__ double doubleOfBits(u64 b) { return __longlong_as_double((long long)b); }
__device__ __forceinline__ double exponentOf(long long e) {
  return doubleOfBits(((u64)e >> 52) | (u64)LARGECOUNTS_TWO_POW_52_BITS) - LARGECOUNTS_TWO_POW_52_AND_BIAS;
}
__device__ __forceinline__ double atanhTail(double y) {
  double a = fma(y, LARGECOUNTS_A6, LARGECOUNTS_A5);
  a = fma(a, y, LARGECOUNTS_A4);
  a = fma(a, y, LARGECOUNTS_A3);
  a = fma(a, y, LARGECOUNTS_A2);
  a = fma(a, y, LARGECOUNTS_A1);
  a = fma(a, y, LARGECOUNTS_A0);
  return fma(y, a, 2.0);
}
__device__ __forceinline__ double logOfNormalDouble(double v) {
  long long e = __double_as_longlong(v) - LARGECOUNTS_SPLIT_BITS;
  double m = doubleOfBits((u64)((e & LARGECOUNTS_MANTISSA_MASK) + LARGECOUNTS_SQRT_HALF_BITS));
  double s = (m - 1.0) / (m + 1.0);
  return fma(exponentOf(e), LARGECOUNTS_LN2, s * atanhTail(s * s));
}
__device__ __forceinline__ double gammaTail(double z) {
  double g = fma(z, LARGECOUNTS_G4, LARGECOUNTS_G3);
  g = fma(g, z, LARGECOUNTS_G2);
  g = fma(g, z, LARGECOUNTS_G1);
  return fma(g, z, LARGECOUNTS_G0);
}
__device__ __forceinline__ double digammaTail(double z) {
  double s = fma(z, LARGECOUNTS_S4, LARGECOUNTS_S3);
  s = fma(s, z, LARGECOUNTS_S2);
  s = fma(s, z, LARGECOUNTS_S1);
  return fma(s, z, LARGECOUNTS_S0);
}
__device__ __forceinline__ double logRatio(double u1, double u2, double d, double about) {
  long long e = __double_as_longlong(about) - LARGECOUNTS_SPLIT_BITS;
  double power = doubleOfBits((u64)(e & LARGECOUNTS_EXPONENT_MASK));
  double s = fma(1 - power, u1, d) / (u2 + power * u1);
  return fma(exponentOf(e), LARGECOUNTS_LN2, s * atanhTail(s * s));
}
/** A count that is no whole number: both arguments moved up, as LargeCounts has it. */
__device__ __noinline__ void fractionalCount(float theta, float mu, float count, double* value, float* term) {
  double t = theta, x = count, m0 = mu > 1.17549435e-38f ? mu : 1.17549435e-38f;
  double r = 1 / (t + m0), logs = 0, sum = 0;
  for (int k = 0; k < (int)LARGECOUNTS_SHIFT; k++) {
    logs += log((t + k) / (t + x + k));
    sum += x / ((t + k) * (t + x + k));
  }
  double u1 = t + LARGECOUNTS_SHIFT, u2 = t + x + LARGECOUNTS_SHIFT, v1 = 1 / u1, v2 = 1 / u2, z1 = v1 * v1, z2 = v2 * v2;
  double ratio = logRatio(u1, u2, x, u2 * v1);
  *value = logs + (u1 - 0.5) * ratio + x * (log(u2) - 1) + (v2 * gammaTail(z2) - v1 * gammaTail(z1)) + x * log(m0 * r);
  double psi = ratio + 0.5 * x * v1 * v2 + (z1 * digammaTail(z1) - z2 * digammaTail(z2)) + sum;
  *term = (float)(t * (psi - x * r));
}
/** A count above 4 or a fraction: value without - log x!, which depends on the data alone, and the term of d/d log theta; not inlined, for it is rare. */
__device__ __noinline__ void largeCount(float theta, float mu, float count, double* value, float* term) {
  if (count != (float)(long long)count) {
    fractionalCount(theta, mu, count, value, term);
    return;
  }
  double t0 = theta, x = count, m0 = mu > 1.17549435e-38f ? mu : 1.17549435e-38f;
  double r = 1 / (t0 + m0), w = m0 * r, t = t0 + 1, m = t0 + t, p = t0 * t;
  for (int k = 2; k < (int)LARGECOUNTS_SHIFT; k++) {
    t = t0 + k;
    m = fma(m, t, p);
    p *= t;
  }
  double u1 = t0 + LARGECOUNTS_SHIFT, u2 = t0 + x, d = x - LARGECOUNTS_SHIFT, v1 = 1 / u1, v2 = 1 / u2;
  double about = u2 * v1;
  double ratio = logRatio(u1, u2, d, about);
  double z1 = v1 * v1, z2 = v2 * v2;
  double logP = logOfNormalDouble(w * w * (w * w) * w * p), logU = logOfNormalDouble(u2 * w);
  *value = logP + fma(u1 - 0.5, ratio, d * (logU - 1)) + (v2 * gammaTail(z2) - v1 * gammaTail(z1));
  double digammas = ratio + d * 0.5 * v1 * v2 + (z1 * digammaTail(z1) - z2 * digammaTail(z2)) + m / p;
  *term = (float)(t0 * (digammas - x * r));
}
