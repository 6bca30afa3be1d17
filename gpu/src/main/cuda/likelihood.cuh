// The gamma-Poisson likelihood of counts with background, scaling and noise of theta, and its gradients, element by element: what
// ScalarRowLoops computes for softplus. One warp has 128 genes of a row, each lane four that share a block of random words.
#pragma once
#include "counts.cuh"
#include "step.cuh"

struct Gene {
  float background, scaling, logTheta, sigma;
};
struct GeneSums {
  float bias, background, logScaling, logTheta, logSigma;
};
#define SUMS_OF_A_GENE 5

/** Returns the gradient by the logit; adds to the gene's sums, the cell's value and its gradient by log mu. */
__device__ __forceinline__ float element(float a, float count, float library, float noise, float scale, const Gene& g,
    GeneSums& sums, float& value, float& perLogMu) {
  float e = expOfMinusAbs(a);
  float rho = positive(a) + log1pOfUnit(e);
  float numerator = numeratorOfSigmoid(a, e);
  float t = rho + g.background;
  float onePlusE = e + 1.0f;
  float r0 = 1.0f / (onePlusE * t);
  float mu = t * library * g.scaling;
  float perLogit = numerator * r0;
  float perBackground = onePlusE * r0;
  float spread = g.sigma * noise;
  float theta = expOfMiddle(clampLogTheta(g.logTheta + spread));
  float r = 1.0f / (theta + mu);
  float q = theta * r;
  float u = mu * r;
  float thetaTerm = 0.0f;
  if (count > 0.0f) {
    if (count <= LARGECOUNTS_LARGEST_SMALL) {
      float v;
      smallCount((int)count, theta, mu, q, u, &v, &thetaTerm);
      value += v;
    } else {
      double v;
      largeCount(theta, mu, count, &v, &thetaTerm);
      value += (float)v;
    }
  }
  int eq = bitsOf(q) - APPROXIMATIONS_SQRT_HALF_BITS;
  float k = (float)(eq >> 23);
  float m = ofBits((eq & APPROXIMATIONS_MANTISSA_MASK) + APPROXIMATIONS_SQRT_HALF_BITS);
  float f = eq < 0 ? m - 1.0f : -u;
  float minusF = fmaf(f * f, log1pTail(f), fmaf(k, APPROXIMATIONS_LN2, f + u));
  float d = (count - mu) * (q * scale);
  float s = fmaf(theta, minusF, thetaTerm) * scale;
  float gradient = d * perLogit;
  sums.bias += gradient;
  sums.background = fmaf(d, perBackground, sums.background);
  sums.logScaling += d;
  sums.logTheta += s;
  sums.logSigma = fmaf(s, spread, sums.logSigma);
  perLogMu += d;
  value = fmaf(theta, minusF - u, value);
  return gradient;
}

/** The genes' tables, category after category, rows of `stride` genes; null where the model has no such parameter. */
struct Tables {
  const float *background, *scaling, *logTheta, *sigma;
  int stride;
};

/** Neighbouring rows, none of two tiles of rows, whose cells have the same parameters of genes: one entry of each array. */
struct Segments {
  const int* firstRow;    // and behind the last the number of rows
  const int* ofRowTile;   // the first segment of each tile of rows, and behind the last their number
  const int* background;  // categories, backgroundKeys for each segment
  const int* scaling;
  const int* dispersion;
  int backgroundKeys, scalingKeys;
};

/** Each cell has a draw of log theta for every gene; all cells share one; or theta is at its median. */
#define NOISE_OF_CELLS 0
#define NOISE_OF_ALL 1
#define NO_NOISE 2

struct Likelihood {
  const Step* step;
  const u16* counts;     // rows x stride
  const float* library;  // exp(l) of each cell
  const int* cells;      // whose noise it is
  const int* present;    // whether each cell has the modality
  Tables tables;
  Segments segments;
  Source noise;
  int noiseOf;           // whom a draw of log theta is for: NOISE_OF_CELLS, ...
  int rows, genes, stride;
  float* geneSums;       // segments x 5 x stride
  float* cellSums;       // tiles of genes x 2 x rows: value, gradient by log mu
};

__device__ __forceinline__ float sumOfKeys(const float* table, int stride, const int* categories, int keys, int gene) {
  float sum = table[(u64)categories[0] * stride + gene];
  for (int k = 1; k < keys; k++) sum += table[(u64)categories[k] * stride + gene];
  return sum;
}

__device__ __forceinline__ void loadGenes(const Likelihood& c, int segment, int group, int lane, Gene* g, GeneSums* s) {
  const Segments& run = c.segments;
  const Tables& t = c.tables;
#pragma unroll
  for (int w = 0; w < 4; w++) {
    int gene = group * 64 + lane + 16 * w;
    s[w].bias = s[w].background = s[w].logScaling = s[w].logTheta = s[w].logSigma = 0.0f;
    g[w].background = g[w].logTheta = g[w].sigma = g[w].scaling = 0.0f;
    if (gene >= c.genes) continue;
    if (t.background) {
      g[w].background = sumOfKeys(t.background, t.stride, run.background + segment * run.backgroundKeys, run.backgroundKeys, gene);
    }
    u64 at = (u64)run.dispersion[segment] * t.stride + gene;
    g[w].logTheta = t.logTheta[at];
    g[w].sigma = t.sigma[at];
    float y = t.scaling
        ? sumOfKeys(t.scaling, t.stride, run.scaling + segment * run.scalingKeys, run.scalingKeys, gene)
        : 1.0f;
    g[w].scaling = fmaf(0.0f, g[w].logTheta + g[w].sigma, y);  // a number that is none must show
  }
}

/** Four genes of one row: group * 64 + lane + {0, 16, 32, 48}. */
__device__ __forceinline__ void likelihoodOfFour(const Likelihood& c, int row, int group, int lane, const float* a,
    float* gradient, const Gene* g, GeneSums* s, float& value, float& perLogMu) {
  float z[4];
  if (c.noiseOf == NO_NOISE) {
    z[0] = z[1] = z[2] = z[3] = 0.0f;
  } else if (c.noise.given) {
#pragma unroll
    for (int w = 0; w < 4; w++) {
      int gene = group * 64 + lane + 16 * w;
      z[w] = gene < c.genes ? c.noise.given[(u64)(c.noiseOf == NOISE_OF_ALL ? 0 : row) * c.noise.width + gene] : 0.0f;
    }
  } else {
    normals4(drawsOf(*c.step, c.noise), c.noiseOf == NOISE_OF_ALL ? 0 : c.cells[row], group, lane, z);
  }
  float library = c.library[row];
  const u16* x = c.counts + (u64)row * c.stride + group * 64 + lane;
#pragma unroll
  for (int w = 0; w < 4; w++) {
    if (group * 64 + lane + 16 * w < c.genes) {
      gradient[w] = element(a[w], (float)(int)x[16 * w], library, z[w], -c.step->perCell, g[w], s[w], value, perLogMu);
    } else {
      gradient[w] = 0.0f;
    }
  }
}
