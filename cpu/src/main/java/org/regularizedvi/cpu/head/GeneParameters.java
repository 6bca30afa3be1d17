package org.regularizedvi.cpu.head;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.core.term.FeatureScaling;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.cpu.split.SharedParts;
import org.regularizedvi.cpu.term.ModalityScaleTerm;
import org.regularizedvi.kernel.Activation;
import org.regularizedvi.kernel.GeneGradients;
import org.regularizedvi.kernel.GeneTerms;
import org.regularizedvi.kernel.Pass;

/**
 * Reads the parameters that genes have of their own, tile by tile, and collects their gradients:
 * background, scaling, dispersion and bias. There is one instance per worker; all write into the
 * same gradient arrays, each its own genes.
 */
final class GeneParameters {
  private final Gradients gradients;
  private final boolean sharedNoise;
  private final Optional<GeneTables> background;
  private final Optional<GeneTables> scaling;
  private final GeneTables logTheta;
  private final GeneTables sigma;

  // of the current run, T genes each
  private final float[] runBackground;
  private final float[] runScaling;
  private final float[] runLogTheta;
  private final float[] backgroundGradient;
  private final float[] scalingGradient;
  private final float[] logThetaGradient;
  private final float[] biasGradient;
  private final float[] sizeBiasGradient;
  private int firstGene;
  private int genes;

  /**
   * Holds the gradients of a modality's gene parameters by stored name, laid out as the parameters.
   *
   * @param features number of genes
   * @param byGene the names of those that have a gene's entries side by side; others have all genes
   *     of a category side by side
   * @param dispersionNoise one draw per gene when all cells share the noise of theta, else empty
   */
  record Gradients(
      int features, Set<String> byGene, Map<String, float[]> byName, float[] dispersionNoise) {
    static Gradients of(ModalitySpec spec, Parameters parameters) {
      InverseDispersion dispersion = new InverseDispersion(spec);
      Map<String, float[]> byName = new LinkedHashMap<>();
      for (String name :
          List.of(new Decoder(spec).scaleBias(), dispersion.mean(), dispersion.logSigma())) {
        byName.put(name, new float[parameters.spec(name).size()]);
      }
      BurstSize.of(spec)
          .map(BurstSize::headBias)
          .ifPresent(name -> byName.put(name, new float[parameters.spec(name).size()]));
      AdditiveBackground.of(spec)
          .map(AdditiveBackground::parameter)
          .ifPresent(name -> byName.put(name, new float[parameters.spec(name).size()]));
      Set<String> byGene = Set.copyOf(byName.keySet());
      FeatureScaling.of(spec)
          .map(FeatureScaling::parameter)
          .ifPresent(name -> byName.put(name, new float[parameters.spec(name).size()]));
      return new Gradients(
          spec.features(), byGene, byName, new float[dispersion.byGroup() ? 0 : spec.features()]);
    }

    /**
     * {@return what each of several workers has of them}
     *
     * @param bounds the first gene of each worker, and the number of genes
     */
    SharedParts parts(int[] bounds) {
      List<GeneParts.Table> tables =
          byName.entrySet().stream()
              .map(own -> new GeneParts.Table(own.getValue(), byGene.contains(own.getKey())))
              .toList();
      return new GeneParts(tables, features, bounds);
    }

    void clear() {
      byName.values().forEach(array -> Arrays.fill(array, 0));
    }
  }

  private final ModalitySpec spec;
  private final Optional<ModalityScaleTerm> scale;

  GeneParameters(ModalitySpec spec, Parameters parameters, Gradients gradients, int tileSize) {
    this.gradients = gradients;
    this.spec = spec;
    this.scale = ModalityScaleTerm.of(spec, parameters);
    InverseDispersion dispersion = new InverseDispersion(spec);
    this.sharedNoise = !dispersion.byGroup();
    CategoryCounts categories = spec.categories();
    int ambient = categories.ambientColumns();
    this.background =
        AdditiveBackground.of(spec)
            .map(
                term ->
                    new GeneTables(
                        parameters.memory(term.parameter()),
                        ambient,
                        ambient,
                        1,
                        GeneTables.EXP,
                        tileSize));
    this.scaling =
        FeatureScaling.of(spec)
            .map(
                term ->
                    new GeneTables(
                        parameters.memory(term.parameter()),
                        categories.scalingRows(),
                        1,
                        spec.features(),
                        GeneTables.SCALING,
                        tileSize));
    int groups = dispersion.groups();
    this.logTheta =
        new GeneTables(
            parameters.memory(dispersion.mean()), groups, groups, 1, GeneTables.IDENTITY, tileSize);
    this.sigma =
        new GeneTables(
            parameters.memory(dispersion.logSigma()),
            groups,
            groups,
            1,
            GeneTables.EXP_GIVEN_BY_RAW,
            tileSize);
    this.runBackground = new float[background.isPresent() ? tileSize : 0];
    this.runScaling = new float[scaling.isPresent() ? tileSize : 0];
    this.runLogTheta = new float[tileSize];
    this.backgroundGradient = new float[runBackground.length];
    this.scalingGradient = new float[runScaling.length];
    this.logThetaGradient = new float[tileSize];
    this.biasGradient = new float[tileSize];
    this.sizeBiasGradient = new float[BurstSize.of(spec).isPresent() ? tileSize : 0];
  }

  void startTile(int first, int count) {
    firstGene = first;
    genes = count;
    background.ifPresent(tables -> tables.startTile(first, count));
    scaling.ifPresent(tables -> tables.startTile(first, count));
    logTheta.startTile(first, count);
    sigma.startTile(first, count);
    Arrays.fill(biasGradient, 0);
    Arrays.fill(sizeBiasGradient, 0);
  }

  /** {@return the least burst size; there are bursts} */
  float burstIntercept() {
    return (float) new BurstSize(spec).intercept();
  }

  /** {@return the modality's learned factor, 1 where it has none} */
  float factor() {
    return scale.map(term -> (float) Math.exp(term.logFactor())).orElse(1f);
  }

  /** {@return the array to which the kernel adds the gradient of the burst size head's bias} */
  float[] sizeBiasGradient() {
    return sizeBiasGradient;
  }

  /** {@return the genes' terms for a run of cells: s and y are sums over the keys} */
  GeneTerms terms(GroupRun run) {
    background.ifPresent(tables -> sum(tables, run.ambient(), runBackground));
    scaling.ifPresent(tables -> sum(tables, run.scaling(), runScaling));
    int group = sharedNoise ? 0 : run.dispersion();
    float[] mean = logTheta.values(group);
    float[] spread = sigma.values(group);
    if (!sharedNoise) {
      return new GeneTerms(runBackground, runScaling, mean, spread, 0);
    }
    for (int j = 0; j < genes; j++) {
      runLogTheta[j] = mean[j] + spread[j] * gradients.dispersionNoise()[firstGene + j];
    }
    return new GeneTerms(runBackground, runScaling, runLogTheta, spread, 0);
  }

  private void sum(GeneTables tables, int[] categories, float[] into) {
    System.arraycopy(tables.values(categories[0]), 0, into, 0, genes);
    for (int k = 1; k < categories.length; k++) {
      float[] values = tables.values(categories[k]);
      for (int j = 0; j < genes; j++) {
        into[j] += values[j];
      }
    }
  }

  /**
   * {@return the arrays to which the kernel adds a run's gradients; {@link #endRun} takes them from
   * there}
   */
  GeneGradients startRun(GroupRun run) {
    Arrays.fill(backgroundGradient, 0);
    Arrays.fill(scalingGradient, 0);
    Arrays.fill(logThetaGradient, 0);
    int group = sharedNoise ? 0 : run.dispersion();
    return new GeneGradients(
        biasGradient,
        backgroundGradient,
        scalingGradient,
        sharedNoise ? logThetaGradient : logTheta.gradients(group),
        sharedNoise ? new float[0] : sigma.gradients(group),
        0);
  }

  void endRun(GroupRun run) {
    background.ifPresent(
        tables -> {
          for (int category : run.ambient()) {
            add(backgroundGradient, tables.gradients(category));
          }
        });
    scaling.ifPresent(
        tables -> {
          // The kernel's is by log y; every key's share of y has the gradient by y.
          for (int j = 0; j < genes; j++) {
            scalingGradient[j] /= runScaling[j];
          }
          for (int category : run.scaling()) {
            add(scalingGradient, tables.gradients(category));
          }
        });
    if (sharedNoise) {
      add(logThetaGradient, logTheta.gradients(0));
      float[] spread = sigma.values(0);
      float[] into = sigma.gradients(0);
      for (int j = 0; j < genes; j++) {
        into[j] += logThetaGradient[j] * spread[j] * gradients.dispersionNoise()[firstGene + j];
      }
    }
  }

  private void add(float[] run, float[] into) {
    for (int j = 0; j < genes; j++) {
      into[j] += run[j];
    }
  }

  /**
   * Writes the tile's gradients where the whole parameters' are collected. With softmax the first
   * pass gives all but the bias, the second the bias alone.
   */
  void endTile(Pass pass, Activation activation) {
    Map<String, float[]> into = gradients.byName();
    if (pass == Pass.GRADIENTS) {
      System.arraycopy(biasGradient, 0, into.get(new Decoder(spec).scaleBias()), firstGene, genes);
      BurstSize.of(spec)
          .ifPresent(
              term ->
                  System.arraycopy(
                      sizeBiasGradient, 0, into.get(term.headBias()), firstGene, genes));
    }
    if (pass == Pass.SOFTMAX_SUMS || activation.inOnePass()) {
      InverseDispersion dispersion = new InverseDispersion(spec);
      background.ifPresent(
          tables -> tables.flush(into.get(new AdditiveBackground(spec).parameter())));
      scaling.ifPresent(tables -> tables.flush(into.get(new FeatureScaling(spec).parameter())));
      logTheta.flush(into.get(dispersion.mean()));
      sigma.flush(into.get(dispersion.logSigma()));
    }
  }
}
