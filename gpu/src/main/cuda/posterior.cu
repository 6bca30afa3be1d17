// The distributions that encoders give, draws of them, their divergences from the priors, and the way back.
#include "likelihood.cuh"
#include "posterior.cuh"

/**
 * z of each cell into rows of zStride, the nats of KL(q(z|x) || N(0, 1)) of each cell, and its active dimensions, both 0 where a cell
 * lacks what the encoder sees; a dimension with a small scale, rows x width where there are such, is not active. A warp a row.
 */
extern "C" __global__ void __launch_bounds__(256) drawLatent(Posterior q, const int* cells, const int* present, const Step* step, float* z,
    int zStride, double* klOfCell, int* activeOfCell, float activeNats, const float* scale, float activeScale, int useKl) {
  int row = blockIdx.x * 8 + (threadIdx.x >> 5), lane = threadIdx.x & 31;
  if (row >= q.rows) return;
  float nats = 0.0f, active = 0.0f;
  for (int k = lane; k < q.width; k += 32) {
    int at = row * q.width + k;
    float v = varianceOf(q, at), m = q.mean[at];
    q.variance[at] = v;
    z[(u64)row * zStride + k] = drawOf(q, at, normalOf(*step, q.noise, cells[row], row, k));
    float kl = 0.5f * (v + m * m - 1 - logOfAny(v));
    nats += kl;
    active += kl > activeNats && (!scale || scale[at] > activeScale) ? 1.0f : 0.0f;
  }
  nats = warpSum(nats);
  active = warpSum(active);
  if (lane == 0) {
    klOfCell[row] = useKl && has(present, row) ? nats : 0.0f;
    activeOfCell[row] = has(present, row) ? (int)active : 0;
  }
}

/** Gradients by m and a from that by z, rows of zStride, and from the divergence. */
extern "C" __global__ void __launch_bounds__(256) differentiateLatent(
    Posterior q, const int* cells, const int* present, const Step* step, const float* byZ, int zStride, int useKl) {
  int row = blockIdx.x * 8 + (threadIdx.x >> 5), lane = threadIdx.x & 31;
  if (row >= q.rows) return;
  bool kl = useKl && has(present, row);
  float full = kl ? step->klWeight : 0.0f, half = 0.5f * full;
  for (int k = lane; k < q.width; k += 32) {
    int at = row * q.width + k;
    float d = byZ[(u64)row * zStride + k], v = q.variance[at];
    float normal = normalOf(*step, q.noise, cells[row], row, k);
    float byMean = d, byV = byVariance(d, normal, v);
    if (kl) {
      byMean += full * q.mean[at];
      byV += half * (1 - 1 / v);
    }
    q.byMean[at] = byMean;
    q.byHead[at] = byV * slopeOfVariance(q, v);
  }
}

/** Turns draws into shares of 1, which makes them those of a logistic normal distribution; a warp a row. */
extern "C" __global__ void __launch_bounds__(256) shareDraws(float* z, int zStride, int rows, int width) {
  int row = blockIdx.x * 8 + (threadIdx.x >> 5), lane = threadIdx.x & 31;
  if (row >= rows) return;
  float* own = z + (u64)row * zStride;
  float largest = -ofBits(0x7f800000);
  for (int k = lane; k < width; k += 32) largest = fmaxf(largest, own[k]);
  largest = warpLargest(largest);
  float sum = 0.0f;
  for (int k = lane; k < width; k += 32) {
    own[k] = expOfAny(own[k] - largest);
    sum += own[k];
  }
  float share = 1.0f / warpSum(sum);
  for (int k = lane; k < width; k += 32) own[k] *= share;
}

/** Turns gradients by the shares into those by the draws, in place; a warp a row. */
extern "C" __global__ void __launch_bounds__(256) differentiateShares(
    const float* shares, int sharesStride, float* gradient, int gradientStride, int rows, int width) {
  int row = blockIdx.x * 8 + (threadIdx.x >> 5), lane = threadIdx.x & 31;
  if (row >= rows) return;
  const float* s = shares + (u64)row * sharesStride;
  float* d = gradient + (u64)row * gradientStride;
  float along = 0.0f;
  for (int k = lane; k < width; k += 32) along = fmaf(d[k], s[k], along);
  along = warpSum(along);
  for (int k = lane; k < width; k += 32) d[k] = s[k] * (d[k] - along);
}

/** What the host knows of each cell's library size, and w, the weight of the observed total, where it has one. */
struct Library {
  const double* observed;    // log of the total, centred
  const float *priorMean, *priorVariance;
  const float *weightMean, *weightLogSigma;  // of w; null without
  Source weightNoise;
  double sensitivity;
  const float* factor;       // on all expected counts, as it is stored; null without
  const int* present;        // whether each cell has the modality
  const float* given;        // l of each cell, where it is given and not learned
};

/** One draw of w for all cells, and its derivative by log sigma. */
__device__ __forceinline__ void weightOfTotal(const Library& l, const Step& s, double* value, double* byLogSigma) {
  double spread = exp((double)*l.weightLogSigma) * normalOf(s, l.weightNoise, 0, 0, 0);
  *value = exp((double)*l.weightMean + spread);
  *byLogSigma = *value * spread;
}

/** exp(l) of a cell with the factor and without. */
__device__ __forceinline__ void expose(const Library& l, float logLibrary, int row, float* library, float* unscaled) {
  float factor = l.factor ? (float)factorOf(*l.factor) : 1.0f;
  float exposure = l.factor ? logLibrary + (float)log(factorOf(*l.factor)) : logLibrary;
  library[row] = (float)exp((double)exposure);
  unscaled[row] = library[row] / factor;
}

/** exp(l) of each cell, times the factor and without it, and the nats of its divergence; grid: 256 cells each. */
extern "C" __global__ void __launch_bounds__(256) drawLibrary(
    Posterior q, Library l, const int* cells, const Step* step, float* library, float* unscaled, double* klOfCell) {
  int row = blockIdx.x * 256 + threadIdx.x;
  if (row >= q.rows) return;
  if (l.given) {
    expose(l, l.given[row], row, library, unscaled);
    klOfCell[row] = 0;
    return;
  }
  q.variance[row] = varianceOf(q, row);
  if (l.weightMean) {
    double w, byLogSigma;
    weightOfTotal(l, *step, &w, &byLogSigma);
    q.mean[row] = (float)(q.mean[row] + (l.observed[row] * w + l.sensitivity));
  }
  float drawn = drawOf(q, row, normalOf(*step, q.noise, cells[row], row, 0));
  expose(l, drawn, row, library, unscaled);
  double v = q.variance[row], away = (double)q.mean[row] - l.priorMean[row], vp = l.priorVariance[row];
  klOfCell[row] = has(l.present, row) ? 0.5 * ((v + away * away) / vp - 1 - log(v / vp)) : 0;
}

/** Gradients by m and a from that by l, and what the shift's weight gets of each cell. */
extern "C" __global__ void __launch_bounds__(256) differentiateLibrary(
    Posterior q, Library l, const int* cells, const Step* step, const float* byLibrary, double* byWeightOfCell) {
  int row = blockIdx.x * 256 + threadIdx.x;
  if (row >= q.rows) return;
  float d = byLibrary[row], v = q.variance[row];
  double vp = l.priorVariance[row], away = (double)q.mean[row] - l.priorMean[row];
  double weight = has(l.present, row) ? step->perCell : 0;
  float byMean = (float)(d + weight * away / vp);
  float byV = (float)(byVariance(d, normalOf(*step, q.noise, cells[row], row, 0), v) + weight * (0.5 * (1 / vp - 1.0 / v)));
  q.byMean[row] = byMean;
  q.byHead[row] = byV * slopeOfVariance(q, v);
  if (l.weightMean) byWeightOfCell[row] = l.observed[row] * byMean;
}

/** The gradients by mu and log sigma of w, with those of its divergence from an exponential prior; one block. */
extern "C" __global__ void __launch_bounds__(256) differentiateWeightOfTotal(
    Library l, const Step* step, const double* byWeightOfCell, int rows, double priorRate, float* byMean, float* byLogSigma) {
  SHARED_POOL(pool);
  double sum = 0;
  for (int row = threadIdx.x; row < rows; row += 256) sum += byWeightOfCell[row];
  sum = blockSum(sum, (double*)pool);
  if (threadIdx.x != 0) return;
  double w, slope;
  weightOfTotal(l, *step, &w, &slope);
  double variance = exp(2 * (double)*l.weightLogSigma), mean = exp((double)*l.weightMean + variance / 2);
  *byMean = (float)(sum * w + step->share * (priorRate * mean - 1));
  *byLogSigma = (float)(sum * slope + step->share * (priorRate * mean * variance - 1));
}

/** The gradient by the factor as it is stored, with that of its gamma prior; keeps the factor for the host. One block. */
extern "C" __global__ void __launch_bounds__(256) differentiateFactor(const float* raw, const float* byLibrary, int rows, double alpha,
    double beta, const Step* step, float* gradient, double* kept) {
  SHARED_POOL(pool);
  double sum = 0;
  for (int row = threadIdx.x; row < rows; row += 256) sum += byLibrary[row];
  sum = blockSum(sum, (double*)pool);
  if (threadIdx.x != 0) return;
  double value = factorOf(*raw), slope = slopeOfFactor(*raw);
  *gradient = (float)(sum * (slope / value) + step->share * ((beta - (alpha - 1) / value) * slope));
  *kept = value;
}

/**
 * Adds up the tiles of genes of the head, in order: log-likelihood and gradient by log mu of each cell that has the modality, and the
 * third sum where somebody wants it.
 */
extern "C" __global__ void __launch_bounds__(256) sumOverGenes(const float* cellSums, int tiles, int rows, const int* present,
    const double* logFactorials, double* logLikelihood, float* byLibrary, float* third) {
  int row = blockIdx.x * 256 + threadIdx.x;
  if (row >= rows) return;
  double value = has(present, row) ? -logFactorials[row] : 0, d = 0, other = 0;
  for (int t = 0; t < tiles; t++) {
    const float* own = cellSums + (u64)t * SUMS_OF_A_CELL * rows + row;
    value += own[0];
    d += own[rows];
    if (third) other += own[2 * rows];
  }
  logLikelihood[row] = value;
  byLibrary[row] = (float)d;
  if (third) third[row] = (float)other;
}
