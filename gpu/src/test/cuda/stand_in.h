// CUDA's words for g++: the threads of a block are fibres on one processor thread that take turns at barriers. Copies to shared
// memory arrive when they are waited for and no sooner, each __syncthreads can be left out, and threads can run in other orders.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <string>
#include <vector>
#include <csetjmp>
#include <ucontext.h>
#define __device__
#define __global__
#define __forceinline__ inline
#define __noinline__
#define __launch_bounds__(...)
static inline int __float_as_int(float f) { int i; memcpy(&i, &f, 4); return i; }
static inline float __int_as_float(int i) { float f; memcpy(&f, &i, 4); return f; }
static inline long long __double_as_longlong(double d) { long long l; memcpy(&l, &d, 8); return l; }
static inline double __longlong_as_double(long long l) { double d; memcpy(&d, &l, 8); return d; }
struct Dim { unsigned x, y, z; };
struct alignas(16) float4 { float x, y, z, w; };

namespace standIn {
struct Copy { void* to; const void* from; bool in; };
struct Fibre {
  ucontext_t start;
  jmp_buf at;
  Dim thread;
  bool begun, done;
  std::vector<char> stack;
  std::vector<Copy> copies;
  std::deque<std::vector<Copy>> groups;
};
struct Warp { int arrived; unsigned turn; float floats[32]; unsigned a[32][4], b[32][2]; const unsigned short* rows[32]; };
struct Block {
  std::vector<Fibre>* fibres;
  std::vector<Warp> warps;
  int arrived, current, threads;
  unsigned turn;
  jmp_buf home;
  Dim block, grid, size;
  char* pool;
};
extern Block* now;
/** A place in the source where __syncthreads stands. */
struct Site { std::string place; bool skipped; long passed; };
extern std::vector<Site>* sites;
inline int newSite(const char* file, int line) {
  const char* name = strrchr(file, '/');
  sites->push_back({std::string(name ? name + 1 : file) + ":" + std::to_string(line), false, 0});
  return (int)sites->size() - 1;
}
inline Fibre& fibre() { return (*now->fibres)[now->current]; }
/** Gives the turn back; jumps are ten times as fast as swapcontext, which asks the system for signals. */
__attribute__((noinline)) inline void yield() {
  if (_setjmp(fibre().at) == 0) _longjmp(now->home, 1);
}
/** Gives a fibre its turn. */
__attribute__((noinline)) inline void enter(Fibre* f) {
  if (_setjmp(now->home) != 0) return;
  if (f->begun) _longjmp(f->at, 1);
  f->begun = true;
  setcontext(&f->start);
}
inline void blockBarrier(int site) {
  (*sites)[site].passed++;
  if ((*sites)[site].skipped) return;
  unsigned turn = now->turn;
  if (++now->arrived == now->threads) {
    now->arrived = 0;
    now->turn++;
  } else {
    while (now->turn == turn) yield();
  }
}
inline Warp& warp() { return now->warps[now->current >> 5]; }
inline void warpBarrier() {
  Warp& w = warp();
  unsigned turn = w.turn;
  if (++w.arrived == 32) {
    w.arrived = 0;
    w.turn++;
  } else {
    while (w.turn == turn) yield();
  }
}
}
#define threadIdx (standIn::fibre().thread)
#define blockIdx (standIn::now->block)
#define gridDim (standIn::now->grid)
#define __syncthreads() do { static const int site = standIn::newSite(__FILE__, __LINE__); standIn::blockBarrier(site); } while (0)
#define SHARED_POOL(name) float4* name = (float4*)standIn::now->pool
static inline float __shfl_xor_sync(unsigned, float x, int mask) {
  int lane = standIn::now->current & 31;
  standIn::warp().floats[lane] = x;
  standIn::warpBarrier();
  float y = standIn::warp().floats[lane ^ mask];
  standIn::warpBarrier();
  return y;
}
static inline float ofBfloat16(unsigned h) { return __int_as_float((int)(h << 16)); }
/** Sums over k in order, fused: the tensor core's own order is nobody's promise. */
static inline void multiplyAdd(float* d, const unsigned* a, const unsigned* b) {
  int lane = standIn::now->current & 31;
  standIn::Warp& w = standIn::warp();
  memcpy(w.a[lane], a, 16);
  memcpy(w.b[lane], b, 8);
  standIn::warpBarrier();
  for (int i = 0; i < 4; i++) {
    int row = lane / 4 + (i / 2) * 8, col = (lane % 4) * 2 + i % 2;
    float sum = d[i];
    for (int k = 0; k < 16; k++) {
      unsigned x = w.a[(row % 8) * 4 + (k % 8) / 2][row / 8 + (k / 8) * 2] >> (k % 2 * 16) & 0xffff;
      unsigned y = w.b[col * 4 + (k % 8) / 2][k / 8] >> (k % 2 * 16) & 0xffff;
      sum = __builtin_fmaf(ofBfloat16(x), ofBfloat16(y), sum);
    }
    d[i] = sum;
  }
  standIn::warpBarrier();
}
static inline void load4Transposed(unsigned* r, const unsigned short* row) {
  int lane = standIn::now->current & 31;
  standIn::warp().rows[lane] = row;
  standIn::warpBarrier();
  for (int m = 0; m < 4; m++) {
    const unsigned short* const* at = &standIn::warp().rows[m * 8 + lane % 4 * 2];
    r[m] = at[0][lane / 4] | (unsigned)at[1][lane / 4] << 16;
  }
  standIn::warpBarrier();
}
static inline void copy16(void* to, const void* from, bool in) { standIn::fibre().copies.push_back({to, from, in}); }
static inline void copyCommit() {
  standIn::Fibre& f = standIn::fibre();
  f.groups.push_back(f.copies);
  f.copies.clear();
}
template <int LEFT> static inline void copyWait() {
  standIn::Fibre& f = standIn::fibre();
  while ((int)f.groups.size() > LEFT) {
    for (const standIn::Copy& c : f.groups.front()) {
      if (c.in) memcpy(c.to, c.from, 16); else memset(c.to, 0, 16);
    }
    f.groups.pop_front();
  }
}
