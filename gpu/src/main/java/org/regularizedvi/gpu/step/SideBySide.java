package org.regularizedvi.gpu.step;

import java.util.Arrays;
import org.regularizedvi.gpu.driver.DeviceArena;

/** Puts the parts side by side: they are columns of the joint z and need no work. */
final class SideBySide implements LatentCombination {
  private final int[] sizes;
  private Rows joint;
  private Rows jointGradient;

  /**
   * Makes a combination with room for no cells.
   *
   * @param sizes dimensions of each part
   */
  SideBySide(int[] sizes) {
    this.sizes = sizes.clone();
  }

  @Override
  public void reserve(DeviceArena arena, int rows) {
    int all = Arrays.stream(sizes).sum();
    joint = Rows.of(arena, rows, all);
    jointGradient = Rows.of(arena, rows, all);
  }

  private int firstColumn(int encoder) {
    return Arrays.stream(sizes, 0, encoder).sum();
  }

  @Override
  public Rows part(int encoder) {
    return joint.from(firstColumn(encoder));
  }

  @Override
  public Rows partGradient(int encoder) {
    return jointGradient.from(firstColumn(encoder));
  }

  @Override
  public Rows joint() {
    return joint;
  }

  @Override
  public Rows jointGradient() {
    return jointGradient;
  }

  /** Adds nothing: the parts lie where they belong. */
  @Override
  public void join(Frame frame, PresentCells present) {}

  /** Adds nothing: the parts' gradients lie where they belong. */
  @Override
  public void split(Frame frame, PresentCells present) {}
}
