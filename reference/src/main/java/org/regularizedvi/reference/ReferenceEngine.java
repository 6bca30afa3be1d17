package org.regularizedvi.reference;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.Engine;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.Question;
import org.regularizedvi.input.InputException;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.torch.LibraryThreads;
import org.regularizedvi.reference.torch.ProductSpeed;

/**
 * Computes models by libtorch's plain operations, in float32: slow, and the definition that others
 * are held to.
 */
public final class ReferenceEngine implements Engine {
  @Override
  public String name() {
    return "reference";
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
    return 0;
  }

  @Override
  public Set<Question> answers() {
    return EnumSet.allOf(Question.class);
  }

  @Override
  public Optional<String> lack() {
    return Optional.empty();
  }

  @Override
  public void prepare() {
    LibraryThreads.load();
  }

  @Override
  public Precision resolve(Precision chosen) {
    if (chosen == Precision.BFLOAT16) {
      throw new InputException(
          "The reference engine multiplies in float32 alone; leave --precision bfloat16 out, or choose another --engine.");
    }
    return Precision.FLOAT32;
  }

  @Override
  public OptionalDouble secondsPerOperation(Precision precision) {
    return OptionalDouble.of(ProductSpeed.secondsAnOperation(precision));
  }

  @Override
  public Computation open(Model model) {
    return new ComposedComputation(Network.of(model));
  }
}
