package org.regularizedvi.model.net;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.kernel.special.Softplus;
import org.regularizedvi.model.config.Dispersion;
import org.regularizedvi.model.config.PriorConfig;
import org.regularizedvi.model.net.ParameterSpec.Role;
import org.regularizedvi.model.net.ParameterSpec.Start;

/**
 * Lists the stored tensors of a modality. Linear maps start as PyTorch's do: uniform in
 * +-1/sqrt(fan-in).
 */
public final class ParameterLayout {
  private final List<ParameterSpec> all = new ArrayList<>();

  private ParameterLayout() {}

  public static List<ParameterSpec> of(ModalitySpec spec, PriorConfig priors) {
    ParameterLayout layout = new ParameterLayout();
    layout.generative(spec, priors);
    layout.encoder(spec.names().latentEncoder(), spec.encoder(), spec.network().nLatent());
    layout.encoder(spec.names().libraryEncoder(), spec.libraryEncoder(), 1);
    layout.decoder(spec);
    return List.copyOf(layout.all);
  }

  private void generative(ModalitySpec spec, PriorConfig priors) {
    StoredNames names = spec.names();
    int groups = spec.dispersionGroups();
    long[] dispersion =
        spec.generative().dispersion() == Dispersion.GENE
            ? new long[] {spec.features()}
            : new long[] {spec.features(), groups};
    double rate = priors.dispersionRate().mean();
    // Where prior and penalty balance: 1/sqrt(theta) = 1/rate.
    trained(names.dispersionMean(), new Start.Normal(Math.log(rate * rate), 0.1), dispersion);
    trained(names.dispersionLogSigma(), new Start.Constant(Math.log(0.1)), dispersion);
    if (priors.regulariseDispersion()) {
      trained(names.dispersionPriorRate(), new Start.Constant(Softplus.inverse(rate)), groups);
    }
    if (spec.generative().useAdditiveBackground()) {
      trained(
          names.additiveBackground(),
          new Start.Normal(Math.log(priors.background().mean()), 0.01),
          spec.features(),
          spec.categories().ambientColumns());
    }
    if (spec.generative().useFeatureScaling()) {
      trained(
          names.featureScaling(),
          new Start.Constant(0),
          spec.categories().scalingRows(),
          spec.features());
    }
  }

  private void encoder(String prefix, NetShape shape, int outputs) {
    layers(StoredNames.encoderLayers(prefix), shape);
    linear(prefix + ".mean_encoder", outputs, shape.hidden(), Role.TRAINED);
    linear(prefix + ".var_encoder", outputs, shape.hidden(), Role.TRAINED);
  }

  private void decoder(ModalitySpec spec) {
    layers(spec.names().decoderLayers(), spec.decoder());
    String prefix = spec.names().decoder();
    linear(prefix + ".px_scale_decoder.0", spec.features(), spec.decoder().hidden(), Role.TRAINED);
    linear(prefix + ".px_r_decoder", spec.features(), spec.decoder().hidden(), Role.UNUSED);
    linear(prefix + ".px_dropout_decoder", spec.features(), spec.decoder().hidden(), Role.UNUSED);
  }

  private void layers(String prefix, NetShape shape) {
    for (int layer = 0; layer < shape.layers(); layer++) {
      linear(
          StoredNames.linear(prefix, layer, shape),
          shape.hidden(),
          shape.fanIn(layer),
          Role.TRAINED);
      if (shape.batchNorm()) {
        String norm = StoredNames.batchNorm(prefix, layer, shape);
        trained(norm + ".weight", new Start.Constant(1), shape.hidden());
        trained(norm + ".bias", new Start.Constant(0), shape.hidden());
        add(norm + ".running_mean", new Start.Constant(0), Role.STATISTIC, shape.hidden());
        add(norm + ".running_var", new Start.Constant(1), Role.STATISTIC, shape.hidden());
      }
    }
  }

  private void linear(String name, int outputs, int inputs, Role role) {
    Start start = new Start.Uniform(1 / Math.sqrt(inputs));
    add(name + ".weight", start, role, outputs, inputs);
    add(name + ".bias", start, role, outputs);
  }

  private void trained(String name, Start start, long... shape) {
    add(name, start, Role.TRAINED, shape);
  }

  private void add(String name, Start start, Role role, long... shape) {
    all.add(new ParameterSpec(name, shape, start, role));
  }
}
