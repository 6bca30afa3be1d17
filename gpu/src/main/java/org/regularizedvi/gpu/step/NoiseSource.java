package org.regularizedvi.gpu.step;

import java.util.Optional;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/**
 * A kind of random draws of a step: made on the card by the position of each, or supplied by the
 * host, row by row.
 */
final class NoiseSource {
  private final Draw draw;
  private final Form form;
  private final int width;
  private Slot given;

  /** Says what is drawn, and for whom. */
  enum Form {
    /** Standard normals of each cell. */
    NORMALS,
    /** Standard normals that all cells share. */
    SHARED_NORMALS,
    /** Uniforms of each cell. */
    UNIFORMS
  }

  /**
   * Describes the draws.
   *
   * @param draw what they are for
   * @param form normals or uniforms
   * @param width numbers of each cell, or of all cells together
   */
  NoiseSource(Draw draw, Form form, int width) {
    this.draw = draw;
    this.form = form;
    this.width = width;
  }

  /** {@return what purpose, modality and layer are in the generator's last counter word} */
  static int tag(Draw draw) {
    return draw.purpose() | (int) (draw.step(0) >>> 32) << 16;
  }

  /** {@return whether passes without gradients have these draws too} */
  boolean inPasses() {
    return switch (draw.kind()) {
      case LATENT, LIBRARY, LIBRARY_WEIGHT, HORSESHOE, ARD -> true;
      default -> false;
    };
  }

  /** Makes room for draws that the host supplies. */
  void reserve(DeviceArena arena, int rows) {
    given = Slot.ofWords(arena, (long) width * (form == Form.SHARED_NORMALS ? 1 : rows));
  }

  /** {@return the source as kernels take it} */
  Struct struct(Frame frame) {
    return frame
        .launches()
        .struct(tag(draw), width, frame.given() ? given.device() : DeviceMemory.NONE);
  }

  /** {@return a source as kernels take it, where there may be none} */
  static Struct struct(Optional<NoiseSource> source, Frame frame) {
    return source
        .map(own -> own.struct(frame))
        .orElseGet(() -> frame.launches().struct(0, 0, DeviceMemory.NONE));
  }

  /** Supplies the draws of a step. */
  void supply(Noise noise, int rows) {
    int count = form == Form.SHARED_NORMALS ? 1 : rows;
    float[] all = new float[count * width];
    float[] row = new float[width];
    for (int n = 0; n < count; n++) {
      switch (form) {
        case NORMALS -> noise.normals(draw, n, row);
        case SHARED_NORMALS -> noise.sharedNormals(draw, row);
        case UNIFORMS -> noise.uniforms(draw, n, row);
      }
      System.arraycopy(row, 0, all, n * width, width);
    }
    given.send(all, all.length);
  }
}
