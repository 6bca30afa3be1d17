package org.regularizedvi.cpu.term;

import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.cpu.step.Gradients;

/**
 * Computes a term of the loss that belongs to parameters which all cells share. One thread at a
 * time may ask an instance; different ones may be asked at once.
 */
public interface SharedTerm {
  /** {@return which term it is} */
  GlobalTerm term();

  /**
   * Computes the term at the parameters as they are now, and adds its derivatives times a factor to
   * the gradients of those parameters that have one.
   *
   * @param factor what a nat of the term adds to the loss
   * @param gradients of the parameters; without any, only the value is computed
   * @param noise gives the draws, where the term takes some
   * @return the term, nats per data set
   */
  double differentiate(double factor, Gradients gradients, Noise noise);
}
