// Priors that hold most units or dimensions to zero, and scales that multiply z: see SparsityTerm, LatentRelevanceTerm and
// LatentShrinkageTerm for the formulas.
#include "posterior.cuh"

/** Units whose absolute values have the prior Gamma(shape, 1). */
struct Sparse {
  const float* x;  // rows of `stride`
  const int* present;
  int rows, width, stride;
  double shape, logNormaliser;
};

__device__ __forceinline__ double sparseOf(float x) { return fabs((double)x) + SPARSITY_LEAST; }

/** The nats of each cell; a warp a row. */
extern "C" __global__ void __launch_bounds__(256) sumSparsity(Sparse s, double* natsOfCell) {
  int row = blockIdx.x * 8 + (threadIdx.x >> 5), lane = threadIdx.x & 31;
  if (row >= s.rows) return;
  double sum = 0;
  for (int k = lane; k < s.width; k += 32) {
    double a = sparseOf(s.x[(u64)row * s.stride + k]);
    sum += a - (s.shape - 1) * log(a);
  }
  float all = warpSum((float)sum);
  if (lane == 0) natsOfCell[row] = has(s.present, row) ? s.width * s.logNormaliser + all : 0;
}

/** Adds to the gradients by the units, rows of gradientStride; where a unit is 0 nothing; grid: 32 units x 8 rows each. */
extern "C" __global__ void __launch_bounds__(256) differentiateSparsity(
    Sparse s, const Step* step, float* gradient, int gradientStride) {
  int k = blockIdx.x * 32 + (threadIdx.x & 31), row = blockIdx.y * 8 + (threadIdx.x >> 5);
  if (k >= s.width || row >= s.rows || !has(s.present, row)) return;
  float x = s.x[(u64)row * s.stride + k];
  double sign = x > 0.0f ? 1 : x < 0.0f ? -1 : x;
  gradient[(u64)row * gradientStride + k] += (float)(step->klWeight * sign * (1 - (s.shape - 1) / sparseOf(x)));
}

/** Scales of z that all cells share, log-normal, of each dimension. */
struct SharedScales {
  const float *mean, *logSigma;
  float *byMean, *byLogSigma;
  float* alpha;        // the draw
  double* divergence;  // of each dimension, nats per data set
  Source noise;
  int width;
};

__device__ __forceinline__ double spreadOf(const SharedScales& s, const Step& step, int k) {
  return exp((double)s.logSigma[k]) * normalOf(step, s.noise, 0, 0, k);
}

/** One draw for all cells; grid: 256 dimensions each. */
extern "C" __global__ void __launch_bounds__(256) drawSharedScales(SharedScales s, const Step* step) {
  int k = blockIdx.x * 256 + threadIdx.x;
  if (k < s.width) s.alpha[k] = (float)exp(s.mean[k] + spreadOf(s, *step, k));
}

/** The gradients by mean and log sigma, from those by the scales of each cell; grid: 256 dimensions each. */
extern "C" __global__ void __launch_bounds__(256) differentiateSharedScales(
    SharedScales s, const float* byScale, int rows, const Step* step) {
  int k = blockIdx.x * 256 + threadIdx.x;
  if (k >= s.width) return;
  double sum = 0;
  for (int row = 0; row < rows; row++) sum += byScale[(u64)row * s.width + k];
  double mu = s.mean[k], variance = exp(2 * (double)s.logSigma[k]), c = LATENTRELEVANCE_PRIOR_VARIANCE;
  double away = mu - LATENTRELEVANCE_PRIOR_MEAN, share = variance / c;
  s.byMean[k] = (float)(sum * s.alpha[k] + step->share * (away / c));
  s.byLogSigma[k] = (float)(sum * (s.alpha[k] * spreadOf(s, *step, k)) + step->share * (share - 1));
  s.divergence[k] = 0.5 * (share + away * away / c - 1 - log(share));
}

/** Multiplies the draws of a part by scales and keeps what was multiplied; scaleStride 0 where cells share them. */
extern "C" __global__ void __launch_bounds__(256) multiplyByScales(
    float* z, int zStride, const float* scale, int scaleStride, float* unscaled, int rows, int width) {
  int k = blockIdx.x * 32 + (threadIdx.x & 31), row = blockIdx.y * 8 + (threadIdx.x >> 5);
  if (k >= width || row >= rows) return;
  float* at = z + (u64)row * zStride + k;
  unscaled[(u64)row * width + k] = *at;
  *at *= scale[(u64)row * scaleStride + k];
}

/** Turns the gradient by the product into that by what was multiplied, and what was multiplied into the gradient by the scale. */
extern "C" __global__ void __launch_bounds__(256) differentiateProduct(
    float* byZ, int zStride, const float* scale, int scaleStride, float* unscaled, int rows, int width) {
  int k = blockIdx.x * 32 + (threadIdx.x & 31), row = blockIdx.y * 8 + (threadIdx.x >> 5);
  if (k >= width || row >= rows) return;
  float* d = byZ + (u64)row * zStride + k;
  unscaled[(u64)row * width + k] *= *d;
  *d *= scale[(u64)row * scaleStride + k];
}

/** The prior of scales of each cell's own, whose logarithms an encoder gives. */
struct Shrinkage {
  int closedForm, gamma;  // whether the divergence is in closed form, and whether the prior is a gamma distribution
  double share, mean, variance, logNormaliser, logTwoPi;
};

__device__ __forceinline__ double negativeLogPrior(const Shrinkage& p, double u) {
  if (p.gamma) return p.logNormaliser + exp(u) - p.share * u;
  double away = u - p.mean;
  return 0.5 * (away * away / p.variance + p.logTwoPi + log(p.variance));
}

__device__ __forceinline__ double shrinkageOf(const Shrinkage& p, double m, double v, double draw) {
  if (p.closedForm) {
    double away = m - p.mean;
    return 0.5 * ((v + away * away) / p.variance - 1 - log(v / p.variance));
  }
  double u = draw > LATENTSHRINKAGE_LEAST_LOG ? draw : LATENTSHRINKAGE_LEAST_LOG;
  return negativeLogPrior(p, u) - 0.5 * (p.logTwoPi + log(v) + (u - m) * (u - m) / v);
}

/** The scales of each cell, rows x width, and the nats of their divergence; a warp a row. */
extern "C" __global__ void __launch_bounds__(256) drawScales(
    Posterior q, Shrinkage p, const int* cells, const int* present, const Step* step, float* scale, double* natsOfCell) {
  int row = blockIdx.x * 8 + (threadIdx.x >> 5), lane = threadIdx.x & 31;
  if (row >= q.rows) return;
  double sum = 0;
  for (int k = lane; k < q.width; k += 32) {
    int at = row * q.width + k;
    float v = varianceOf(q, at);
    q.variance[at] = v;
    float u = drawOf(q, at, normalOf(*step, q.noise, cells[row], row, k));
    scale[at] = (float)exp((double)u);
    sum += shrinkageOf(p, q.mean[at], v, u);
  }
  float all = warpSum((float)sum);
  if (lane == 0) natsOfCell[row] = has(present, row) ? all : 0;
}

/** Gradients by the encoder's heads from those by the scales; grid: 32 dimensions x 8 rows each. */
extern "C" __global__ void __launch_bounds__(256) differentiateScales(
    Posterior q, Shrinkage p, const int* cells, const int* present, const Step* step, const float* scale, const float* byScale) {
  int k = blockIdx.x * 32 + (threadIdx.x & 31), row = blockIdx.y * 8 + (threadIdx.x >> 5);
  if (k >= q.width || row >= q.rows) return;
  int at = row * q.width + k;
  float normal = normalOf(*step, q.noise, cells[row], row, k), v = q.variance[at];
  double m = q.mean[at], u = drawOf(q, at, normal), factor = has(present, row) ? step->klWeight : 0;
  double byDraw = byScale[at] * scale[at], byM = 0, byV = -0.5 / v;
  if (p.closedForm) {
    byM = (m - p.mean) / p.variance;
    byV += 0.5 / p.variance;
  } else if (u > LATENTSHRINKAGE_LEAST_LOG) {
    byDraw += factor * (p.gamma ? exp(u) - p.share : (u - p.mean) / p.variance);
  } else {
    double away = LATENTSHRINKAGE_LEAST_LOG - m;
    byM = away / v;
    byV += 0.5 * away * away / ((double)v * v);
  }
  q.byMean[at] = (float)(byDraw + factor * byM);
  q.byHead[at] = (float)(byVariance((float)byDraw, normal, v) + factor * byV) * slopeOfVariance(q, v);
}
