package org.regularizedvi.gpu.step;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.engine.Model;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.gpu.driver.DeviceArena;

/**
 * A model on the card that is asked and not trained: it holds copies of the parameters until it is
 * closed, and the launches that questions are answered by.
 */
final class AskedModel implements AutoCloseable {
  private final Device device;
  private final DeviceArena arena;
  private final StepNetwork network;
  private final Map<Record, Launches> made = new HashMap<>();

  /**
   * Copies a model to the card.
   *
   * @param device the card, to be closed after this
   * @param model whose parameters stay the caller's
   */
  AskedModel(Device device, Model model) {
    device.enter();
    this.device = device;
    this.arena = new DeviceArena(device);
    try {
      this.network = new StepNetwork(Kernels.answering(device), arena, model, 1);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** {@return its layers} */
  StepNetwork network() {
    return network;
  }

  /** {@return what owns its memory, and may own more} */
  DeviceArena arena() {
    return arena;
  }

  /** Sends cells with their counts, and the draws of a pass over them. */
  void send(Minibatch minibatch, Noise noise) {
    device.enter();
    if (network.send(minibatch, noise, false)) {
      forget();
    }
    network.facts().send(noise);
  }

  /**
   * Sends cells whose z is given.
   *
   * @param modality whose decoder is asked
   * @param z of each cell, pinned memory
   * @param covariates of the same cells
   */
  void send(int modality, MemorySegment z, Covariates covariates) {
    device.enter();
    if (network.send(modality, z, covariates)) {
      forget();
    }
  }

  /**
   * Runs launches, which are made once.
   *
   * @param kind what they depend on
   * @param maker makes them
   */
  void run(Record kind, Supplier<Launches> maker) {
    made.computeIfAbsent(kind, _ -> maker.get()).run();
  }

  private void forget() {
    made.values().forEach(Launches::close);
    made.clear();
  }

  @Override
  public void close() {
    device.enter();
    forget();
    network.close();
    arena.close();
  }
}
