package org.regularizedvi.core;

import java.util.Optional;

/** The version of this library, from its jar. */
public final class Version {
  private Version() {}

  /** Returns the version, or "development" when classes are not in a jar. */
  public static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
