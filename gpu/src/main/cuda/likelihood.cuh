// The gamma-Poisson likelihood of counts with background, scaling and noise of theta, and its gradients, element by element: what
// ScalarRowLoops computes. One warp has 128 genes of a row, each lane four that share a block of random words.
#pragma once
#include "counts.cuh"
#include "step.cuh"

struct Gene {
  float background, scaling, logTheta, sigma;
};
/** What the cells of a segment give a gene: by bias, s, log y, log theta, log sigma, and the bias of burst sizes. */
struct GeneSums {
  float bias, background, logScaling, logTheta, logSigma, sizeBias;
};
#define SUMS_OF_A_GENE 6
/** What the genes give a cell: value, gradient by log mu, and a third sum that softmax and bursts need. */
struct CellSums {
  float value, perLogMu, third;
};
#define SUMS_OF_A_CELL 3

__device__ __forceinline__ float thetaOf(const Gene& g, float spread) { return expOfMiddle(clampLogTheta(g.logTheta + spread)); }

/** Adds the likelihood of a count to a cell's value, and gives its scaled derivatives by log mu and log theta. */
__device__ __forceinline__ void likelihoodOf(
    float count, float mu, float theta, float scale, float& value, float* byLogMu, float* byLogTheta) {
  float r = 1.0f / (theta + mu);
  float q = theta * r;
  float u = mu * r;
  float thetaTerm = 0.0f;
  if (count > 0.0f) {
    if (count <= LARGECOUNTS_LARGEST_SMALL && count == (float)(int)count) {
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
  *byLogMu = (count - mu) * (q * scale);
  *byLogTheta = fmaf(theta, minusF, thetaTerm) * scale;
  value = fmaf(theta, minusF - u, value);
}

/** Adds what all kinds of decoders give the gene's sums and the cell's: d and s are the derivatives by log mu and log theta. */
__device__ __forceinline__ void addUp(
    float gradient, float d, float perBackground, float s, float spread, GeneSums& sums, CellSums& cell) {
  sums.bias += gradient;
  sums.background = fmaf(d, perBackground, sums.background);
  sums.logScaling += d;
  sums.logTheta += s;
  sums.logSigma = fmaf(s, spread, sums.logSigma);
  cell.perLogMu += d;
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
  const float* wide;     // the same where 16 bits do not hold them; else null
  const float* library;  // exp(l) of each cell
  const int* cells;      // whose noise it is
  const int* present;    // whether each cell has the modality
  Tables tables;
  Segments segments;
  Source noise;
  int noiseOf;           // whom a draw of log theta is for: NOISE_OF_CELLS, ...
  int rows, genes, stride;
  float* geneSums;       // segments x SUMS_OF_A_GENE x stride
  float* cellSums;       // tiles of genes x SUMS_OF_A_CELL x rows
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
    s[w].bias = s[w].background = s[w].logScaling = s[w].logTheta = s[w].logSigma = s[w].sizeBias = 0.0f;
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

/** The noise of four genes of one row: group * 64 + lane + {0, 16, 32, 48}. */
__device__ __forceinline__ void noiseOfFour(const Likelihood& c, int row, int group, int lane, float* z) {
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
}

/** An element of a decoder: a cell, a gene, and what is known of it. */
struct Element {
  int row, gene;
  float count, library, noise, scale;
};

/**
 * Everything behind the logits of a tile of 128 cells and 128 genes, of which each of eight warps walks some rows. The decoder says
 * what an element gives; without a gradient only the sums of cells are wanted. `parts` is room for the warps' sums of genes.
 */
template <class D, class T>
__device__ __forceinline__ void likelihoodOfTile(const Likelihood& c, const D& decoder, float* parts, T* gradient, T* sizeGradient) {
  int warp = threadIdx.x >> 5, in = threadIdx.x & 31, firstGene = blockIdx.x * 128;
  int group = blockIdx.x * 2 + (in >> 4), lane = in & 15, local = (in >> 4) * 64 + lane;
  const Segments& run = c.segments;
  for (int segment = run.ofRowTile[blockIdx.y]; segment < run.ofRowTile[blockIdx.y + 1]; segment++) {
    Gene g[4];
    GeneSums s[4];
    loadGenes(c, segment, group, lane, g, s);
    for (int row = run.firstRow[segment] + warp; row < run.firstRow[segment + 1]; row += 8) {
      float d[4] = {0.0f, 0.0f, 0.0f, 0.0f}, ofSize[4] = {0.0f, 0.0f, 0.0f, 0.0f};
      CellSums cell = {0.0f, 0.0f, 0.0f};
      if (has(c.present, row)) {
        float z[4];
        noiseOfFour(c, row, group, lane, z);
        u64 at = (u64)row * c.stride + group * 64 + lane;
#pragma unroll
        for (int w = 0; w < 4; w++) {
          Element e = {row, group * 64 + lane + 16 * w, c.wide ? c.wide[at + 16 * w] : (float)(int)c.counts[at + 16 * w], c.library[row], z[w], -c.step->perCell};
          if (e.gene < c.genes) d[w] = decoder.element(e, g[w], s[w], cell, &ofSize[w]);
        }
      }
      u64 at = (u64)row * c.stride + firstGene + local;
#pragma unroll
      for (int w = 0; w < 4; w++) {
        if (gradient) put(gradient + at + 16 * w, d[w]);
        if (D::HAS_SIZES && sizeGradient) put(sizeGradient + at + 16 * w, ofSize[w]);
      }
      cell.value = warpSum(cell.value);
      cell.perLogMu = warpSum(cell.perLogMu);
      if (D::HAS_THIRD) cell.third = warpSum(cell.third);
      if (in == 0) {
        float* own = c.cellSums + (u64)blockIdx.x * SUMS_OF_A_CELL * c.rows + row;
        own[0] = cell.value;
        own[c.rows] = cell.perLogMu;
        if (D::HAS_THIRD) own[2 * c.rows] = cell.third;
      }
    }
    if (!gradient) continue;
#pragma unroll
    for (int w = 0; w < 4; w++) {
      float* at = parts + warp * D::GENE_SUMS * 128 + local + 16 * w;
      at[0] = s[w].bias;
      at[128] = s[w].background;
      at[2 * 128] = s[w].logScaling;
      at[3 * 128] = s[w].logTheta;
      at[4 * 128] = s[w].logSigma;
      if (D::HAS_SIZES) at[5 * 128] = s[w].sizeBias;
    }
    __syncthreads();
    for (int i = threadIdx.x; i < D::GENE_SUMS * 128; i += 256) {
      float sum = 0.0f;
      for (int w = 0; w < 8; w++) sum += parts[w * D::GENE_SUMS * 128 + i];
      c.geneSums[((u64)segment * SUMS_OF_A_GENE + i / 128) * c.stride + firstGene + i % 128] = sum;
    }
    __syncthreads();
  }
}
