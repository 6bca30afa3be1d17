package org.regularizedvi.core.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.prior.ScalingFactor;
import org.regularizedvi.core.shape.ParameterSpec.Role;
import org.regularizedvi.core.shape.ParameterSpec.Start;
import org.regularizedvi.kernel.special.Softplus;

/**
 * Lists the stored tensors of a modality. Linear maps start as PyTorch's do: uniform in
 * +-1/sqrt(fan-in).
 */
public final class ParameterLayout {
  private final List<ParameterSpec> all = new ArrayList<>();
  private final double lrMultiplier;

  private ParameterLayout(double lrMultiplier) {
    this.lrMultiplier = lrMultiplier;
  }

  /** The stored tensors of all modalities, for values that come from elsewhere. */
  public static List<ParameterSpec> ofAll(NetworkSpec spec) {
    return ofAll(
        spec,
        spec.modalities().stream().map(own -> StartValues.withoutData(own.config())).toList());
  }

  /**
   * The stored tensors of all modalities and how they start.
   *
   * @param starts one a modality
   */
  public static List<ParameterSpec> ofAll(NetworkSpec spec, List<StartValues> starts) {
    List<ParameterSpec> all = new ArrayList<>();
    for (int m = 0; m < starts.size(); m++) {
      all.addAll(of(spec.modalities().get(m), starts.get(m)));
    }
    all.addAll(joint(spec));
    return all;
  }

  public static List<ParameterSpec> of(ModalitySpec spec, StartValues starts) {
    ParameterLayout layout = new ParameterLayout(spec.membership().lrMultiplier());
    layout.generative(spec, starts);
    // Saved models of one encoder for all modalities carry the modalities' own as well.
    Role encoder = spec.membership().encodesLatent() ? Role.TRAINED : Role.UNUSED;
    int[] keys = spec.categories().encoder();
    layout.layers(
        StoredNames.encoderLayers(spec.names().latentEncoder()), spec.encoder(), keys, encoder);
    layout.heads(spec.names().latentEncoder(), spec.encoder(), spec.network().nLatent(), encoder);
    layout.libraryEncoder(spec, starts);
    layout.decoder(spec, starts);
    if (spec.residualLibrary()) {
      layout.libraryWeight(spec.names());
    }
    if (spec.membership().learnedScale()) {
      double start = Softplus.inverse(ScalingFactor.DIVISOR);
      layout.trained(spec.names().modalityScale(), new Start.Constant(start));
    }
    return List.copyOf(layout.all);
  }

  /** Lists what belongs to no single modality: a common encoder, or learned weights. */
  static List<ParameterSpec> joint(NetworkSpec spec) {
    ParameterLayout layout = new ParameterLayout(1);
    int modalities = spec.modalities().size();
    switch (spec.latent().mode()) {
      case CONCATENATION -> {}
      case SINGLE_ENCODER -> {
        NetShape shape = spec.jointEncoder();
        String prefix = StoredNames.JOINT_ENCODER;
        int[] keys = spec.modalities().getFirst().categories().encoder();
        layout.layers(StoredNames.encoderLayers(prefix), shape, keys, Role.TRAINED);
        layout.heads(prefix, shape, spec.jointLatent(), Role.TRAINED);
      }
      case WEIGHTED_MEAN -> {
        switch (spec.latent().weights()) {
          case EQUAL -> {}
          case UNIVERSAL ->
              layout.trained(StoredNames.MODALITY_WEIGHTS, new Start.Constant(0), modalities);
          case CELL ->
              layout.linear(
                  StoredNames.MODALITY_WEIGHT_NET,
                  modalities,
                  modalities * spec.jointLatent(),
                  Role.TRAINED);
        }
      }
    }
    return List.copyOf(layout.all);
  }

  private void generative(ModalitySpec spec, StartValues starts) {
    StoredNames names = spec.names();
    int groups = spec.dispersionGroups();
    boolean byGroup = spec.generative().dispersion() == Dispersion.GENE_BATCH;
    long[] dispersion =
        byGroup ? new long[] {spec.features(), groups} : new long[] {spec.features()};
    Optional<CategoryAxis> columns = Optional.of(CategoryAxis.of(1, groups)).filter(_ -> byGroup);
    double rate = starts.dispersion().rate();
    // Where prior and penalty balance: 1/sqrt(theta) = 1/rate.
    Start mean = new Start.Normal(Math.log(rate * rate), 0.1);
    if (starts.logTheta().isPresent()) {
      mean = new Start.NormalAround(repeated(starts.logTheta().get(), groups), 0.1);
    }
    trained(names.dispersionMean(), mean, columns, dispersion);
    trained(names.dispersionLogSigma(), new Start.Constant(Math.log(0.1)), columns, dispersion);
    PriorConfig priors = spec.config().priors();
    if (priors.regulariseDispersion()) {
      trained(
          names.dispersionPriorRate(),
          new Start.Constant(Softplus.inverse(rate)),
          Optional.of(CategoryAxis.of(0, groups)).filter(_ -> byGroup),
          groups);
    }
    if (spec.generative().useAdditiveBackground()) {
      trained(
          names.additiveBackground(),
          background(priors, starts),
          Optional.of(CategoryAxis.of(1, spec.categories().ambient())),
          spec.features(),
          spec.categories().ambientColumns());
    }
    if (spec.generative().useFeatureScaling()) {
      trained(
          names.featureScaling(),
          new Start.Constant(0),
          Optional.of(CategoryAxis.of(0, spec.categories().scaling())),
          spec.categories().scalingRows(),
          spec.features());
    }
  }

  private static Start background(PriorConfig priors, StartValues starts) {
    return starts
        .logBackground()
        .<Start>map(means -> new Start.NormalAround(means, 0.01))
        .orElseGet(() -> new Start.Normal(Math.log(priors.background().mean()), 0.01));
  }

  /** A column of values in front of every category. */
  private static float[] repeated(float[] values, int columns) {
    float[] all = new float[values.length * columns];
    for (int i = 0; i < all.length; i++) {
      all[i] = values[i / columns];
    }
    return all;
  }

  private void heads(String prefix, NetShape shape, int outputs, Role role) {
    linear(prefix + ".mean_encoder", outputs, shape.hidden(), role);
    linear(prefix + ".var_encoder", outputs, shape.hidden(), role);
  }

  private void libraryEncoder(ModalitySpec spec, StartValues starts) {
    String prefix = spec.names().libraryEncoder();
    NetShape shape = spec.libraryEncoder();
    layers(StoredNames.encoderLayers(prefix), shape, spec.categories().encoder(), Role.TRAINED);
    if (!spec.residualLibrary()) {
      heads(prefix, shape, 1, Role.TRAINED);
      return;
    }
    Start center = new Start.Constant(starts.logSensitivity());
    linear(prefix + ".mean_encoder", 1, shape.hidden(), Role.TRAINED, center);
    linear(prefix + ".var_encoder", 1, shape.hidden(), Role.TRAINED);
  }

  /** One number a modality each. */
  private void libraryWeight(StoredNames names) {
    trained(names.libraryWeightMean(), new Start.Constant(0));
    trained(names.libraryWeightLogSigma(), new Start.Constant(-2));
  }

  private void decoder(ModalitySpec spec, StartValues starts) {
    layers(spec.names().decoderLayers(), spec.decoder(), spec.decoderKeys(), Role.TRAINED);
    String prefix = spec.names().decoder();
    int hidden = spec.decoder().hidden();
    Start bias =
        starts
            .decoderBias()
            .<Start>map(means -> new Start.NormalAround(means, 0))
            .orElseGet(() -> uniform(hidden));
    linear(prefix + ".px_scale_decoder.0", spec.features(), hidden, Role.TRAINED, bias);
    linear(prefix + ".px_r_decoder", spec.features(), hidden, Role.UNUSED);
    linear(prefix + ".px_dropout_decoder", spec.features(), hidden, Role.UNUSED);
  }

  /**
   * @param keys sizes of those whose one-hot columns every layer sees
   */
  private void layers(String prefix, NetShape shape, int[] keys, Role role) {
    for (int layer = 0; layer < shape.layers(); layer++) {
      String name = StoredNames.linear(prefix, layer, shape);
      int inputs = shape.fanIn(layer);
      all.add(
          new ParameterSpec(
              name + ".weight",
              new long[] {shape.hidden(), inputs},
              uniform(inputs),
              role,
              lrMultiplier,
              Optional.of(CategoryAxis.oneHot(inputs - shape.oneHot(), keys)),
              Optional.empty()));
      add(name + ".bias", uniform(inputs), role, shape.hidden());
      if (shape.batchNorm()) {
        String norm = StoredNames.batchNorm(prefix, layer, shape);
        add(norm + ".weight", new Start.Constant(1), role, shape.hidden());
        add(norm + ".bias", new Start.Constant(0), role, shape.hidden());
        add(norm + ".running_mean", new Start.Constant(0), Role.STATISTIC, shape.hidden());
        add(norm + ".running_var", new Start.Constant(1), Role.STATISTIC, shape.hidden());
      }
    }
  }

  private void linear(String name, int outputs, int inputs, Role role) {
    linear(name, outputs, inputs, role, uniform(inputs));
  }

  private void linear(String name, int outputs, int inputs, Role role, Start bias) {
    add(name + ".weight", uniform(inputs), role, outputs, inputs);
    add(name + ".bias", bias, role, outputs);
  }

  private static Start uniform(int inputs) {
    return new Start.Uniform(1 / Math.sqrt(inputs));
  }

  private void trained(String name, Start start, long... shape) {
    add(name, start, Role.TRAINED, shape);
  }

  private void trained(String name, Start start, Optional<CategoryAxis> categories, long... shape) {
    all.add(
        new ParameterSpec(
            name, shape, start, Role.TRAINED, lrMultiplier, categories, Optional.empty()));
  }

  private void add(String name, Start start, Role role, long... shape) {
    all.add(new ParameterSpec(name, shape, start, role, lrMultiplier));
  }
}
