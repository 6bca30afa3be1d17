// How the modalities' parts of z become one: side by side they need no work; here is their weighted mean.
#include "step.cuh"

/**
 * Parts side by side, rows x (modalities * width), and the weights of their mean. Whether a cell has a modality is at modality * rows +
 * row; for a cell without any, all count.
 */
struct WeightedMean {
  const float* parts;
  const float* logits;  // rows of logitsStride, which is 0 where all cells share them; null where all are equal
  const int* present;
  float* weights;       // rows x modalities
  int rows, modalities, width, logitsStride;
};

__device__ __forceinline__ float logitOf(const WeightedMean& m, int row, int modality) {
  return m.logits ? m.logits[(u64)row * m.logitsStride + modality] : 0.0f;
}

/** The softmax of the logits over the modalities that a cell has; grid: 256 cells each. */
extern "C" __global__ void __launch_bounds__(256) weighParts(WeightedMean m) {
  int row = blockIdx.x * 256 + threadIdx.x;
  if (row >= m.rows) return;
  bool any = false;
  for (int i = 0; i < m.modalities; i++) any |= m.present[(u64)i * m.rows + row] != 0;
  double largest = -(double)ofBits(0x7f800000), sum = 0;
  for (int i = 0; i < m.modalities; i++) {
    if (!any || m.present[(u64)i * m.rows + row]) largest = fmax(largest, (double)logitOf(m, row, i));
  }
  float* weights = m.weights + (u64)row * m.modalities;
  for (int i = 0; i < m.modalities; i++) {
    bool counts = !any || m.present[(u64)i * m.rows + row];
    weights[i] = counts ? (float)exp(logitOf(m, row, i) - largest) : 0.0f;
    sum += weights[i];
  }
  for (int i = 0; i < m.modalities; i++) weights[i] = (float)(weights[i] / sum);
}

/** The mean, rows x width; grid: 32 dimensions x 8 rows each. */
extern "C" __global__ void __launch_bounds__(256) joinParts(WeightedMean m, float* z) {
  int k = blockIdx.x * 32 + (threadIdx.x & 31), row = blockIdx.y * 8 + (threadIdx.x >> 5);
  if (k >= m.width || row >= m.rows) return;
  float sum = 0.0f;
  for (int i = 0; i < m.modalities; i++) {
    sum += m.weights[(u64)row * m.modalities + i] * m.parts[(u64)row * m.modalities * m.width + i * m.width + k];
  }
  z[(u64)row * m.width + k] = sum;
}

/** d . z_m of a row and a modality, the same in all lanes of a warp. */
__device__ __forceinline__ float alongPart(const WeightedMean& m, const float* byZ, int row, int modality) {
  float sum = 0.0f;
  for (int k = threadIdx.x & 31; k < m.width; k += 32) {
    sum = fmaf(byZ[(u64)row * m.width + k], m.parts[(u64)row * m.modalities * m.width + modality * m.width + k], sum);
  }
  return warpSum(sum);
}

/** The gradients by the parts but for what comes through the logits, and those by the logits, rows x modalities; a warp a row. */
extern "C" __global__ void __launch_bounds__(256) splitParts(WeightedMean m, const float* byZ, float* byParts, float* byLogits) {
  int row = blockIdx.x * 8 + (threadIdx.x >> 5), lane = threadIdx.x & 31;
  if (row >= m.rows) return;
  const float* weights = m.weights + (u64)row * m.modalities;
  double mean = 0;
  for (int i = 0; i < m.modalities; i++) mean += weights[i] * (double)alongPart(m, byZ, row, i);
  for (int i = 0; i < m.modalities; i++) {
    float along = alongPart(m, byZ, row, i);
    if (lane == 0) byLogits[(u64)row * m.modalities + i] = (float)(weights[i] * (along - mean));
    for (int k = lane; k < m.width; k += 32) {
      byParts[(u64)row * m.modalities * m.width + i * m.width + k] = weights[i] * byZ[(u64)row * m.width + k];
    }
  }
}
