package org.regularizedvi.cpu.head;

import java.util.Optional;
import org.regularizedvi.kernel.Workspace;

/**
 * Keeps the memory that one worker needs for a tile.
 *
 * @param own of the scale decoder's weight
 * @param sizes of the burst size head's, where there is one
 * @param genes reads the genes' parameters and collects their gradients
 * @param workspace the kernel's scratch
 */
record HeadScratch(
    HeadRoom own, Optional<HeadRoom> sizes, GeneParameters genes, Workspace workspace)
    implements AutoCloseable {
  @Override
  public void close() {
    own.close();
    sizes.ifPresent(HeadRoom::close);
  }
}
