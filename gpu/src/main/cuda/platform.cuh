// What the kernels ask of a card beyond CUDA's own words. The stand-in for tests (stand_in.h) has the same in C++ for processors.
#pragma once
#ifdef STAND_IN
#include "stand_in.h"
#else
/** The shared memory that a launch asks for. */
#define SHARED_POOL(name) extern __shared__ float4 name[]

/** D += A B of 16 x 16 and 16 x 8 bfloat16 numbers, spread over a warp as the instruction has it. */
__device__ __forceinline__ void multiplyAdd(float* d, const unsigned* a, const unsigned* b) {
  asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
      : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

/** Begins to copy 16 bytes to shared memory, or zeros where there is nothing to copy. */
__device__ __forceinline__ void copy16(void* shared, const void* global, bool in) {
  unsigned to = (unsigned)__cvta_generic_to_shared(shared);
  int bytes = in ? 16 : 0;
  asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(to), "l"(global), "r"(bytes) : "memory");
}
/** Makes a group of the copies begun since the last one. */
__device__ __forceinline__ void copyCommit() { asm volatile("cp.async.commit_group;" ::: "memory"); }
/** Waits until all of this thread's groups but the last so many have arrived. */
template <int LEFT> __device__ __forceinline__ void copyWait() { asm volatile("cp.async.wait_group %0;" ::"n"(LEFT) : "memory"); }

/** Reads four 8 x 8 matrices of 16-bit numbers, transposed: a lane gives the address of row lane % 8 of matrix lane / 8. */
__device__ __forceinline__ void load4Transposed(unsigned* r, const unsigned short* row) {
  unsigned from = (unsigned)__cvta_generic_to_shared((void*)row);
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0,%1,%2,%3}, [%4];"
      : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3]) : "r"(from) : "memory");
}
#endif
