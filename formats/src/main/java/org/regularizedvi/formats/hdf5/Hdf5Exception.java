package org.regularizedvi.formats.hdf5;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells that a call of libhdf5 failed; the message is the library's own account, outermost function
 * first.
 */
final class Hdf5Exception extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Pattern SYSTEM = Pattern.compile("error message = '([^']*)'");

  private final String reason;

  Hdf5Exception(List<String> account) {
    super(String.join(": ", account));
    this.reason = reason(account);
  }

  /**
   * Returns what a user can make something of: what the operating system said, or the innermost
   * reason.
   */
  String reason() {
    return reason;
  }

  private static String reason(List<String> account) {
    Matcher system = SYSTEM.matcher(String.join(" ", account));
    if (system.find()) {
      return system.group(1);
    }
    String innermost = account.getLast().strip();
    String hint =
        innermost.startsWith("bad version number")
            ? "; the file uses a format of HDF5 newer than the library here: save it without libver='latest', or name a newer libhdf5 with -D%s=<file>"
                .formatted(Hdf5Library.LIBRARY.property())
            : "";
    String outermost = account.getFirst().strip();
    return (outermost.equals(innermost) ? innermost : outermost + ", because: " + innermost) + hint;
  }
}
