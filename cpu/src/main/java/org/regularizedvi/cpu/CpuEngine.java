package org.regularizedvi.cpu;

import java.lang.foreign.Arena;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.regularizedvi.cells.FeatureRange;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.ProductSpeed;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.sparse.TileShare;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.Engine;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.Peers;
import org.regularizedvi.engine.Question;
import org.regularizedvi.input.InputException;
import org.regularizedvi.kernel.ElementType;

/** Computes models fast on processors: nothing is dense that need not be. */
public final class CpuEngine implements Engine {
  /** Makes the engine, as services are found; nothing is loaded before it is needed. */
  public CpuEngine() {}

  /** Loads the library of products when the first product is needed. */
  private static final class Library {
    private static final Products PRODUCTS = Products.here();
  }

  /** Measures, once in a process, whether bfloat16 products are worth their rounding here. */
  private static final class Bfloat16 {
    /**
     * Processors multiply bfloat16 at 0.5 times the speed of float32 (AVX-512 without units for
     * them), 2 times or more than 4 times (AMX), so that no busy minute moves one across this.
     */
    private static final double LEAST_GAIN = 1.3;

    private static final boolean PAYS = pays();

    private static boolean pays() {
      Products products = Library.PRODUCTS;
      return products.takes(ElementType.BFLOAT16)
          && ProductSpeed.secondsPerOperation(products, ElementType.FLOAT32)
              > LEAST_GAIN * ProductSpeed.secondsPerOperation(products, ElementType.BFLOAT16);
    }
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public String described() {
    return name();
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public int preference() {
    return 1;
  }

  @Override
  public Set<Question> answers() {
    return EnumSet.allOf(Question.class);
  }

  @Override
  public Optional<String> lack() {
    return Optional.empty();
  }

  /** Loads the library of products, which makes its machine code when it multiplies first. */
  @Override
  public void prepare() {
    try (Arena arena = Arena.ofConfined()) {
      Matrix some = Matrix.in(arena, 64, 64);
      Library.PRODUCTS.timesTransposed(some, some, 0, Matrix.in(arena, 64, 64));
    }
  }

  @Override
  public Precision resolve(Precision chosen) {
    if (chosen == Precision.BFLOAT16 && !Library.PRODUCTS.takes(ElementType.BFLOAT16)) {
      throw new InputException(
          "--precision bfloat16 needs a processor that multiplies such numbers (AVX-512 BF16, AMX, or Arm's BF16), which %s does not; leave the option out."
              .formatted(Processor.name()));
    }
    if (chosen != Precision.AUTO) {
      return chosen;
    }
    return Bfloat16.PAYS ? Precision.BFLOAT16 : Precision.FLOAT32;
  }

  @Override
  public OptionalDouble secondsPerOperation(Precision precision) {
    return OptionalDouble.of(ProductSpeed.secondsPerOperation(Library.PRODUCTS, type(precision)));
  }

  /** {@return the type of the products' operands} */
  static ElementType type(Precision precision) {
    return precision == Precision.BFLOAT16 ? ElementType.BFLOAT16 : ElementType.FLOAT32;
  }

  @Override
  public FeatureRange needed(int features, Peers peers) {
    return TileShare.of(features, peers.rank(), peers.ranks()).genes();
  }

  @Override
  public Computation open(Model model) {
    return new CpuComputation(model, Library.PRODUCTS);
  }
}
