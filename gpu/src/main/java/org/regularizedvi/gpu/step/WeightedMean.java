package org.regularizedvi.gpu.step;

import java.util.Optional;
import org.regularizedvi.core.config.ModalityWeights;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.term.LatentSharing;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/**
 * Takes the weighted mean of the parts, which lie side by side, over the modalities that a cell
 * has. The weights are the softmax of logits: none, one for each modality, or a linear map of a
 * cell's parts.
 */
final class WeightedMean implements LatentCombination {
  private final int modalities;
  private final int dimensions;
  private final Optional<Shared> shared;
  private final Optional<LinearMap> ofCell;
  private Rows parts;
  private Rows partGradients;
  private Rows joint;
  private Rows jointGradient;
  private Rows logits;
  private Rows byLogits;
  private DeviceMemory weights;

  /** Logits that all cells share, and the gradients by them. */
  private record Shared(DeviceMemory values, DeviceMemory gradients) {}

  /**
   * Makes a combination with room for no cells.
   *
   * @param spec the model
   * @param small has the logits, or the map that gives them, where they are learned
   */
  WeightedMean(NetworkSpec spec, SmallParameters small) {
    this.modalities = spec.modalities().size();
    this.dimensions = spec.jointLatent();
    ModalityWeights kind = spec.latent().weights();
    String name = LatentSharing.WEIGHTS;
    this.shared =
        kind == ModalityWeights.UNIVERSAL
            ? Optional.of(new Shared(small.value(name), small.gradient(name)))
            : Optional.empty();
    this.ofCell =
        kind == ModalityWeights.CELL
            ? Optional.of(LinearMap.of(small, LatentSharing.WEIGHT_NET, modalities))
            : Optional.empty();
  }

  @Override
  public void reserve(DeviceArena arena, int rows) {
    parts = Rows.of(arena, rows, modalities * dimensions);
    partGradients = Rows.of(arena, rows, modalities * dimensions);
    joint = Rows.of(arena, rows, dimensions);
    jointGradient = Rows.of(arena, rows, dimensions);
    logits = Rows.of(arena, rows, modalities);
    byLogits = Rows.of(arena, rows, modalities);
    weights = arena.words((long) rows * modalities);
  }

  @Override
  public Rows part(int encoder) {
    return parts.from(encoder * dimensions);
  }

  @Override
  public Rows partGradient(int encoder) {
    return partGradients.from(encoder * dimensions);
  }

  @Override
  public Rows joint() {
    return joint;
  }

  @Override
  public Rows jointGradient() {
    return jointGradient;
  }

  private Struct struct(Frame frame, PresentCells present) {
    return frame
        .launches()
        .struct(
            parts.memory(),
            ofCell
                .map(_ -> logits.memory())
                .or(() -> shared.map(Shared::values))
                .orElse(DeviceMemory.NONE),
            present.of(frame, 0),
            weights,
            frame.rows(),
            modalities,
            dimensions,
            ofCell.isPresent() ? modalities : 0);
  }

  @Override
  public void join(Frame frame, PresentCells present) {
    ofCell.ifPresent(map -> map.forward(frame, parts, logits, false));
    Launches launches = frame.launches();
    Struct own = struct(frame, present);
    launches.addLine(Code.WEIGH_PARTS, frame.blocksOfCells(), own);
    launches.add(
        Code.JOIN_PARTS,
        Math.ceilDiv(dimensions, 32),
        Math.ceilDiv(frame.rows(), 8),
        1,
        own,
        joint.memory());
  }

  @Override
  public void split(Frame frame, PresentCells present) {
    frame
        .launches()
        .addLine(
            Code.SPLIT_PARTS,
            frame.blocksOfWarps(),
            struct(frame, present),
            jointGradient.memory(),
            partGradients.memory(),
            byLogits.memory());
    ofCell.ifPresent(
        map -> {
          map.backward(frame, byLogits, partGradients, modalities * dimensions, true);
          map.differentiate(frame, byLogits, parts);
        });
    shared.ifPresent(own -> LinearMap.sumColumns(frame, byLogits, own.gradients(), modalities));
  }
}
