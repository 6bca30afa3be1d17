package org.regularizedvi.spark;

import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.regularizedvi.spark.question.Asked;

/** Adds the counts of each cell without their ambient part. */
public final class CorrectTransformer extends RegularizedModelTransformer {
  private static final long serialVersionUID = 1L;

  /** Makes a transformer, whose parameters are yet to be given. */
  public CorrectTransformer() {
    this(Identifiable.randomUID("CorrectTransformer"));
  }

  /**
   * Makes a transformer of a name of its own.
   *
   * @param uid the name
   */
  public CorrectTransformer(String uid) {
    super(uid, Asked.Kind.CORRECT);
  }

  /** {@return a reader of transformers that were saved} */
  public static MLReader<CorrectTransformer> read() {
    return new DefaultParamsReader<>();
  }
}
