// What happens to each cell between the counts and the head, besides linear maps.
#include "step.cuh"

/**
 * Counts row by row: those of the minibatch, or, with places, of all cells of a data set, in which each row has one. Where one of them
 * is no whole number of 16 bits all are wide.
 */
struct Entries {
  const long long* start;  // rows + 1
  const int* gene;
  const u16* count;
  const float* wide;  // null where all are of 16 bits
  const int* places;
};
__device__ __forceinline__ float countOf(const Entries& x, long long entry) { return x.wide ? x.wide[entry] : (float)(int)x.count[entry]; }
__device__ __forceinline__ int placeOf(const Entries& x, int row) { return x.places ? x.places[row] : row; }

template <class T> __device__ __forceinline__ void spread(const Entries& x, const T* counts, T* dense, int stride) {
  int row = blockIdx.x;
  T* out = dense + (u64)row * stride;
  for (int g = threadIdx.x; g < stride; g += 256) out[g] = 0;
  __syncthreads();
  int place = placeOf(x, row);
  for (long long i = x.start[place] + threadIdx.x; i < x.start[place + 1]; i += 256) out[x.gene[i]] = counts[i];
}
/** Spreads counts over rows x stride numbers, zeros included, of 16 bits or wide; grid: a block a row. */
extern "C" __global__ void __launch_bounds__(256) spreadCounts(Entries x, void* dense, int stride) {
  if (x.wide) {
    spread<float>(x, x.wide, (float*)dense, stride);
  } else {
    spread<u16>(x, x.count, (u16*)dense, stride);
  }
}

/** Dropout: rate 0 for none; kept values grow by the factor. */
struct Dropout {
  Source draws;
  float rate, kept;
};

/** log1p of a count: of whole ones of 16 bits from a table, so that wide ones give the same. */
__device__ __forceinline__ float log1pOfCount(float count, const float* log1pOf) {
  bool whole = count <= COUNTROWS_LARGEST && count == (float)(int)count;
  return whole ? log1pOf[(int)count] : (float)log1p((double)count);
}

/** What an encoder sees: log1p of the counts that dropout of its input leaves, whose draws are keyed by a count's rank in its row. */
template <class T>
__device__ __forceinline__ void spreadInput(
    const Entries& x, const float* log1pOf, const int* cells, const Dropout& d, const Step* step, T* dense, int stride) {
  int row = blockIdx.x, place = placeOf(x, row);
  long long first = x.start[place];
  T* out = dense + (u64)row * stride;
  for (int g = threadIdx.x; g < stride; g += 256) put(out + g, 0.0f);
  __syncthreads();
  for (long long i = first + threadIdx.x; i < x.start[place + 1]; i += 256) {
    float v = log1pOfCount(countOf(x, i), log1pOf);
    if (d.rate > 0.0f) {
      float u = d.draws.given ? d.draws.given[i] : uniform(drawsOf(*step, d.draws), cells[row], (u32)(i - first));
      v = u < d.rate ? 0.0f : v * d.kept;
    }
    put(out + x.gene[i], v);
  }
}
extern "C" __global__ void __launch_bounds__(256) spreadInputFloat32(
    Entries x, const float* log1pOf, const int* cells, Dropout d, const Step* step, float* dense, int stride) {
  spreadInput<float>(x, log1pOf, cells, d, step, dense, stride);
}
extern "C" __global__ void __launch_bounds__(256) spreadInputBfloat16(
    Entries x, const float* log1pOf, const int* cells, Dropout d, const Step* step, u16* dense, int stride) {
  spreadInput<u16>(x, log1pOf, cells, d, step, dense, stride);
}

struct Layer {
  float* x;        // rows x units: the linear map's result, then that normalised
  float* inverse;  // of each row, with layer norm; else null
  float* h;        // the layer's output; null where only products take it, rounded
  u16* rounded;    // the output rounded for products; null for none
  int rows, units, stride;  // of x rows x units, of h and rounded rows of `stride`
  Dropout dropout;
};

/** Layer norm, ReLU and dropout; a warp a row, 8 rows a block. */
extern "C" __global__ void __launch_bounds__(256) finishLayer(Layer l, const int* cells, const Step* step) {
  int row = blockIdx.x * 8 + (threadIdx.x >> 5), lane = threadIdx.x & 31;
  if (row >= l.rows) return;
  float* x = l.x + (u64)row * l.units;
  if (l.inverse) {
    float sum = 0.0f;
    for (int c = lane; c < l.units; c += 32) sum += x[c];
    float mean = warpSum(sum) / (float)l.units;
    float squares = 0.0f;
    for (int c = lane; c < l.units; c += 32) {
      float d = x[c] - mean;
      squares = fmaf(d, d, squares);
    }
    double variance = (double)warpSum(squares) / l.units;
    float inverse = (float)(1 / sqrt(variance + LAYERNORM_EPS));
    for (int c = lane; c < l.units; c += 32) x[c] = (x[c] - mean) * inverse;
    if (lane == 0) l.inverse[row] = inverse;
  }
  for (int c = lane; c < l.units; c += 32) {
    float h = x[c] <= 0.0f ? 0.0f : x[c];  // what is no number stays none
    if (l.dropout.rate > 0.0f) h *= uniformOf(*step, l.dropout.draws, cells[row], row, c) < l.dropout.rate ? 0.0f : l.dropout.kept;
    u64 at = (u64)row * l.stride + c;
    if (l.h) l.h[at] = h;
    if (l.rounded) l.rounded[at] = toBfloat16(h);
  }
}

/** Turns the gradient by a layer's output into that by its linear map's result, in place, rows x units. */
extern "C" __global__ void __launch_bounds__(256) differentiateLayer(Layer l, float* gradient, const int* cells, const Step* step) {
  int row = blockIdx.x * 8 + (threadIdx.x >> 5), lane = threadIdx.x & 31;
  if (row >= l.rows) return;
  const float* x = l.x + (u64)row * l.units;
  float* d = gradient + (u64)row * l.units;
  float sum = 0.0f, along = 0.0f;
  for (int c = lane; c < l.units; c += 32) {
    float g = d[c];
    if (l.dropout.rate > 0.0f) g *= uniformOf(*step, l.dropout.draws, cells[row], row, c) < l.dropout.rate ? 0.0f : l.dropout.kept;
    g = x[c] <= 0.0f ? 0.0f : g;
    d[c] = g;
    sum += g;
    along = fmaf(g, x[c], along);
  }
  if (!l.inverse) return;
  float mean = warpSum(sum) / (float)l.units;
  along = warpSum(along) / (float)l.units;
  float inverse = l.inverse[row];
  for (int c = lane; c < l.units; c += 32) d[c] = fmaf(x[c], -along, d[c] - mean) * inverse;
}

/** Rounds rows x units to bfloat16 in rows of another width. */
extern "C" __global__ void __launch_bounds__(256) roundRows(const float* from, int units, u16* to, int stride, int rows) {
  int unit = blockIdx.x * 32 + (threadIdx.x & 31), row = blockIdx.y * 8 + (threadIdx.x >> 5);
  if (unit < units && row < rows) to[(u64)row * stride + unit] = toBfloat16(from[(u64)row * units + unit]);
}
/** Copies rows x units to rows of another width. */
extern "C" __global__ void __launch_bounds__(256) copyRows(const float* from, int units, float* to, int stride, int rows) {
  int unit = blockIdx.x * 32 + (threadIdx.x & 31), row = blockIdx.y * 8 + (threadIdx.x >> 5);
  if (unit < units && row < rows) to[(u64)row * stride + unit] = from[(u64)row * units + unit];
}
