package org.regularizedvi.cells.view;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows Ensembl's stable ids, which may carry a version: {@code ENSG00000141510.18}. */
public final class EnsemblIds {
  /** Gencode ends the ids of genes on both sex chromosomes in {@code _PAR_Y} after the version. */
  private static final Pattern VERSIONED = Pattern.compile("(ENS[A-Z]*\\d+)\\.\\d+(_PAR_Y)?");

  private EnsemblIds() {}

  /**
   * {@return an id without its version; any other name as it is}
   *
   * @param name the name of a feature
   */
  public static String withoutVersion(String name) {
    Matcher id = VERSIONED.matcher(name);
    return id.matches() ? id.group(1) + Objects.requireNonNullElse(id.group(2), "") : name;
  }
}
