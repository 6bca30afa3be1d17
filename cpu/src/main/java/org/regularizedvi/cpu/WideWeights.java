package org.regularizedvi.cpu;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.core.term.EncoderShape;
import org.regularizedvi.cpu.head.Head;
import org.regularizedvi.cpu.net.Encoder;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.step.Adam;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.cpu.step.TiledMatrix;
import org.regularizedvi.engine.GradientWatch;
import org.regularizedvi.engine.Model;
import org.regularizedvi.kernel.optimiser.AdamStep;

/**
 * Holds the wide weights of a model, those of the encoders' first layers and of the heads, whose
 * gradients come tile by tile. Of several workers each trains the rows of its genes.
 */
final class WideWeights {
  private final Split split;

  /** By the names of their parts. */
  private final Map<String, TiledMatrix> tiled = new LinkedHashMap<>();

  /** Those that follow their gradients, none of them in part. */
  private final Set<String> moving;

  /**
   * Takes the weights of networks and heads.
   *
   * @param parameters of the model
   * @param adam takes the weights' moments under its care
   * @param split which genes are whose
   */
  WideWeights(Network network, List<Head> heads, Parameters parameters, Adam adam, Split split) {
    this.split = split;
    for (Encoder encoder : network.allEncoders()) {
      tiled.putAll(encoder.first().tiled());
    }
    heads.forEach(head -> head.matrices().forEach(own -> tiled.put(own.name(), own)));
    tiled.forEach((name, matrix) -> adam.addElsewhere(name, matrix.first(), matrix.second()));
    this.moving =
        tiled.values().stream()
            .map(TiledMatrix::name)
            .filter(name -> parameters.spec(name).movesWhole())
            .collect(Collectors.toSet());
  }

  /** {@return the stored names of a model's wide weights} */
  static Set<String> names(Model model) {
    Set<String> names = new HashSet<>();
    for (ModalitySpec spec : model.spec().modalities()) {
      names.add(new Decoder(spec).scaleWeight());
      BurstSize.of(spec).map(BurstSize::headWeight).ifPresent(names::add);
    }
    EncoderShape.all(model.spec()).forEach(shape -> names.add(shape.firstMap() + ".weight"));
    return names;
  }

  /** {@return who updates those that follow their gradients} */
  TiledMatrix.Taker taker(AdamStep step) {
    TiledMatrix.Taker all = TiledMatrix.Taker.adam(step);
    return (matrix, firstRow, rows, gradient) -> {
      if (moving.contains(matrix.name())) {
        all.take(matrix, firstRow, rows, gradient);
      }
    };
  }

  /**
   * {@return the first gradient of a step that is not finite: of several workers, who see those of
   * their own genes, all name the same}
   *
   * @param watch has seen this worker's gradients
   * @param others the gradients of all that is not wide
   */
  Optional<String> broken(GradientWatch watch, Gradients others) {
    if (split.alone()) {
      return watch.first();
    }
    List<String> names =
        Stream.concat(
                tiled.values().stream().map(TiledMatrix::name), others.all().keySet().stream())
            .toList();
    int first = split.least(watch.first().map(names::indexOf).orElse(names.size()));
    return names.stream().skip(first).findFirst();
  }

  /** Brings together what several workers have trained. */
  void gather() {
    tiled.values().forEach(matrix -> matrix.gatherWeight(split));
  }

  /** Brings together the moments that several workers keep. */
  void gatherMoments() {
    tiled.values().forEach(matrix -> matrix.gatherMoments(split));
  }
}
