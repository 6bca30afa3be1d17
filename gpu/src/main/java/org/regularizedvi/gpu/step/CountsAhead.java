package org.regularizedvi.gpu.step;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.gpu.driver.CopyStream;
import org.regularizedvi.gpu.driver.Device;

/**
 * Copies the counts of the next minibatch to the card while a step runs, into memory that the step
 * does not read. Whether the announced minibatch then comes is open: if another does, it is sent as
 * if nothing had been announced.
 */
final class CountsAhead implements AutoCloseable {
  private final Device device;
  private final List<CountRows> modalities;
  private Optional<CopyStream> copies = Optional.empty();
  private Optional<Copied> copied = Optional.empty();

  /** A minibatch whose counts are on their way, with the sums of log x! of each modality's. */
  private record Copied(Minibatch minibatch, List<double[]> logFactorials) {}

  /**
   * Copies nothing yet.
   *
   * @param device the card
   * @param modalities where counts are sent
   */
  CountsAhead(Device device, List<CountRows> modalities) {
    this.device = device;
    this.modalities = modalities;
  }

  /**
   * Begins to copy counts; where they need more bits than those until now, memory has to be laid
   * out anew first, and they are left to their own step.
   *
   * @param next of which there are no more counts than there is room for, while no step but the one
   *     before it runs
   */
  void send(Minibatch next) {
    forget();
    if (modalities.stream().anyMatch(own -> own.widens(next))) {
      return;
    }
    if (copies.isEmpty()) {
      copies = Optional.of(new CopyStream(device));
    }
    CopyStream own = copies.get();
    copied =
        Optional.of(
            new Copied(
                next, modalities.stream().map(counts -> counts.sendAhead(next, own)).toList()));
  }

  /** {@return whether these are the cells whose counts were sent last} */
  boolean has(Minibatch minibatch) {
    return copied.filter(own -> own.minibatch == minibatch).isPresent();
  }

  /** Has launches from now on read the counts that were sent, once these have arrived. */
  void take() {
    Copied own = copied.orElseThrow();
    copied = Optional.empty();
    copies.orElseThrow().holdBack();
    for (int m = 0; m < modalities.size(); m++) {
      modalities.get(m).take(own.logFactorials.get(m));
    }
  }

  /** Forgets what was sent, and waits until its memory may be given back or written again. */
  void forget() {
    copied = Optional.empty();
    copies.ifPresent(CopyStream::await);
  }

  @Override
  public void close() {
    copies.ifPresent(CopyStream::close);
    copies = Optional.empty();
  }
}
