package org.regularizedvi.spark;

import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.regularizedvi.spark.question.Asked;

/** Adds the latent representation and the library size of each cell. */
public final class EmbedTransformer extends RegularizedModelTransformer {
  private static final long serialVersionUID = 1L;

  /** Makes a transformer, whose parameters are yet to be given. */
  public EmbedTransformer() {
    this(Identifiable.randomUID("EmbedTransformer"));
  }

  /**
   * Makes a transformer of a name of its own.
   *
   * @param uid the name
   */
  public EmbedTransformer(String uid) {
    super(uid, Asked.Kind.EMBED);
  }

  /** {@return a reader of transformers that were saved} */
  public static MLReader<EmbedTransformer> read() {
    return new DefaultParamsReader<>();
  }
}
