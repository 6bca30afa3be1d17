package org.regularizedvi.core.start;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.regularizedvi.core.config.EncoderStartConfig;
import org.regularizedvi.core.shape.EncoderHeadStart;
import org.regularizedvi.core.shape.LayerTensors;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.ParameterSpec.Role;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.store.Safetensors;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.core.term.FeatureScaling;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.core.term.LatentRelevance;
import org.regularizedvi.core.term.LatentSharing;
import org.regularizedvi.core.term.LatentShrinkage;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.core.term.ModalityScale;
import org.regularizedvi.core.term.StartValues;
import org.regularizedvi.input.InputException;

/**
 * Lists the stored tensors of a model, term by term and network by network. The order is part of
 * the model: start values are drawn by a tensor's place in it.
 */
public final class ParameterLayout {
  private ParameterLayout() {}

  /**
   * {@return the stored tensors of all modalities, for values that come from elsewhere}
   *
   * @param spec the model
   */
  public static List<ParameterSpec> ofAll(NetworkSpec spec) {
    return ofAll(
        spec,
        spec.modalities().stream().map(own -> StartValues.withoutData(own.config())).toList());
  }

  /**
   * {@return the stored tensors of all modalities, with how they start}
   *
   * @param spec the model
   * @param starts the start values of each modality
   */
  public static List<ParameterSpec> ofAll(NetworkSpec spec, List<StartValues> starts) {
    List<ParameterSpec> all = new ArrayList<>();
    for (int m = 0; m < starts.size(); m++) {
      all.addAll(of(spec, spec.modalities().get(m), starts.get(m)));
    }
    all.addAll(new LatentSharing(spec).stored());
    return List.copyOf(all);
  }

  private static List<ParameterSpec> of(NetworkSpec model, ModalitySpec spec, StartValues starts) {
    List<ParameterSpec> all = new ArrayList<>(new InverseDispersion(spec).stored(starts));
    AdditiveBackground.of(spec).ifPresent(term -> all.add(term.stored(starts.logBackground())));
    FeatureScaling.of(spec).ifPresent(term -> all.add(term.stored()));
    all.addAll(latentEncoder(model, spec));
    LibrarySize library = new LibrarySize(spec);
    all.addAll(library.encoder(starts.logSensitivity()));
    all.addAll(new Decoder(spec).stored(starts.decoder()));
    BurstSize.of(spec).ifPresent(term -> all.addAll(term.stored(starts.burstSize())));
    all.addAll(library.weight());
    ModalityScale.of(spec).ifPresent(term -> all.add(term.stored()));
    LatentRelevance.of(spec).ifPresent(term -> all.addAll(term.stored()));
    LatentShrinkage.of(spec).ifPresent(term -> all.addAll(term.stored()));
    return all;
  }

  /** Saved models of one encoder for all modalities carry the modalities' own as well, unused. */
  private static List<ParameterSpec> latentEncoder(NetworkSpec model, ModalitySpec spec) {
    Role role = spec.membership().encodesLatent() ? Role.TRAINED : Role.UNUSED;
    LayerTensors layers = new LayerTensors(role, spec.membership().lrMultiplier());
    String prefix = spec.names().latentEncoder();
    int[] keys = spec.categories().encoder();
    List<ParameterSpec> all = new ArrayList<>();
    all.addAll(layers.stack(StoredNames.encoderLayers(prefix), spec.encoder(), keys));
    all.addAll(layers.heads(prefix, spec.encoder(), spec.network().nLatent(), heads(model, spec)));
    return all;
  }

  private static EncoderHeadStart heads(NetworkSpec model, ModalitySpec spec) {
    EncoderStartConfig config = spec.config().starts().encoders();
    double hidden = model.modalities().stream().mapToInt(own -> own.network().nHidden()).sum();
    return EncoderHeadStart.ofLatent(
        config,
        config.useModalityBalancedEncoderInit() ? Math.sqrt(spec.network().nHidden() / hidden) : 1);
  }

  /**
   * Checks that all tensors of a model are there, each of its shape.
   *
   * @param layout the tensors that the model has
   * @param tensors those that were read
   * @param source where they were read, for messages
   * @throws InputException naming the first tensor that is missing or of another shape
   */
  public static void require(
      List<ParameterSpec> layout, Map<String, Safetensors.Entry> tensors, Path source) {
    for (ParameterSpec parameter : layout) {
      Safetensors.Entry entry = tensors.get(parameter.name());
      String found = entry == null ? "missing" : "of shape " + Arrays.toString(entry.shape());
      if (entry == null || !Arrays.equals(entry.shape(), parameter.shape())) {
        throw new InputException(
            "%s: tensor '%s' should have shape %s, but is %s."
                .formatted(source, parameter.name(), Arrays.toString(parameter.shape()), found));
      }
    }
  }
}
