// Random numbers as a function of their position, with the bits of CounterRandom: see there for the counters.
#pragma once
#include "numbers.cuh"

/** Says which draws are wanted: seed and step are the training step's, the tag names purpose, modality and layer. */
struct Draws {
  u32 key0, key1, step, tag;
};

__device__ __forceinline__ u32 rotateLeft(u32 x, int n) { return (x << n) | (x >> (32 - n)); }

/** The four words of a counter. */
__device__ __forceinline__ void threefry(const Draws& d, u32 counter0, u32 row, u32* out) {
  u32 k0 = d.key0, k1 = d.key1, k2 = 0, k3 = 0;
  u32 k4 = (u32)THREEFRY_PARITY ^ k0 ^ k1;
  u32 x0 = counter0 + k0, x1 = row + k1, x2 = d.step + k2, x3 = d.tag + k3;
#define EVEN_ROUND(r) \
  x0 += x1; x1 = rotateLeft(x1, THREEFRY_ROTATE_FIRST_##r) ^ x0; \
  x2 += x3; x3 = rotateLeft(x3, THREEFRY_ROTATE_SECOND_##r) ^ x2;
#define ODD_ROUND(r) \
  x0 += x3; x3 = rotateLeft(x3, THREEFRY_ROTATE_FIRST_##r) ^ x0; \
  x2 += x1; x1 = rotateLeft(x1, THREEFRY_ROTATE_SECOND_##r) ^ x2;
  EVEN_ROUND(0) ODD_ROUND(1) EVEN_ROUND(2) ODD_ROUND(3)
  x0 += k1; x1 += k2; x2 += k3; x3 += k4 + 1;
  EVEN_ROUND(4) ODD_ROUND(5) EVEN_ROUND(6) ODD_ROUND(7)
  x0 += k2; x1 += k3; x2 += k4; x3 += k0 + 2;
  EVEN_ROUND(0) ODD_ROUND(1) EVEN_ROUND(2) ODD_ROUND(3)
  x0 += k3; x1 += k4; x2 += k0; x3 += k1 + 3;
#undef EVEN_ROUND
#undef ODD_ROUND
  out[0] = x0; out[1] = x1; out[2] = x2; out[3] = x3;
}
#if THREEFRY_ROUNDS != 12 || COUNTERRANDOM_GROUP != 64 || COUNTERRANDOM_LANES != 16
#error "The rounds and the layout of the draws are written out for 12 rounds, groups of 64 columns and 16 lanes."
#endif

/** Two normals of two words, as BoxMuller has them. */
__device__ __forceinline__ void normalPair(u32 w0, u32 w1, float* z) {
  float u = fmaf((float)(int)(w0 >> 1), BOXMULLER_TWO_POW_MINUS_31, BOXMULLER_TWO_POW_MINUS_32);
  int e = bitsOf(u) - BOXMULLER_SQRT_HALF_BITS;
  float k = (float)(e >> 23);
  float f = ofBits((e & BOXMULLER_MANTISSA_MASK) + BOXMULLER_SQRT_HALF_BITS) - 1.0f;
  float p = fmaf(f, BOXMULLER_L7, BOXMULLER_L6);
  p = fmaf(p, f, BOXMULLER_L5);
  p = fmaf(p, f, BOXMULLER_L4);
  p = fmaf(p, f, BOXMULLER_L3);
  p = fmaf(p, f, BOXMULLER_L2);
  p = fmaf(p, f, BOXMULLER_L1);
  p = fmaf(p, f, BOXMULLER_L0);
  float r = sqrtf(-2.0f * fmaf(k, BOXMULLER_LN2, fmaf(f * f, p, f)));
  float h = (float)((int)w1 >> 1) * BOXMULLER_TWO_POW_MINUS_30;
  float h2 = h * h;
  float c = fmaf(h2, BOXMULLER_C4, BOXMULLER_C3);
  c = fmaf(c, h2, BOXMULLER_C2);
  c = fmaf(c, h2, BOXMULLER_C1);
  c = fmaf(c, h2, BOXMULLER_C0);
  float s = fmaf(h2, BOXMULLER_S4, BOXMULLER_S3);
  s = fmaf(s, h2, BOXMULLER_S2);
  s = fmaf(s, h2, BOXMULLER_S1);
  s = fmaf(s, h2, BOXMULLER_S0);
  z[0] = ofBits(bitsOf(c * r) ^ (int)(w1 << 31));
  z[1] = s * h * r;
}

/** The four normals of columns group * 64 + lane + {0, 16, 32, 48}, which share a block of words. */
__device__ __forceinline__ void normals4(const Draws& d, u32 row, u32 group, u32 lane, float* z) {
  u32 w[4];
  threefry(d, group * COUNTERRANDOM_LANES + lane, row, w);
  normalPair(w[0], w[1], z);
  normalPair(w[2], w[3], z + 2);
}

__device__ __forceinline__ float normal(const Draws& d, u32 row, u32 column) {
  u32 w[4];
  float z[2];
  threefry(d, (column >> 6) * COUNTERRANDOM_LANES + (column & 15), row, w);
  u32 word = (column >> 4) & 3;
  normalPair(w[word & 2], w[(word & 2) + 1], z);
  return z[word & 1];
}

__device__ __forceinline__ float uniform(const Draws& d, u32 row, u32 column) {
  u32 w[4];
  threefry(d, (column >> 6) * COUNTERRANDOM_LANES + (column & 15), row, w);
  return (float)(int)(w[(column >> 4) & 3] >> 8) * SCALARDRAWS_TWO_POW_MINUS_24;
}
