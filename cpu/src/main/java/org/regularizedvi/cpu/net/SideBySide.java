package org.regularizedvi.cpu.net;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.data.Presence;
import org.regularizedvi.cpu.matrix.Matrix;

/**
 * Puts the parts side by side: they are columns of the joint z and need no work. The only part of a
 * single encoder is all of it.
 */
public final class SideBySide implements LatentCombination {
  private final int[] sizes;
  private final boolean trained;
  private Matrix joint;
  private Matrix jointGradient;
  private List<Matrix> parts;
  private List<Matrix> partGradients;

  /**
   * Makes a combination with room for no cells.
   *
   * @param sizes number of dimensions of each part
   * @param trained whether there is room for gradients
   */
  SideBySide(int[] sizes, boolean trained) {
    this.sizes = sizes.clone();
    this.trained = trained;
    reserve(Arena.global(), 0);
  }

  @Override
  public void reserve(Arena arena, int rows) {
    int all = Arrays.stream(sizes).sum();
    joint = Matrix.in(arena, rows, all);
    jointGradient = Matrix.in(arena, trained ? rows : 0, all);
    parts = columns(joint);
    partGradients = columns(jointGradient);
  }

  private List<Matrix> columns(Matrix all) {
    List<Matrix> views = new ArrayList<>();
    int first = 0;
    for (int size : sizes) {
      views.add(all.columns(first, size));
      first += size;
    }
    return List.copyOf(views);
  }

  @Override
  public List<Matrix> parts() {
    return parts;
  }

  @Override
  public Matrix joint() {
    return joint;
  }

  @Override
  public Matrix jointGradient() {
    return jointGradient;
  }

  @Override
  public List<Matrix> partGradients() {
    return partGradients;
  }

  /** Does nothing: the parts lie where they belong. */
  @Override
  public void join(Presence presence, int from, int to) {}

  /** Does nothing: the parts' gradients lie where they belong. */
  @Override
  public void split(int from, int to) {}

  /** Does nothing: there are no parameters. */
  @Override
  public void differentiateParameters(int rows) {}

  @Override
  public Optional<Matrix> weights() {
    return Optional.empty();
  }
}
