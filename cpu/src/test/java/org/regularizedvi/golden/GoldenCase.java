package org.regularizedvi.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.engine.Model;
import org.regularizedvi.formats.hdf5.H5File;
import org.regularizedvi.reference.net.Network;

/** One golden file read: a model with its parameters, a minibatch, and the numbers to hit. */
final class GoldenCase implements AutoCloseable {
  private final H5File file;

  /** Of the modalities, in the model's order; "" in a model of a single one. */
  final List<String> names;

  final ModelConfig config;
  final Network network;
  final Minibatch minibatch;
  final int nObs;

  GoldenCase(Path path) throws IOException {
    file = H5File.open(path);
    JsonNode json = new ObjectMapper().readTree(file.attributeText("/", "config"));
    names = names(json.get("model").asText());
    MultimodalConfig options = GoldenConfig.of(json.get("init"), newer());
    config = options.shared();
    nObs = (int) file.attributeNumber("/", "n_obs");
    SequencedMap<String, Integer> features = new LinkedHashMap<>();
    List<SparseRows> counts = new ArrayList<>();
    int cells = 0;
    for (String name : names) {
      String input = "/input/X" + (name.isEmpty() ? "" : "_" + name);
      int[] shape = Arrays.stream(file.shape(input)).mapToInt(Math::toIntExact).toArray();
      cells = shape[0];
      features.put(name, shape[1]);
      counts.add(sparse(file.floats(input), shape[0], shape[1]));
    }
    minibatch =
        new Minibatch(IntStream.range(0, cells).toArray(), List.copyOf(counts), covariates(cells));
    NetworkSpec spec = spec(options, features);
    List<ParameterSpec> layout = ParameterLayout.ofAll(spec);
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
            new Model(
                spec,
                names.stream().map(name -> priors(name, options)).toList(),
                Parameters.of(layout, values)));
  }

  /** The modalities; a model of a single one does not name it. */
  private List<String> names(String model) throws IOException {
    if (model.equals("AmbientRegularizedSCVI")) {
      return List.of("");
    }
    JsonNode stored = new ObjectMapper().readTree(file.attributeText("/", "modality_names"));
    return StreamSupport.stream(stored.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** The values of a parameter as they are now. */
  double[] parameter(String name) {
    float[] values = network.parameters().stored().values(name);
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /** Whether the package's later version computed this. */
  private boolean newer() {
    return file.exists("/buffers/library_global_log_mean" + buffer(names.getFirst()));
  }

  private NetworkSpec spec(MultimodalConfig options, SequencedMap<String, Integer> features) {
    if (!names.getFirst().isEmpty()) {
      return NetworkSpec.of(options, features, categories("decoders." + names.getFirst()));
    }
    return NetworkSpec.single(
        new ModalitySpec(
            0,
            StoredNames.single(),
            features.get(""),
            config.network().nLatent(),
            config,
            categories("decoder")));
  }

  private ModalityPriors priors(String name, MultimodalConfig options) {
    String suffix = buffer(name);
    return new ModalityPriors(
        new LibraryPrior(
            file.floats("/buffers/library_log_means" + suffix),
            file.floats("/buffers/library_log_vars" + suffix),
            centring("library_global_log_mean" + suffix),
            centring("library_log_sensitivity" + suffix)),
        options.of(name).dispersionHyperPrior());
  }

  /** What follows a buffer's name. */
  private static String buffer(String modality) {
    return modality.isEmpty() ? "" : "_" + modality;
  }

  /** A scalar that only cases with a residual library encoder have. */
  private float centring(String name) {
    return config.library().residualLibraryEncoder() ? file.floats("/buffers/" + name)[0] : 0;
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
    return RecordedNoise.read(file, group, network, minibatch);
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

  /** Categories from the shapes of parameters, whichever modality has them. */
  private CategoryCounts categories(String decoder) {
    int continuous = columns("extra_continuous_covs").length;
    int[] batch = sizes("batch", -1);
    int batchColumns =
        config.generative().useBatchInDecoder() && batch.length > 0 && batch[0] > 1 ? batch[0] : 0;
    int latent =
        (int)
            (names.getFirst().isEmpty()
                ? config.network().nLatent()
                : file.shape("/eval/output/z")[1]);
    String layer = "/parameters/%s.px_decoder.fc_layers.Layer 0.0.weight".formatted(decoder);
    int decoderColumns = (int) file.shape(layer)[1] - latent - continuous - batchColumns;
    return new CategoryCounts(
        sizes("ambient_covs", length("additive_background", 1)),
        networkSizes("extra_categorical_covs", decoderColumns),
        sizes("feature_scaling_covs", length("feature_scaling", 0)),
        sizes("encoder_covs", -1),
        batch,
        dispersionGroups(),
        file.floats("/buffers/library_log_means" + buffer(names.getFirst())).length,
        continuous);
  }

  /** The length of a parameter along an axis that a modality has it in; -1 where none has. */
  private int length(String parameter, int axis) {
    return names.stream()
        .map(name -> "/parameters/" + parameter + (name.isEmpty() ? "" : "." + name))
        .filter(path -> file.exists(path) && file.shape(path).length > axis)
        .mapToInt(path -> (int) file.shape(path)[axis])
        .findFirst()
        .orElse(-1);
  }

  /** A modality whose dispersion is by feature alone does not say how many groups there are. */
  private int dispersionGroups() {
    int groups = length("px_r_mu", 1);
    return groups < 0 ? sizes("dispersion_cov", -1)[0] : groups;
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
