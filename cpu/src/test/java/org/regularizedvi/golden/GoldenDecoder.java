package org.regularizedvi.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.config.DecoderConfig;
import org.regularizedvi.core.config.DecoderType;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.core.term.ScalingFactor;
import org.regularizedvi.formats.hdf5.H5File;
import org.regularizedvi.kernel.special.Softplus;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.torch.ParameterTensors;

/** One decoder of a golden file of several modalities, with what it decodes. */
final class GoldenDecoder implements AutoCloseable {
  private final H5File file;
  private final String name;
  private final Parameters parameters;
  private final ParameterTensors tensors;
  final Modality modality;
  final Covariates covariates;
  final int cells;
  final int latent;

  GoldenDecoder(Path path, String name) throws IOException {
    this.file = H5File.open(path);
    this.name = name;
    long[] shape = file.shape("/attribution/z");
    cells = (int) shape[0];
    latent = (int) shape[1];
    covariates = covariates();
    parameters = parameters();
    tensors = ParameterTensors.over(parameters);
    // No prior of the counts' library size is asked for here.
    LibraryPrior library = new LibraryPrior(new float[1], new float[] {1}, 0, 0);
    ModalitySpec spec = spec();
    modality =
        Modality.of(
            spec,
            new ModalityPriors(library, spec.config().priors().dispersionHyperPrior()),
            tensors);
  }

  static List<String> modalities(Path path) throws IOException {
    try (H5File file = H5File.open(path)) {
      JsonNode names = new ObjectMapper().readTree(file.attributeText("/", "modality_names"));
      return List.of(new ObjectMapper().convertValue(names, String[].class));
    }
  }

  private Parameters parameters() {
    List<ParameterSpec> specs = new ArrayList<>();
    List<float[]> values = new ArrayList<>();
    for (String parameter : file.children("/parameters")) {
      if (parameter.startsWith("decoders." + name + ".") || parameter.endsWith("." + name)) {
        String at = "/parameters/" + parameter;
        specs.add(
            new ParameterSpec(
                parameter,
                file.shape(at),
                new ParameterSpec.Start.Constant(0),
                ParameterSpec.Role.TRAINED,
                1));
        values.add(file.floats(at));
      }
    }
    return Parameters.of(specs, values);
  }

  private ModalitySpec spec() {
    String prefix = "decoders." + name;
    long[] first = file.shape("/parameters/" + prefix + ".px_decoder.fc_layers.Layer 0.0.weight");
    boolean scaling = file.exists("/parameters/feature_scaling." + name);
    ModelConfig config =
        ModelConfig.published()
            .with(NetworkConfig.published().withSize((int) first[0], latent, 1))
            .with(
                new GenerativeConfig(
                    Dispersion.GENE_BATCH,
                    LatentDistribution.NORMAL,
                    ScaleActivation.SOFTPLUS,
                    file.exists("/parameters/additive_background." + name),
                    scaling,
                    false,
                    decoder(prefix)));
    int[] conditioning = sizes("extra_categorical_covs", (int) first[1] - latent);
    int[] scalingSizes =
        scaling
            ? sizes(
                "feature_scaling_covs", (int) file.shape("/parameters/feature_scaling." + name)[0])
            : new int[0];
    int features = (int) file.shape("/input/X_" + name)[1];
    return new ModalitySpec(
        0,
        new StoredNames(
            "encoders." + name,
            "l_encoders." + name,
            "horseshoe_encoders." + name,
            prefix,
            "." + name),
        features,
        latent,
        config,
        new CategoryCounts(
            new int[0], conditioning, scalingSizes, new int[0], new int[0], 1, 1, 0));
  }

  private DecoderConfig decoder(String prefix) {
    String sizes = "/parameters/" + prefix + ".burst_size_head.0.weight";
    return file.exists(sizes)
        ? new DecoderConfig(
            DecoderType.BURST_FREQUENCY_SIZE, OptionalInt.of((int) file.shape(sizes)[1]), 1)
        : DecoderConfig.defaults();
  }

  /** Categories of each key, as many as its codes show; the last one has what is left of all. */
  private int[] sizes(String input, int all) {
    int[] sizes =
        Arrays.stream(codes(input))
            .mapToInt(code -> Arrays.stream(code).max().orElse(0) + 1)
            .toArray();
    if (sizes.length > 0) {
      sizes[sizes.length - 1] += all - Arrays.stream(sizes).sum();
    }
    return sizes;
  }

  private Covariates covariates() {
    Map<Purpose, int[][]> codes = new EnumMap<>(Purpose.class);
    codes.put(Purpose.NN_CONDITIONING, codes("extra_categorical_covs"));
    codes.put(Purpose.FEATURE_SCALING, codes("feature_scaling_covs"));
    return new Covariates(cells, codes, new float[0][], new float[0]);
  }

  private int[][] codes(String input) {
    if (!file.exists("/input/" + input)) {
      return new int[0][];
    }
    int keys = (int) file.shape("/input/" + input)[1];
    float[] values = file.floats("/input/" + input);
    int[][] codes = new int[keys][cells];
    for (int i = 0; i < values.length; i++) {
      codes[i % keys][i / keys] = (int) values[i];
    }
    return codes;
  }

  float[] z() {
    return file.floats("/attribution/z");
  }

  double[] expected() {
    return file.doubles("/attribution/mean_absolute_jacobian/" + name);
  }

  /** Log of what rates are multiplied by, from the posterior mean of l. */
  float[] exposure() {
    float[] exposure = file.floats("/eval/output/ql_mean/" + name);
    String weight = "/parameters/library_obs_w_mu." + name;
    double shift = 0;
    double scale = 0;
    if (file.exists(weight)) {
      // The file's means of l were moved by a draw of w. Its attributions have log w at its mean
      // (the
      // draw's normal at 0), which is not the mean of w that an embedding takes.
      double mu = file.doubles(weight)[0];
      double sigma = Math.exp(file.doubles("/parameters/library_obs_w_log_sigma." + name)[0]);
      scale = Math.exp(mu) - Math.exp(mu + sigma * drawOfW());
      shift = -file.doubles("/buffers/library_global_log_mean_" + name)[0];
    }
    double factor = 0;
    if (file.exists("/parameters/modality_scale_raw." + name)) {
      double raw = file.doubles("/parameters/modality_scale_raw." + name)[0];
      factor = Math.log(Softplus.value(raw) / ScalingFactor.DIVISOR);
    }
    float[] counts = file.floats("/input/X_" + name);
    int features = counts.length / cells;
    for (int n = 0; n < cells; n++) {
      double total = 0;
      for (int g = 0; g < features; g++) {
        total += counts[n * features + g];
      }
      exposure[n] += (float) (scale * (Math.log(Math.max(total, 1)) + shift) + factor);
    }
    return exposure;
  }

  /** Draws of w are the single numbers among the draws, in the order of the modalities. */
  private double drawOfW() {
    List<String> single =
        file.children("/eval/noise").stream()
            .filter(noise -> noise.endsWith("rsample"))
            .filter(noise -> file.shape("/eval/noise/" + noise).length == 0)
            .sorted()
            .toList();
    int index =
        IntStream.range(0, single.size())
            .filter(i -> List.of("atac", "rna").get(i).equals(name))
            .findFirst()
            .orElseThrow();
    return file.doubles("/eval/noise/" + single.get(index))[0];
  }

  @Override
  public void close() {
    tensors.close();
    parameters.close();
    file.close();
  }
}
