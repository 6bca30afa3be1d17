package org.regularizedvi.model.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.regularizedvi.data.SparseRows;
import org.regularizedvi.data.hdf5.H5File;
import org.regularizedvi.data.schema.Covariates;
import org.regularizedvi.data.schema.Purpose;
import org.regularizedvi.model.config.ModelConfig;
import org.regularizedvi.model.net.CategoryCounts;
import org.regularizedvi.model.net.Minibatch;
import org.regularizedvi.model.net.ModalitySpec;
import org.regularizedvi.model.net.Network;
import org.regularizedvi.model.net.ParameterSpec;
import org.regularizedvi.model.net.Parameters;
import org.regularizedvi.model.net.StoredNames;
import org.regularizedvi.model.prior.LibraryPrior;
import org.regularizedvi.model.prior.ModalityPriors;

/** One golden file read: a model with its parameters, a minibatch, and the numbers to hit. */
final class GoldenCase implements AutoCloseable {
  private final H5File file;
  final ModelConfig config;
  final Network network;
  final Minibatch minibatch;
  final int nObs;

  GoldenCase(Path path) throws IOException {
    file = H5File.open(path);
    JsonNode json = new ObjectMapper().readTree(file.attributeText("/", "config"));
    if (!json.get("model").asText().equals("AmbientRegularizedSCVI")) {
      throw new IllegalArgumentException("No model of several modalities here: " + path);
    }
    config = GoldenConfig.of(json.get("init"), file.exists("/parameters/library_obs_w_mu"));
    nObs = (int) file.attributeNumber("/", "n_obs");
    int[] shape = Arrays.stream(file.shape("/input/X")).mapToInt(Math::toIntExact).toArray();
    CategoryCounts categories = categories();
    minibatch =
        new Minibatch(
            IntStream.range(0, shape[0]).toArray(),
            List.of(sparse(file.floats("/input/X"), shape[0], shape[1])),
            covariates(shape[0]));
    ModalitySpec spec =
        new ModalitySpec(
            0, StoredNames.single(), shape[1], config.network().nLatent(), config, categories);
    List<ParameterSpec> layout = Network.layout(List.of(spec));
    List<float[]> values = new ArrayList<>();
    for (ParameterSpec parameter : layout) {
      values.add(stored(parameter));
    }
    List<String> known = layout.stream().map(ParameterSpec::name).toList();
    for (String name : file.children("/parameters")) {
      if (!known.contains(name) && !name.endsWith("num_batches_tracked")) {
        throw new IllegalStateException("The layout has no parameter " + name);
      }
    }
    network =
        Network.of(
            config,
            List.of(spec),
            List.of(
                new ModalityPriors(
                    new LibraryPrior(
                        file.floats("/buffers/library_log_means"),
                        file.floats("/buffers/library_log_vars"),
                        buffer("library_global_log_mean"),
                        buffer("library_log_sensitivity")),
                    config.priors().dispersionHyperPrior())),
            Parameters.of(layout, values));
  }

  /** A scalar that only cases with a residual library encoder have. */
  private float buffer(String name) {
    if (!config.library().residualLibraryEncoder()) {
      return 0;
    }
    return file.floats("/buffers/" + name)[0];
  }

  /** Statistics of batch norm may be missing: they start at 0 and 1. */
  private float[] stored(ParameterSpec parameter) {
    String path = "/parameters/" + parameter.name();
    if (parameter.role() == ParameterSpec.Role.STATISTIC && !file.exists(path)) {
      float[] start = new float[parameter.size()];
      Arrays.fill(start, parameter.name().endsWith("var") ? 1 : 0);
      return start;
    }
    if (!Arrays.equals(file.shape(path), parameter.shape())) {
      throw new IllegalStateException(
          "%s has shape %s, layout says %s"
              .formatted(
                  parameter.name(),
                  Arrays.toString(file.shape(path)),
                  Arrays.toString(parameter.shape())));
    }
    return file.floats(path);
  }

  boolean has(String path) {
    return file.exists(path);
  }

  double[] numbers(String path) {
    return file.doubles(path);
  }

  double attribute(String path, String name) {
    return file.attributeNumber(path, name);
  }

  List<String> children(String group) {
    return file.children(group);
  }

  /** The draws of a pass, in the order in which the Python package made them. */
  RecordedNoise noise(String group) {
    return RecordedNoise.read(
        file, group, network.modalities().getFirst().spec(), config, minibatch);
  }

  private Covariates covariates(int cells) {
    Map<Purpose, int[][]> codes = new EnumMap<>(Purpose.class);
    codes.put(Purpose.AMBIENT, codes("ambient_covs"));
    codes.put(Purpose.NN_CONDITIONING, codes("extra_categorical_covs"));
    codes.put(Purpose.FEATURE_SCALING, codes("feature_scaling_covs"));
    codes.put(Purpose.DISPERSION, codes("dispersion_cov"));
    codes.put(Purpose.LIBRARY_SIZE, codes("library_size_cov"));
    codes.put(Purpose.ENCODER, codes("encoder_covs"));
    codes.put(Purpose.BATCH, codes("batch"));
    float[] sizeFactor =
        file.exists("/input/size_factor") ? file.floats("/input/size_factor") : new float[0];
    for (int i = 0; i < sizeFactor.length; i++) {
      sizeFactor[i] = (float) Math.log(sizeFactor[i]);
    }
    return new Covariates(cells, codes, columns("extra_continuous_covs"), sizeFactor);
  }

  private CategoryCounts categories() {
    boolean background = config.generative().useAdditiveBackground();
    boolean scaling = config.generative().useFeatureScaling();
    int continuous = columns("extra_continuous_covs").length;
    int[] batch = sizes("batch", -1);
    int batchColumns =
        config.generative().useBatchInDecoder() && batch.length > 0 && batch[0] > 1 ? batch[0] : 0;
    int decoderColumns =
        (int) file.shape("/parameters/decoder.px_decoder.fc_layers.Layer 0.0.weight")[1]
            - config.network().nLatent()
            - continuous
            - batchColumns;
    return new CategoryCounts(
        sizes(
            "ambient_covs",
            background ? (int) file.shape("/parameters/additive_background")[1] : -1),
        networkSizes("extra_categorical_covs", decoderColumns),
        sizes(
            "feature_scaling_covs",
            scaling ? (int) file.shape("/parameters/feature_scaling")[0] : -1),
        sizes("encoder_covs", -1),
        batch,
        dispersionGroups(),
        file.floats("/buffers/library_log_means").length,
        continuous);
  }

  private int dispersionGroups() {
    long[] shape = file.shape("/parameters/px_r_mu");
    return shape.length == 1 ? sizes("dispersion_cov", -1)[0] : (int) shape[1];
  }

  /**
   * Categories of each key of a network, from the number of one-hot columns, to which a key with a
   * single category adds none.
   */
  private int[] networkSizes(String name, int oneHotColumns) {
    int[] sizes = sizes(name, -1);
    if (sizes.length > 0) {
      sizes[sizes.length - 1] +=
          oneHotColumns - Arrays.stream(sizes).filter(size -> size > 1).sum();
    }
    return sizes;
  }

  /**
   * Categories of each key: as many as its codes show; the last key has what is left of a known
   * total.
   */
  private int[] sizes(String name, int total) {
    int[] sizes =
        Arrays.stream(codes(name)).mapToInt(c -> Arrays.stream(c).max().orElse(0) + 1).toArray();
    if (total >= 0 && sizes.length > 0) {
      sizes[sizes.length - 1] += total - Arrays.stream(sizes).sum();
    }
    return sizes;
  }

  private int[][] codes(String name) {
    return Arrays.stream(columns(name))
        .map(column -> IntStream.range(0, column.length).map(i -> (int) column[i]).toArray())
        .toArray(int[][]::new);
  }

  private float[][] columns(String name) {
    if (!file.exists("/input/" + name)) {
      return new float[0][];
    }
    int columns = (int) file.shape("/input/" + name)[1];
    float[] all = file.floats("/input/" + name);
    float[][] split = new float[columns][all.length / columns];
    for (int i = 0; i < all.length; i++) {
      split[i % columns][i / columns] = all[i];
    }
    return split;
  }

  private static SparseRows sparse(float[] dense, int rows, int columns) {
    int[] indptr = new int[rows + 1];
    int[] indices = new int[dense.length];
    float[] values = new float[dense.length];
    int n = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (dense[r * columns + c] != 0) {
          indices[n] = c;
          values[n++] = dense[r * columns + c];
        }
      }
      indptr[r + 1] = n;
    }
    return new SparseRows(columns, indptr, Arrays.copyOf(indices, n), Arrays.copyOf(values, n));
  }

  /** What is not given stays empty. */
  static OptionalDouble number(JsonNode node) {
    return node == null || node.isNull()
        ? OptionalDouble.empty()
        : OptionalDouble.of(node.asDouble());
  }

  @Override
  public void close() {
    network.close();
    file.close();
  }
}
