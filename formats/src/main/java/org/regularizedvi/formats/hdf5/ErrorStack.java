package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Turns libhdf5's stack of errors into one line of text. */
final class ErrorStack {
  private static final int DOWNWARD = 1;
  private static final long DESCRIPTION_OFFSET = 48;
  private static final MemorySegment VISITOR = visitor();

  /** The errors found so far; guarded by {@link Hdf5Lock}. */
  private static final List<String> FOUND = new ArrayList<>();

  private ErrorStack() {}

  /** Takes the errors of the call that just failed, and clears them. */
  static Hdf5Exception collect(String function) {
    FOUND.clear();
    LibHdf5.ERROR_WALK.raw(0, DOWNWARD, VISITOR.address(), 0);
    LibHdf5.ERROR_CLEAR.raw(0);
    Optional<Throwable> inFilter = Filters.takeFailure();
    inFilter.ifPresent(t -> FOUND.add(String.valueOf(t.getMessage())));
    if (FOUND.isEmpty()) {
      FOUND.add(function + " gave no reason");
    }
    return new Hdf5Exception(List.copyOf(new LinkedHashSet<>(FOUND)));
  }

  /** Is called by libhdf5, once per error; nothing may be thrown out of it. */
  @SuppressWarnings({"unused", "restricted"})
  private static int visit(int depth, MemorySegment error, MemorySegment data) {
    MemorySegment text =
        error
            .reinterpret(DESCRIPTION_OFFSET + Long.BYTES)
            .get(ValueLayout.ADDRESS, DESCRIPTION_OFFSET);
    if (text.address() != 0) {
      FOUND.add(text.reinterpret(Long.MAX_VALUE).getString(0));
    }
    return 0;
  }

  @SuppressWarnings("restricted")
  private static MemorySegment visitor() {
    try {
      return Linker.nativeLinker()
          .upcallStub(
              MethodHandles.lookup()
                  .findStatic(
                      ErrorStack.class,
                      "visit",
                      MethodType.methodType(
                          int.class, int.class, MemorySegment.class, MemorySegment.class)),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS),
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The method is in this class", e);
    }
  }
}
