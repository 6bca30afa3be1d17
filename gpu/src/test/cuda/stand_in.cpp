// A stand-in for libcuda on machines without a card: the entry points that the program calls, with the kernels compiled for the
// processor. Memory ends at a page that nobody may touch and begins as 0x7f bytes; so does shared memory.
#include "stand_in.h"
#include "kernels.cu"
#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <tuple>
#include <utility>
#include <sys/mman.h>

namespace standIn {
Block* now;
std::vector<Site>* sites = new std::vector<Site>();
}
namespace {
const size_t STACK = 128 << 10, PAGE = 4096;
// Shared memory of a block: what a kernel may have unasked, and what it may ask for on the smallest cards (8.6, 8.9).
const int SHARED = 48 << 10, MOST_SHARED = 99 << 10;
size_t memory = (size_t)8 << 30;
enum Order { FORWARDS, BACKWARDS, SHUFFLED };
int order = FORWARDS;
std::function<void()> body;
std::vector<standIn::Fibre> fibres;

void runThread() {
  body();
  standIn::fibre().done = true;
  standIn::yield();
}

unsigned warpTurns(const standIn::Block& b) {
  unsigned sum = 0;
  for (const standIn::Warp& w : b.warps) sum += w.turn;
  return sum;
}

/** Returns whether all threads came to their end. */
bool runBlock(standIn::Block& b, std::mt19937& random) {
  standIn::now = &b;
  int n = b.threads;
  if ((int)fibres.size() < n) fibres.resize(n);
  b.fibres = &fibres;
  b.warps.assign((n + 31) / 32, standIn::Warp{});
  b.arrived = 0;
  b.turn = 0;
  for (int i = 0; i < n; i++) {
    standIn::Fibre& f = fibres[i];
    f.stack.resize(STACK);
    f.begun = f.done = false;
    f.copies.clear();
    f.groups.clear();
    f.thread = {(unsigned)i, 0, 0};
    getcontext(&f.start);
    f.start.uc_stack.ss_sp = f.stack.data();
    f.start.uc_stack.ss_size = STACK;
    makecontext(&f.start, runThread, 0);
  }
  int left = n;
  auto turnOf = [&](int i) {
    if (fibres[i].done) return;
    b.current = i;
    standIn::enter(&fibres[i]);
    if (fibres[i].done) left--;
  };
  std::vector<int> turns(n);
  for (int i = 0; i < n; i++) turns[i] = i;
  while (left > 0) {
    int leftBefore = left;
    unsigned turnBefore = b.turn, warpTurnsBefore = warpTurns(b);
    if (order == SHUFFLED) {
      std::shuffle(turns.begin(), turns.end(), random);
      for (int i : turns) turnOf(i);
    } else {
      // each warp goes as far as it gets alone, so that it overtakes the others where nothing holds it back
      int count = (int)b.warps.size();
      for (int o = 0; o < count; o++) {
        int w = order == BACKWARDS ? count - 1 - o : o;
        unsigned before;
        int leftThere;
        do {
          before = b.warps[w].turn;
          leftThere = left;
          for (int k = 0; k < 32; k++) turnOf(w * 32 + (order == BACKWARDS ? 31 - k : k));
        } while (b.warps[w].turn != before || left != leftThere);
      }
    }
    if (left == leftBefore && b.turn == turnBefore && warpTurns(b) == warpTurnsBefore) return false;  // all wait for nobody
  }
  return true;
}

typedef void (*Kernel)(void**);
template <class... A, size_t... I> void callWith(void (*f)(A...), void** p, std::index_sequence<I...>) {
  std::tuple<A...> args;
  ((void)memcpy((void*)&std::get<I>(args), p[I], sizeof(A)), ...);
  f(std::get<I>(args)...);
}
template <class... A> void callKernel(void (*f)(A...), void** p) { callWith(f, p, std::index_sequence_for<A...>()); }
const std::map<std::string, Kernel> kernels = {
#define KERNEL(name) {#name, [](void** p) { callKernel(&name, p); }},
#include "kernel_names.inc"
};
struct Allocation { void* at; size_t mapped, bytes; };
std::map<unsigned long long, Allocation> allocations;
size_t inUse;
int lastLaunch, held;
std::map<void*, int> sharedOf;
}
extern "C" {
// ---- of the stand-in alone
void standInOrder(int chosen) { order = chosen; }
int standInSites() { return (int)standIn::sites->size(); }
const char* standInSite(int site) { return (*standIn::sites)[site].place.c_str(); }
long standInPassed(int site) { return (*standIn::sites)[site].passed; }
void standInSkip(int site, int skipped) { (*standIn::sites)[site].skipped = skipped; }
long standInBytes() { return (long)inUse; }
int standInHeld() { return held; }
void standInMemory(long bytes) { memory = (size_t)bytes; }

// ---- the driver's
int cuInit(unsigned) { return 0; }
int cuDriverGetVersion(int* v) { *v = 12010; return 0; }
int cuDeviceGetCount(int* n) { *n = 1; return 0; }
int cuDeviceGet(int* d, int i) { *d = i; return i == 0 ? 0 : 101; }
int cuDeviceGetName(char* s, int n, int) { strncpy(s, "stand-in on a processor", n); return 0; }
int cuDeviceGetAttribute(int* v, int attribute, int) { *v = attribute == 75 ? 8 : attribute == 76 ? 0 : attribute == 97 ? MOST_SHARED : 1; return 0; }
int cuDeviceTotalMem_v2(size_t* n, int) { *n = memory; return 0; }
int cuDevicePrimaryCtxRetain(void** c, int) { *c = (void*)1; held++; return 0; }
int cuDevicePrimaryCtxRelease_v2(int) { held--; return 0; }
int cuCtxSetCurrent(void*) { return 0; }
int cuModuleLoadData(void** m, const void* image) {
  if (strncmp((const char*)image, "//", 2) != 0 && strncmp((const char*)image, ".version", 8) != 0) return 218;
  *m = (void*)1;
  held++;
  return 0;
}
int cuModuleUnload(void*) { held--; return 0; }
int cuModuleGetFunction(void** f, void*, const char* name) {
  auto k = kernels.find(name);
  if (k == kernels.end()) return 500;
  *f = (void*)k->second;
  return 0;
}
int cuFuncSetAttribute(void* f, int attribute, int value) {
  if (attribute != 8 || value > MOST_SHARED) return 1;
  sharedOf[f] = value;
  return 0;
}
int cuMemAlloc_v2(unsigned long long* p, size_t n) {
  if (n > memory - std::min(memory, inUse)) return 2;
  size_t whole = (n + PAGE - 1) / PAGE * PAGE;
  char* m = (char*)mmap(nullptr, whole + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (m == MAP_FAILED) return 2;
  mprotect(m + whole, PAGE, PROT_NONE);
  memset(m, 0x7f, whole);
  *p = (unsigned long long)(m + (whole - (n + 15) / 16 * 16));
  allocations[*p] = {m, whole + PAGE, n};
  inUse += n;
  return 0;
}
int cuMemFree_v2(unsigned long long p) {
  auto a = allocations.find(p);
  if (a == allocations.end()) return 1;
  munmap(a->second.at, a->second.mapped);
  inUse -= a->second.bytes;
  allocations.erase(a);
  return 0;
}
int cuMemGetInfo_v2(size_t* left, size_t* all) { *all = memory; *left = memory - std::min(memory, inUse); return 0; }
int cuMemsetD8_v2(unsigned long long p, unsigned char v, size_t n) { memset((void*)p, v, n); return 0; }
int cuMemAllocHost_v2(void** p, size_t n) {
  *p = malloc(n);
  if (!*p) return 2;
  held++;
  return 0;
}
int cuMemFreeHost(void* p) { free(p); held--; return 0; }
int cuMemcpyHtoDAsync_v2(unsigned long long d, const void* h, size_t n, void*) { memcpy((void*)d, h, n); return 0; }
int cuMemcpyDtoHAsync_v2(void* h, unsigned long long d, size_t n, void*) { memcpy(h, (void*)d, n); return 0; }
int cuStreamCreate(void** s, unsigned) { *s = (void*)1; held++; return 0; }
int cuStreamDestroy_v2(void*) { held--; return 0; }
int cuStreamSynchronize(void*) { int rc = lastLaunch; lastLaunch = 0; return rc; }
int cuLaunchKernel(void* f, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared, void*, void** p, void**) {
  if (gx == 0 || gy == 0 || gz == 0 || gy > 65535 || gz > 65535 || bx * by * bz > 1024 || bx * by * bz % 32 != 0) return 1;
  if ((int)shared > std::max(SHARED, sharedOf[f])) return 1;
  size_t whole = (shared + PAGE) / PAGE * PAGE;  // a page at least, and one behind it that nobody may touch
  char* m = (char*)mmap(nullptr, whole + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(m + whole, PAGE, PROT_NONE);
  standIn::Block b;
  b.grid = {gx, gy, gz};
  b.size = {bx, by, bz};
  b.threads = bx * by * bz;
  b.pool = m + (whole - (shared + 15) / 16 * 16);
  body = [f, p] { ((Kernel)f)(p); };
  std::mt19937 random(7);
  bool ended = true;
  for (unsigned z = 0; z < gz && ended; z++)
    for (unsigned y = 0; y < gy && ended; y++)
      for (unsigned x = 0; x < gx && ended; x++) {
        memset(m, 0x7f, whole);
        b.block = {x, y, z};
        ended = runBlock(b, random);
      }
  munmap(m, whole + PAGE);
  if (!ended) lastLaunch = 719;
  return 0;
}
int cuGetErrorName(int rc, const char** s) { *s = rc == 719 ? "CUDA_ERROR_LAUNCH_FAILED" : "CUDA_ERROR_OF_THE_STAND_IN"; return 0; }
int cuGetErrorString(int rc, const char** s) { *s = rc == 719 ? "unspecified launch failure" : "an error of the stand-in"; return 0; }
}
