// Products of matrices, a tile of the result for each block of 256 threads, in an order of sums that depends on the sizes alone:
// float32 on the ordinary units, bfloat16 on the tensor cores with float32 sums.
#pragma once
#include "numbers.cuh"
#define TILE_THREADS 256

/**
 * An operand with the axis that is summed over called k: (m, k) is at m * stride + k, or, by k, at k * stride + m. What lies
 * behind `count` counts as 0.
 */
template <class T> struct Operand {
  const T* at;
  int stride;
  int count;
};

/** Where the sums of a thread lie in the tile, and how many there are. */
template <class T, int TILE> struct Places;
template <int TILE> struct Places<float, TILE> {
  static const int SIDE = TILE / 16, SUMS = SIDE * SIDE;
  static __device__ __forceinline__ int row(int q) { return (threadIdx.x >> 4) + 16 * (q / SIDE); }
  static __device__ __forceinline__ int column(int q) { return (threadIdx.x & 15) + 16 * (q % SIDE); }
};
template <> struct Places<u16, 128> {
  static const int SUMS = 64;
  static __device__ __forceinline__ int row(int q) {
    return ((threadIdx.x >> 5) & 3) * 32 + (q >> 5) * 16 + ((threadIdx.x & 31) >> 2) + ((q >> 1) & 1) * 8;
  }
  static __device__ __forceinline__ int column(int q) {
    return (threadIdx.x >> 7) * 64 + ((q >> 2) & 7) * 8 + (threadIdx.x & 3) * 2 + (q & 1);
  }
};

// ---- float32: every product is added by a fused multiply-add in the order of k, so that all cards give the same bits

#define DEPTH 16
template <int TILE, bool BY_K>
__device__ __forceinline__ void stage(const Operand<float>& x, int first, int from, int to, float* room) {
  for (int i = threadIdx.x; i < TILE * DEPTH; i += TILE_THREADS) {
    int m = BY_K ? i % TILE : i / DEPTH, k = BY_K ? i / TILE : i % DEPTH;
    bool in = first + m < x.count && from + k < to;
    u64 at = BY_K ? (u64)(from + k) * x.stride + first + m : (u64)(first + m) * x.stride + from + k;
    room[k * (TILE + 1) + m] = in ? x.at[at] : 0.0f;
  }
}

/** Bytes of shared memory that a product takes. */
template <class T, int TILE> struct Room;
template <int TILE> struct Room<float, TILE> {
  static const int BYTES = 2 * DEPTH * (TILE + 1) * 4;
};

/**
 * Sums of a tile of A B' over k in [from, to), in the places of each thread. Whoever uses the shared memory for something else
 * afterwards must wait for all threads first.
 */
template <class T, int TILE, bool A_BY_K, bool B_BY_K> struct Product;

template <int TILE, bool A_BY_K, bool B_BY_K> struct Product<float, TILE, A_BY_K, B_BY_K> {
  static __device__ __forceinline__ void sum(
      const Operand<float>& a, const Operand<float>& b, int firstM, int firstN, int from, int to, float* sums, void* pool) {
    const int SIDE = TILE / 16;
    float* as = (float*)pool;
    float* bs = as + DEPTH * (TILE + 1);
    int ty = threadIdx.x >> 4, tx = threadIdx.x & 15;
#pragma unroll
    for (int q = 0; q < SIDE * SIDE; q++) sums[q] = 0.0f;
    for (int k0 = from; k0 < to; k0 += DEPTH) {
      if (k0 > from) __syncthreads();  // all have read the last stage
      stage<TILE, A_BY_K>(a, firstM, k0, to, as);
      stage<TILE, B_BY_K>(b, firstN, k0, to, bs);
      __syncthreads();
#pragma unroll 4
      for (int k = 0; k < DEPTH; k++) {
        float x[SIDE], y[SIDE];
#pragma unroll
        for (int i = 0; i < SIDE; i++) x[i] = as[k * (TILE + 1) + ty + 16 * i];
#pragma unroll
        for (int j = 0; j < SIDE; j++) y[j] = bs[k * (TILE + 1) + tx + 16 * j];
#pragma unroll
        for (int i = 0; i < SIDE; i++)
#pragma unroll
          for (int j = 0; j < SIDE; j++) sums[i * SIDE + j] = fmaf(x[i], y[j], sums[i * SIDE + j]);
      }
    }
  }
};

// ---- bfloat16: rows padded to 8 numbers and summed axes to 8 (zeros), since copies are of 16 bytes

#define BF_DEPTH 32
#define BF_STAGES 3
#define BF_ROW_BY_M 40   // 32 of k and 8 of padding, so that banks do not meet
#define BF_ROW_BY_K 136  // 128 of m and 8 of padding
#define BF_OPERAND (128 * BF_ROW_BY_M)
template <> struct Room<u16, 128> {
  static const int BYTES = BF_STAGES * 2 * BF_OPERAND * 2;
};

template <bool BY_K>
__device__ __forceinline__ void stageAhead(const Operand<u16>& x, int first, int from, int to, u16* room) {
#pragma unroll
  for (int i = 0; i < 2; i++) {
    int chunk = threadIdx.x + TILE_THREADS * i;
    int m = BY_K ? (chunk & 15) * 8 : chunk >> 2, k = BY_K ? chunk >> 4 : (chunk & 3) * 8;
    bool in = first + m < x.count && from + k < to;
    u64 at = BY_K ? (u64)(from + k) * x.stride + first + m : (u64)(first + m) * x.stride + from + k;
    copy16(room + (BY_K ? k * BF_ROW_BY_K + m : m * BF_ROW_BY_M + k), x.at + (in ? at : 0), in);
  }
}

/** Fragments of two 16 x 16 pieces of A at rows m0, m0 + 16. */
template <bool BY_K> __device__ __forceinline__ void fragmentsOfA(const u16* a, int m0, int k, u32 (*f)[4]) {
  int in = threadIdx.x & 31;
#pragma unroll
  for (int i = 0; i < 2; i++) {
    if (BY_K) {
      int r = in & 7, m = in >> 3;
      load4Transposed(f[i], a + (k + (m >> 1) * 8 + r) * BF_ROW_BY_K + m0 + i * 16 + (m & 1) * 8);
    } else {
      const u16* at = a + (m0 + i * 16 + (in >> 2)) * BF_ROW_BY_M + k + (in & 3) * 2;
      f[i][0] = *(const u32*)at;
      f[i][1] = *(const u32*)(at + 8 * BF_ROW_BY_M);
      f[i][2] = *(const u32*)(at + 8);
      f[i][3] = *(const u32*)(at + 8 * BF_ROW_BY_M + 8);
    }
  }
}
/** Fragments of eight 16 x 8 pieces of B at columns n0, n0 + 8, ... */
template <bool BY_K> __device__ __forceinline__ void fragmentsOfB(const u16* b, int n0, int k, u32 (*f)[2]) {
  int in = threadIdx.x & 31;
#pragma unroll
  for (int j = 0; j < 8; j += 2) {
    if (BY_K) {
      u32 both[4];
      int r = in & 7, m = in >> 3;
      load4Transposed(both, b + (k + (m & 1) * 8 + r) * BF_ROW_BY_K + n0 + (j + (m >> 1)) * 8);
      f[j][0] = both[0];
      f[j][1] = both[1];
      f[j + 1][0] = both[2];
      f[j + 1][1] = both[3];
    } else {
#pragma unroll
      for (int i = 0; i < 2; i++) {
        const u16* at = b + (n0 + (j + i) * 8 + (in >> 2)) * BF_ROW_BY_M + k + (in & 3) * 2;
        f[j + i][0] = *(const u32*)at;
        f[j + i][1] = *(const u32*)(at + 8);
      }
    }
  }
}

template <bool A_BY_K, bool B_BY_K> struct Product<u16, 128, A_BY_K, B_BY_K> {
  static __device__ __forceinline__ void sum(
      const Operand<u16>& a, const Operand<u16>& b, int firstM, int firstN, int from, int to, float* sums, void* pool) {
    u16* rooms = (u16*)pool;
    int warp = threadIdx.x >> 5, warpM = (warp & 3) * 32, warpN = (warp >> 2) * 64;
#pragma unroll
    for (int q = 0; q < 64; q++) sums[q] = 0.0f;
    int steps = (to - from + BF_DEPTH - 1) / BF_DEPTH;
    for (int s = 0; s < BF_STAGES - 1; s++) {
      if (s < steps) {
        u16* room = rooms + s * 2 * BF_OPERAND;
        stageAhead<A_BY_K>(a, firstM, from + s * BF_DEPTH, to, room);
        stageAhead<B_BY_K>(b, firstN, from + s * BF_DEPTH, to, room + BF_OPERAND);
      }
      copyCommit();
    }
    for (int step = 0; step < steps; step++) {
      copyWait<BF_STAGES - 2>();
      __syncthreads();
      int ahead = step + BF_STAGES - 1;
      if (ahead < steps) {
        u16* room = rooms + (ahead % BF_STAGES) * 2 * BF_OPERAND;
        stageAhead<A_BY_K>(a, firstM, from + ahead * BF_DEPTH, to, room);
        stageAhead<B_BY_K>(b, firstN, from + ahead * BF_DEPTH, to, room + BF_OPERAND);
      }
      copyCommit();
      const u16* as = rooms + (step % BF_STAGES) * 2 * BF_OPERAND;
      const u16* bs = as + BF_OPERAND;
#pragma unroll
      for (int k = 0; k < BF_DEPTH; k += 16) {
        u32 fa[2][4], fb[8][2];
        fragmentsOfA<A_BY_K>(as, warpM, k, fa);
        fragmentsOfB<B_BY_K>(bs, warpN, k, fb);
#pragma unroll
        for (int i = 0; i < 2; i++)
#pragma unroll
          for (int j = 0; j < 8; j++) multiplyAdd(sums + (i * 8 + j) * 4, fa[i], fb[j]);
      }
    }
  }
};
