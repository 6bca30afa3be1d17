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
/** Where the compiler's own setjmp, which calls nobody, keeps a place. */
typedef void* Place[5];
struct alignas(64) Fibre {
  Place at;
  const unsigned* awaited;  // a turn that must be another than it was before this thread goes on; null for none
  unsigned turn;
  bool begun, done;
  Dim thread;
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
  Place home;
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
/** Goes on at a place, in a function of its own: the compiler loses a place in the function that jumps. */
__attribute__((noinline, noreturn)) inline void jump(void** place) { __builtin_longjmp(place, 1); }
/** Gives the turn back; jumps are ten times as fast as swapcontext, which asks the system for signals. */
__attribute__((noinline)) inline void yield() {
  if (__builtin_setjmp(fibre().at) == 0) jump(now->home);
}
/** Begins to run a fibre on its own stack. */
void begin(Fibre* f);
/** Gives a fibre its turn. */
__attribute__((noinline)) inline void enter(Fibre* f) {
  if (__builtin_setjmp(now->home) != 0) return;
  if (f->begun) jump(f->at);
  begin(f);
}
/** Gives turns back until a number is another than it is now; whoever gives them looks at it. */
inline void await(const unsigned* turn) {
  Fibre& f = fibre();
  f.awaited = turn;
  f.turn = *turn;
  yield();
}
inline void blockBarrier(int site) {
  (*sites)[site].passed++;
  if ((*sites)[site].skipped) return;
  if (++now->arrived == now->threads) {
    now->arrived = 0;
    now->turn++;
  } else {
    await(&now->turn);
  }
}
inline Warp& warp() { return now->warps[now->current >> 5]; }
inline void warpBarrier() {
  Warp& w = warp();
  if (++w.arrived == 32) {
    w.arrived = 0;
    w.turn++;
  } else {
    await(&w.turn);
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
