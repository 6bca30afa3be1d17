package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.engine.DecodedDraws;
import org.regularizedvi.engine.Model;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.gpu.driver.DeviceMemory;

/**
 * Decodes cells of one modality: rho of all features on a card, in float32, whose memory it takes
 * when it is asked first. Everything else, and rho of some features alone, is small or not asked of
 * the card yet, and comes from a decoder of another engine.
 */
public final class DeviceDecoder implements CellDecoder, AutoCloseable {
  private static final int CELLS_AT_ONCE = 256;

  private final Device device;
  private final Model model;
  private final int modality;
  private final CellDecoder others;
  private Optional<Opened> opened = Optional.empty();

  /** The number of cells that launches are made for. */
  private record Cells(int rows) {}

  /** The model on the card, with room for z and rho on both sides. */
  private record Opened(AskedModel asked, MemorySegment z, DeviceMemory rho, MemorySegment host) {
    static Opened of(Device device, Model model, int features) {
      AskedModel asked = new AskedModel(device, model);
      try {
        long rho = (long) CELLS_AT_ONCE * features * Float.BYTES;
        long z = (long) CELLS_AT_ONCE * dimensions(model) * Float.BYTES;
        return new Opened(
            asked, asked.arena().pinned(z), asked.arena().zeros(rho), asked.arena().pinned(rho));
      } catch (RuntimeException | Error e) {
        asked.close();
        throw e;
      }
    }
  }

  /**
   * Takes nothing of the card yet.
   *
   * @param device the card, to be closed after this
   * @param model whose parameters do not change while it is used
   * @param modality its place in the model
   * @param others decodes the same modality elsewhere
   */
  public DeviceDecoder(Device device, Model model, int modality, CellDecoder others) {
    this.device = device;
    this.model = model;
    this.modality = modality;
    this.others = others;
  }

  /** {@return whether it computes rho of a modality} */
  public static boolean computes(Model model, int modality) {
    return DecoderAnswers.computes(model.spec().modalities().get(modality));
  }

  private static int dimensions(Model model) {
    return model.spec().jointLatent();
  }

  private int features() {
    return model.spec().modalities().get(modality).features();
  }

  @Override
  public int cellsAtOnce() {
    return CELLS_AT_ONCE;
  }

  @Override
  public CellDecoder only(int[] features) {
    return others.only(features);
  }

  @Override
  public FloatMatrix scale(FloatMatrix zNK, Covariates covariates) {
    int rows = covariates.size();
    float[] values = new float[Math.multiplyExact(rows, features())];
    synchronized (device) {
      for (int from = 0; from < rows; from += CELLS_AT_ONCE) {
        int to = Math.min(rows, from + CELLS_AT_ONCE);
        scale(
            zNK.rows(from, to),
            covariates.gather(IntStream.range(from, to).toArray()),
            values,
            from * features());
      }
    }
    return new FloatMatrix(rows, features(), values);
  }

  private void scale(FloatMatrix zNK, Covariates covariates, float[] values, int at) {
    if (opened.isEmpty()) {
      opened = Optional.of(Opened.of(device, model, features()));
    }
    Opened own = opened.get();
    int rows = covariates.size();
    MemorySegment z = own.z.asSlice(0, (long) rows * dimensions(model) * Float.BYTES);
    MemorySegment.copy(zNK.values(), 0, z, JAVA_FLOAT, 0, rows * dimensions(model));
    own.asked.send(modality, z, covariates);
    StepNetwork network = own.asked.network();
    own.asked.run(
        new Cells(rows),
        () ->
            network.decoding(
                rows, frame -> network.answers(modality).scale(frame, network.z(), own.rho)));
    MemorySegment host = own.host.asSlice(0, (long) rows * features() * Float.BYTES);
    own.rho.download(host);
    device.await();
    MemorySegment.copy(host, JAVA_FLOAT, 0, values, at, rows * features());
  }

  @Override
  public FloatMatrix background(Covariates covariates) {
    return others.background(covariates);
  }

  @Override
  public FloatMatrix scaling(Covariates covariates) {
    return others.scaling(covariates);
  }

  @Override
  public float[] exposure(float[] libraryN) {
    return others.exposure(libraryN);
  }

  @Override
  public FloatMatrix rate(FloatMatrix zNK, float[] libraryN, Covariates covariates) {
    return others.rate(zNK, libraryN, covariates);
  }

  @Override
  public FloatMatrix nativeRate(FloatMatrix zNK, float[] libraryN, Covariates covariates) {
    return others.nativeRate(zNK, libraryN, covariates);
  }

  @Override
  public FloatMatrix dispersion(FloatMatrix zNK, float[] libraryN, Covariates covariates) {
    return others.dispersion(zNK, libraryN, covariates);
  }

  @Override
  public DecodedDraws draws(int number) {
    return others.draws(number);
  }

  /** Gives the card's memory back; what is asked after that takes it anew. */
  @Override
  public void close() {
    synchronized (device) {
      opened.ifPresent(own -> own.asked.close());
      opened = Optional.empty();
    }
  }
}
