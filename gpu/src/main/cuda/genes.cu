// The parameters that genes have of their own: as the head takes them, their gradients, and their priors.
#include "likelihood.cuh"

#define IDENTITY 0
#define EXP 1
#define SCALING 2

/** A parameter as it is stored: gene g of category c at g * geneStride + c * categoryStride. */
struct GeneParameter {
  const float* raw;
  float* gradient;
  float* table;  // categories x tableStride, as the model uses it
  int genes, categories, geneStride, categoryStride, tableStride, transform;
};

__device__ __forceinline__ u64 placeOf(const GeneParameter& p, int gene, int category) {
  return (u64)gene * p.geneStride + (u64)category * p.categoryStride;
}

/** Computes the table; grid: 256 genes each x categories. */
extern "C" __global__ void __launch_bounds__(256) geneTable(GeneParameter p) {
  int gene = blockIdx.x * 256 + threadIdx.x, category = blockIdx.y;
  if (gene >= p.genes) return;
  double raw = p.raw[placeOf(p, gene, category)];
  double value = p.transform == EXP ? exp(raw) : p.transform == SCALING ? factorOf(raw) : raw;
  p.table[(u64)category * p.tableStride + gene] = (float)value;
}

/** The segments of each category, one list after another. */
struct SegmentLists {
  const int *start, *segment;
};

/** The gamma prior of a parameter, with its sums over 256 genes and one category: of values and of their logarithms. */
struct GammaSums {
  float beta, less;  // less: alpha - 1
  double *values, *logs;
};

/** What the cells give the raw values of background: grid as geneTable. */
extern "C" __global__ void __launch_bounds__(256) differentiateBackground(
    GeneParameter p, SegmentLists lists, const float* geneSums, int stride, const Step* step, GammaSums prior, int regularised) {
  SHARED_POOL(pool);
  int gene = blockIdx.x * 256 + threadIdx.x, category = blockIdx.y;
  double values = 0, logs = 0;
  if (gene < p.genes) {
    float sum = 0.0f;
    for (int i = lists.start[category]; i < lists.start[category + 1]; i++) {
      sum += geneSums[((u64)lists.segment[i] * SUMS_OF_A_GENE + 1) * stride + gene];
    }
    float s = p.table[(u64)category * p.tableStride + gene];
    float gradient = sum * s;
    if (regularised) {
      gradient += step->share * (prior.beta * s - prior.less);
      values = s;
      logs = p.raw[placeOf(p, gene, category)];
    }
    p.gradient[placeOf(p, gene, category)] = gradient;
  }
  if (!regularised) return;
  values = blockSum(values, (double*)pool);
  logs = blockSum(logs, (double*)pool);
  if (threadIdx.x == 0) {
    prior.values[blockIdx.y * gridDim.x + blockIdx.x] = values;
    prior.logs[blockIdx.y * gridDim.x + blockIdx.x] = logs;
  }
}

/** The prior of a background whose profile was measured; see AmbientPrior and MeasuredBackgroundTerm for the formulas. */
struct MeasuredPrior {
  const float* share;  // genes x categories
  const double *level, *shapeWeight, *levelWeight;  // of each category
  double *values, *crosses;     // of 256 genes, category after category: sums of s, and of share times raw
  double *sumOf, *crossOf;      // of each category, for the host
};

/** Sums what the prior needs to know of all genes of a category; grid as geneTable. */
extern "C" __global__ void __launch_bounds__(256) sumBackground(GeneParameter p, MeasuredPrior prior) {
  SHARED_POOL(pool);
  int gene = blockIdx.x * 256 + threadIdx.x, category = blockIdx.y;
  double value = 0, cross = 0;
  if (gene < p.genes) {
    value = p.table[(u64)category * p.tableStride + gene];
    cross = prior.share[(u64)gene * p.categories + category] * (double)p.raw[placeOf(p, gene, category)];
  }
  value = blockSum(value, (double*)pool);
  cross = blockSum(cross, (double*)pool);
  if (threadIdx.x == 0) {
    prior.values[blockIdx.y * gridDim.x + blockIdx.x] = value;
    prior.crosses[blockIdx.y * gridDim.x + blockIdx.x] = cross;
  }
}

__device__ __forceinline__ double sumOfPieces(const double* pieces, int category) {
  double sum = 0;
  for (u32 i = 0; i < gridDim.x; i++) sum += pieces[category * gridDim.x + i];
  return sum;
}

/** Adds what the prior gives the raw values of background to what the cells give; grid as geneTable. */
extern "C" __global__ void __launch_bounds__(256) differentiateMeasured(GeneParameter p, MeasuredPrior prior, const Step* step) {
  int gene = blockIdx.x * 256 + threadIdx.x, category = blockIdx.y;
  double sum = sumOfPieces(prior.values, category);
  if (gene < p.genes) {
    double found = p.table[(u64)category * p.tableStride + gene] / sum;
    double byRaw = prior.shapeWeight[category] * (found - prior.share[(u64)gene * p.categories + category]) +
        prior.levelWeight[category] * (sum / prior.level[category] - 1) * found;
    p.gradient[placeOf(p, gene, category)] += step->share * (float)byRaw;
  }
  if (gene != 0) return;
  prior.sumOf[category] = sum;
  prior.crossOf[category] = sumOfPieces(prior.crosses, category);
}

/** The same for the scaling factors y: each key's share of a segment's y has the gradient by y. */
extern "C" __global__ void __launch_bounds__(256) differentiateScaling(GeneParameter p, SegmentLists lists, Segments segments,
    const float* geneSums, int stride, const Step* step, GammaSums prior) {
  SHARED_POOL(pool);
  int gene = blockIdx.x * 256 + threadIdx.x, category = blockIdx.y;
  double values = 0, logs = 0;
  if (gene < p.genes) {
    float sum = 0.0f;
    for (int i = lists.start[category]; i < lists.start[category + 1]; i++) {
      int segment = lists.segment[i];
      float y = sumOfKeys(p.table, p.tableStride, segments.scaling + segment * segments.scalingKeys, segments.scalingKeys, gene);
      sum += geneSums[((u64)segment * SUMS_OF_A_GENE + 2) * stride + gene] / y;
    }
    double raw = p.raw[placeOf(p, gene, category)];
    float y = p.table[(u64)category * p.tableStride + gene];
    float slope = (float)slopeOfFactor(raw);
    p.gradient[placeOf(p, gene, category)] = sum * slope + step->share * ((prior.beta - prior.less / y) * slope);
    values = y;
    logs = log((double)y);
  }
  values = blockSum(values, (double*)pool);
  logs = blockSum(logs, (double*)pool);
  if (threadIdx.x == 0) {
    prior.values[blockIdx.y * gridDim.x + blockIdx.x] = values;
    prior.logs[blockIdx.y * gridDim.x + blockIdx.x] = logs;
  }
}

/** The bias of a head, the first or the last of the sums of a gene: over all segments, in order. */
extern "C" __global__ void __launch_bounds__(256) differentiateBias(
    const float* geneSums, int which, const int* segments, int stride, int genes, float* gradient) {
  int gene = blockIdx.x * 256 + threadIdx.x;
  if (gene >= genes) return;
  float sum = 0.0f;
  for (int s = 0; s < *segments; s++) sum += geneSums[((u64)s * SUMS_OF_A_GENE + which) * stride + gene];
  gradient[gene] = sum;
}

/** The prior of the inverse dispersion; see InverseDispersionTerm for the formulas. */
struct Containment {
  const float* rawRate;    // of each group; null where nothing holds the dispersion
  float* rateGradient;
  float power;
  int drawn;               // whether the expectation is a draw
  Source noise;
  double alpha, beta;      // of the rates' own prior
  double *roots, *logSigmas;  // sums over 256 genes, group after group
  double *rates, *rootsOfGroup;
};

/** What the cells and the prior give mu and log sigma of log theta: grid as geneTable. */
extern "C" __global__ void __launch_bounds__(256) differentiateDispersion(GeneParameter mean, GeneParameter logSigma,
    SegmentLists lists, const float* geneSums, int stride, const Step* step, Containment c) {
  SHARED_POOL(pool);
  int gene = blockIdx.x * 256 + threadIdx.x, group = blockIdx.y;
  double roots = 0, logs = 0;
  if (gene < mean.genes) {
    float byMean = 0.0f, byLogSigma = 0.0f;
    for (int i = lists.start[group]; i < lists.start[group + 1]; i++) {
      const float* sums = geneSums + (u64)lists.segment[i] * SUMS_OF_A_GENE * stride + gene;
      byMean += sums[3 * (u64)stride];
      byLogSigma += sums[4 * (u64)stride];
    }
    u64 at = placeOf(mean, gene, group);
    if (c.rawRate) {
      float mu = mean.raw[at], log = logSigma.raw[at];
      float spread, slope;
      if (c.drawn) {
        spread = expOfAny(log) * (c.power * normalOf(*step, c.noise, 0, 0, (int)at));
        slope = 1.0f;
      } else {
        spread = expOfAny(2 * log) * 0.125f;
        slope = 2.0f;
      }
      float root = expOfAny(spread + c.power * mu);
      float lambdaRoot = (float)softplus((double)c.rawRate[group]) * root;
      byMean += step->share * (c.power * lambdaRoot);
      byLogSigma += step->share * (lambdaRoot * slope * spread - 1);
      roots = root;
      logs = log;
    }
    mean.gradient[at] = byMean;
    logSigma.gradient[at] = byLogSigma;
  }
  if (!c.rawRate) return;
  roots = blockSum(roots, (double*)pool);
  logs = blockSum(logs, (double*)pool);
  if (threadIdx.x == 0) {
    c.roots[blockIdx.y * gridDim.x + blockIdx.x] = roots;
    c.logSigmas[blockIdx.y * gridDim.x + blockIdx.x] = logs;
  }
}

/** The gradients by the rates, with the sums over genes known; grid: a block a group. */
extern "C" __global__ void __launch_bounds__(256) differentiateRates(Containment c, int pieces, int genes, const Step* step) {
  SHARED_POOL(pool);
  int group = blockIdx.x;
  double roots = 0;
  for (int i = threadIdx.x; i < pieces; i += 256) roots += c.roots[(u64)group * pieces + i];
  roots = blockSum(roots, (double*)pool);
  if (threadIdx.x != 0) return;
  double raw = c.rawRate[group], lambda = softplus(raw);
  double byLambda = c.beta + roots - (c.alpha - 1 + genes) / lambda;
  c.rateGradient[group] = (float)(step->share * byLambda * sigmoid(raw));
  c.rates[group] = lambda;
  c.rootsOfGroup[group] = roots;
}
