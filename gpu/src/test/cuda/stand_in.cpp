// A stand-in for libcuda on machines without a card: the entry points that the program calls, with the kernels compiled for the
// processor. Memory ends at a page that nobody may touch and begins as 0x7f bytes; so does shared memory. What is asked for stands in
// a stream's line until somebody waits for it, or happens at once in streams in which kernels run, or in others.
#include "stand_in.h"
#include "kernels.cu"
#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>
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

/** A fibre runs the same thread of one block after another. */
void runThread() {
  while (true) {
    body();
    standIn::fibre().done = true;
    standIn::yield();
  }
}


}
/** No two stacks end at the same place of a page, since what all threads do next would meet in the same lines of caches. */
void standIn::begin(Fibre* f) {
  size_t apart = (f - fibres.data()) % 61 * 192;
  f->begun = true;
  f->stack.resize(STACK);
  ucontext_t start;
  getcontext(&start);
  start.uc_stack.ss_sp = f->stack.data();
  start.uc_stack.ss_size = STACK - apart;
  makecontext(&start, runThread, 0);
  setcontext(&start);
}
namespace {
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
    f.done = false;
    f.awaited = nullptr;
    f.copies.clear();
    f.groups.clear();
    f.thread = {(unsigned)i, 0, 0};
  }
  int left = n;
  auto turnOf = [&](int i) {
    standIn::Fibre& f = fibres[i];
    if (f.done || (f.awaited && *f.awaited == f.turn)) return;
    f.awaited = nullptr;
    b.current = i;
    standIn::enter(&f);
    if (f.done) left--;
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
    if (left == leftBefore && b.turn == turnBefore && warpTurns(b) == warpTurnsBefore) {  // all wait for nobody
      for (standIn::Fibre& f : fibres) f.begun = false;
      return false;
    }
  }
  return true;
}

/** A kernel with its arguments, which are copied when it is launched. */
typedef std::function<void()> (*Kernel)(void**);
template <class... A, size_t... I> std::function<void()> bound(void (*f)(A...), void** p, std::index_sequence<I...>) {
  std::tuple<A...> args;
  ((void)memcpy((void*)&std::get<I>(args), p[I], sizeof(A)), ...);
  return [f, args] { std::apply(f, args); };
}
template <class... A> std::function<void()> withArguments(void (*f)(A...), void** p) { return bound(f, p, std::index_sequence_for<A...>()); }
const std::map<std::string, Kernel> kernels = {
#define KERNEL(name) {#name, [](void** p) { return withArguments(&name, p); }},
#include "kernel_names.inc"
};
struct Allocation { void* at; size_t mapped, bytes; };
std::map<unsigned long long, Allocation> allocations;
size_t inUse;
int lastLaunch, held;
std::map<void*, int> sharedOf;

/** What was asked for and has not happened yet. */
struct Stream {
  std::deque<std::function<void()>> line;
  size_t asked = 0, done = 0;
  bool ofKernels = false;
};
/** The place in a stream's line that waiting for the event waits for. */
struct Event {
  Stream* stream = nullptr;
  size_t place = 0;
};
std::set<Stream*> streams;
std::map<const char*, size_t> pinned;
enum AtOnce { NOTHING, KERNELS, OTHERS };
int atOnce = NOTHING;
bool waitsForgotten;

void runTo(Stream* s, size_t place) {
  while (s->done < place) {
    std::function<void()> what = std::move(s->line.front());
    s->line.pop_front();
    what();
    s->done++;
  }
}
void runAll() {
  for (Stream* s : streams) runTo(s, s->asked);
}
void ask(void* stream, std::function<void()> what) {
  Stream* s = (Stream*)stream;
  s->line.push_back(std::move(what));
  s->asked++;
  if (atOnce == (s->ofKernels ? KERNELS : OTHERS)) runTo(s, s->asked);
}
bool isPinned(const void* p) {
  auto behind = pinned.upper_bound((const char*)p);
  if (behind == pinned.begin()) return false;
  auto own = std::prev(behind);
  return (const char*)p < own->first + own->second;
}

void runGrid(const std::function<void()>& kernel, Dim grid, Dim size, unsigned shared) {
  size_t whole = (shared + PAGE) / PAGE * PAGE;  // a page at least, and one behind it that nobody may touch
  char* m = (char*)mmap(nullptr, whole + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(m + whole, PAGE, PROT_NONE);
  standIn::Block b;
  b.grid = grid;
  b.size = size;
  b.threads = size.x * size.y * size.z;
  b.pool = m + (whole - (shared + 15) / 16 * 16);
  body = kernel;
  std::mt19937 random(7);
  bool ended = true;
  for (unsigned z = 0; z < grid.z && ended; z++)
    for (unsigned y = 0; y < grid.y && ended; y++)
      for (unsigned x = 0; x < grid.x && ended; x++) {
        memset(m, 0x7f, whole);
        b.block = {x, y, z};
        ended = runBlock(b, random);
      }
  munmap(m, whole + PAGE);
  if (!ended) lastLaunch = 719;
}
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
void standInAtOnce(int chosen) { atOnce = chosen; }
/** Whether no stream waits for an event any more. */
void standInForgetWaits(int forgotten) { waitsForgotten = forgotten; }

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
int cuModuleUnload(void*) { runAll(); held--; return 0; }
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
  runAll();
  munmap(a->second.at, a->second.mapped);
  inUse -= a->second.bytes;
  allocations.erase(a);
  return 0;
}
int cuMemGetInfo_v2(size_t* left, size_t* all) { *all = memory; *left = memory - std::min(memory, inUse); return 0; }
int cuMemsetD8_v2(unsigned long long p, unsigned char v, size_t n) { runAll(); memset((void*)p, v, n); return 0; }
int cuMemAllocHost_v2(void** p, size_t n) {
  *p = malloc(n);
  if (!*p) return 2;
  pinned[(char*)*p] = n;
  held++;
  return 0;
}
int cuMemFreeHost(void* p) { runAll(); pinned.erase((char*)p); free(p); held--; return 0; }
/** Of other than pinned memory the driver makes a copy before it returns. */
int cuMemcpyHtoDAsync_v2(unsigned long long d, const void* h, size_t n, void* s) {
  if (isPinned(h)) {
    ask(s, [=] { memcpy((void*)d, h, n); });
  } else {
    std::vector<char> copy((const char*)h, (const char*)h + n);
    ask(s, [d, copy = std::move(copy)] { memcpy((void*)d, copy.data(), copy.size()); });
  }
  return 0;
}
int cuMemcpyDtoHAsync_v2(void* h, unsigned long long d, size_t n, void* s) {
  ask(s, [=] { memcpy(h, (void*)d, n); });
  if (!isPinned(h)) runTo((Stream*)s, ((Stream*)s)->asked);
  return 0;
}
int cuStreamCreate(void** s, unsigned) {
  Stream* own = new Stream();
  streams.insert(own);
  *s = own;
  held++;
  return 0;
}
int cuStreamDestroy_v2(void* s) {
  Stream* own = (Stream*)s;
  runAll();
  streams.erase(own);
  delete own;
  held--;
  return 0;
}
int cuStreamSynchronize(void* s) {
  Stream* own = (Stream*)s;
  runTo(own, own->asked);
  int rc = lastLaunch;
  lastLaunch = 0;
  return rc;
}
int cuEventCreate(void** e, unsigned) { *e = new Event(); held++; return 0; }
int cuEventDestroy_v2(void* e) { delete (Event*)e; held--; return 0; }
int cuEventRecord(void* e, void* s) { *(Event*)e = {(Stream*)s, ((Stream*)s)->asked}; return 0; }
int cuStreamWaitEvent(void* s, void* e, unsigned) {
  Event event = *(Event*)e;
  if (!waitsForgotten && event.stream) ask(s, [=] { runTo(event.stream, event.place); });
  return 0;
}
int cuLaunchKernel(void* f, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared, void* s, void** p, void**) {
  if (gx == 0 || gy == 0 || gz == 0 || gy > 65535 || gz > 65535 || bx * by * bz > 1024 || bx * by * bz % 32 != 0) return 1;
  if ((int)shared > std::max(SHARED, sharedOf[f])) return 1;
  ((Stream*)s)->ofKernels = true;
  ask(s, [=, kernel = ((Kernel)f)(p)] { runGrid(kernel, {gx, gy, gz}, {bx, by, bz}, shared); });
  return 0;
}
int cuGetErrorName(int rc, const char** s) { *s = rc == 719 ? "CUDA_ERROR_LAUNCH_FAILED" : "CUDA_ERROR_OF_THE_STAND_IN"; return 0; }
int cuGetErrorString(int rc, const char** s) { *s = rc == 719 ? "unspecified launch failure" : "an error of the stand-in"; return 0; }
}
