package org.regularizedvi.spark;

import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.regularizedvi.spark.question.Asked;

/** Adds the denoised expression of each cell. */
public final class ExpressionTransformer extends RegularizedModelTransformer {
  private static final long serialVersionUID = 1L;

  /** Makes a transformer, whose parameters are yet to be given. */
  public ExpressionTransformer() {
    this(Identifiable.randomUID("ExpressionTransformer"));
  }

  /**
   * Makes a transformer of a name of its own.
   *
   * @param uid the name
   */
  public ExpressionTransformer(String uid) {
    super(uid, Asked.Kind.EXPRESSION);
  }

  /** {@return a reader of transformers that were saved} */
  public static MLReader<ExpressionTransformer> read() {
    return new DefaultParamsReader<>();
  }
}
