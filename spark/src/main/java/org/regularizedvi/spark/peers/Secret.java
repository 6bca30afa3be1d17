package org.regularizedvi.spark.peers;

import java.io.Serializable;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.apache.spark.network.sasl.SecretKeyHolder;

/**
 * Is what the workers of one training know and nobody else. It goes to them as part of their task,
 * so it is as secret as Spark's own traffic.
 */
public final class Secret implements SecretKeyHolder, Serializable {
  /** The name by which the workers of a training know each other. */
  static final String USER = "regularizedvi";

  private static final long serialVersionUID = 1;
  private static final int BYTES = 32;

  private final String key;

  private Secret(String key) {
    this.key = key;
  }

  /** {@return a new secret} */
  public static Secret draw() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Secret(HexFormat.of().formatHex(bytes));
  }

  @Override
  public String getSaslUser(String user) {
    return USER;
  }

  @Override
  public String getSecretKey(String user) {
    return key;
  }
}
