package org.regularizedvi.formats.anndata.encoding;

import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.HierarchyOutput;

/** Gives the names under which anndata files its encodings, and the attribute that tells them. */
final class Encodings {
  static final String TYPE = "encoding-type";
  static final String VERSION = "encoding-version";
  static final String DATAFRAME = "dataframe";
  static final String CATEGORICAL = "categorical";
  static final String NULLABLE_INTEGER = "nullable-integer";
  static final String NULLABLE_BOOLEAN = "nullable-boolean";
  static final String NULLABLE_STRING = "nullable-string-array";
  static final String CSR = "csr_matrix";
  static final String CSC = "csc_matrix";
  static final String ARRAY = "array";
  static final String STRING = "string";
  static final String STRING_ARRAY = "string-array";
  static final String SCALAR = "numeric-scalar";
  static final String DICT = "dict";
  static final String V1 = "0.1.0";
  static final String V2 = "0.2.0";

  private Encodings() {}

  /**
   * {@return the encoding of an object, empty where a file older than anndata 0.8 does not state
   * it}
   */
  static String of(Hierarchy file, String path) {
    return file.hasAttribute(path, TYPE) ? file.attributeText(path, TYPE) : "";
  }

  /** Marks an object with its encoding. */
  static void mark(HierarchyOutput out, String path, String type, String version) {
    out.attribute(path, TYPE, type);
    out.attribute(path, VERSION, version);
  }

  /** Creates a group and marks it. */
  static void group(HierarchyOutput out, String path, String type, String version) {
    out.group(path);
    mark(out, path, type, version);
  }
}
