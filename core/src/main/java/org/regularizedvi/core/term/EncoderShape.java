package org.regularizedvi.core.term;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.InputDropout;
import org.regularizedvi.core.shape.EncoderPart;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.StoredNames;

/**
 * Says what an encoder sees and what it gives.
 *
 * @param prefix its stored name
 * @param layers sizes and options of its layers
 * @param outputs number of dimensions of the distribution that it gives
 * @param dropout kind of its dropout's draws, which tells encoders apart
 * @param parts what it sees of each modality, in the order of its first weight's columns
 * @param oneHotKeys number of categories of each key whose columns every layer sees
 * @param softplusVariance whether variances are the softplus of a head, and not its exponential
 */
public record EncoderShape(
    String prefix,
    NetShape layers,
    int outputs,
    Draw.Kind dropout,
    List<EncoderPart> parts,
    int[] oneHotKeys,
    boolean softplusVariance) {

  /**
   * {@return the encoder of a modality's own part of z}
   *
   * @param spec the modality
   */
  private static EncoderShape ofLatent(ModalitySpec spec) {
    return new EncoderShape(
        spec.names().latentEncoder(),
        spec.encoder(),
        spec.network().nLatent(),
        Draw.Kind.LATENT_DROPOUT,
        parts(List.of(spec)),
        spec.categories().encoder(),
        softplus(spec));
  }

  /**
   * {@return the encoder of a modality's log library size}
   *
   * @param spec the modality
   */
  public static EncoderShape ofLibrary(ModalitySpec spec) {
    return new EncoderShape(
        spec.names().libraryEncoder(),
        spec.libraryEncoder(),
        1,
        Draw.Kind.LIBRARY_DROPOUT,
        parts(List.of(spec)),
        spec.categories().encoder(),
        softplus(spec));
  }

  /**
   * {@return the encoder of the logarithms of the scales of a modality's z}
   *
   * @param own the scales
   */
  public static EncoderShape ofScales(LatentShrinkage own) {
    ModalitySpec spec = own.spec();
    return new EncoderShape(
        own.encoder(),
        own.layers(),
        spec.network().nLatent(),
        Draw.Kind.HORSESHOE_DROPOUT,
        parts(List.of(spec)),
        spec.categories().encoder(),
        softplus(spec));
  }

  private static boolean softplus(ModalitySpec spec) {
    return spec.config().starts().encoders().useSoftplusVarActivation();
  }

  /**
   * {@return the encoder of z that sees all modalities}
   *
   * @param spec the model
   */
  private static EncoderShape joint(NetworkSpec spec) {
    return new EncoderShape(
        LatentSharing.ENCODER,
        spec.jointEncoder(),
        spec.jointLatent(),
        Draw.Kind.LATENT_DROPOUT,
        parts(spec.modalities()),
        spec.modalities().getFirst().categories().encoder(),
        softplus(spec.modalities().getFirst()));
  }

  /**
   * {@return the encoders of z of a model, in their order: one for each modality, or one that sees
   * all}
   *
   * @param spec the model
   */
  public static List<EncoderShape> ofLatents(NetworkSpec spec) {
    return spec.latent().mode() == LatentMode.SINGLE_ENCODER
        ? List.of(joint(spec))
        : spec.modalities().stream().map(EncoderShape::ofLatent).toList();
  }

  /**
   * {@return all encoders of a model: those of z, those of its scales, and those of the library
   * sizes}
   *
   * @param spec the model
   */
  public static List<EncoderShape> all(NetworkSpec spec) {
    List<EncoderShape> all = new ArrayList<>(ofLatents(spec));
    spec.modalities()
        .forEach(
            modality ->
                LatentShrinkage.of(modality).map(EncoderShape::ofScales).ifPresent(all::add));
    spec.modalities().forEach(modality -> all.add(ofLibrary(modality)));
    return all;
  }

  private static List<EncoderPart> parts(List<ModalitySpec> modalities) {
    List<EncoderPart> all = new ArrayList<>();
    int column = 0;
    for (ModalitySpec spec : modalities) {
      int next = column + spec.features() + spec.categories().continuous();
      all.add(new EncoderPart(spec.index(), spec.features(), column, next));
      column = next;
    }
    return List.copyOf(all);
  }

  /** {@return the places of the modalities that it sees} */
  public List<Integer> modalities() {
    return parts.stream().map(EncoderPart::modality).toList();
  }

  /** {@return the place of the modality that its draws are named by, the first that it sees} */
  public int index() {
    return parts.getFirst().modality();
  }

  /** {@return the stored name of its stack of layers} */
  public String stack() {
    return StoredNames.encoderLayers(prefix);
  }

  /** {@return the stored name of its first linear map, which multiplies the counts} */
  public String firstMap() {
    return StoredNames.linear(stack(), 0, layers);
  }

  /**
   * {@return the dropout of a part of its input; empty when the input is not what dropout drops}
   *
   * @param part one of {@link #parts}
   */
  public Optional<InputDropout> inputDropout(EncoderPart part) {
    if (!layers.dropoutOnInput() || layers.dropoutRate() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new InputDropout(
            layers.dropoutRate(),
            Draw.of(dropout, part.modality()),
            Draw.of(dropout.ofCovariates(), part.modality())));
  }
}
