package org.regularizedvi.core;

import java.util.Optional;

/** Tells the version of this library, from its jar. */
public final class Version {
  private Version() {}

  /** {@return the version, or "development" when classes are not in a jar} */
  public static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
