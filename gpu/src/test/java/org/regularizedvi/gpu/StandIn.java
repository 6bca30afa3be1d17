package org.regularizedvi.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.Device;

/**
 * What tests run on: a library with the driver's entry points that runs the kernels on this
 * processor, made of the same sources by g++. Without g++ the tests that ask for it are skipped;
 * where the variable CI is true they fail. With {@code -Dgpu.library=libcuda.so.1} the same tests
 * run on a card.
 */
public final class StandIn {
  /** Orders in which the threads of a block run. */
  public enum Order {
    /** The first thread first. */
    FORWARDS,
    /** The last thread first. */
    BACKWARDS,
    /** Another order between any two barriers. */
    SHUFFLED
  }

  /** Says which streams run at once; what a card does lies between these. */
  public enum AtOnce {
    /** All streams wait until somebody waits for them. */
    NOTHING,
    /** Streams in which kernels were launched are never behind. */
    KERNELS,
    /** All others are never behind. */
    OTHERS
  }

  private static final Optional<String> CARD =
      Optional.ofNullable(System.getProperty("gpu.library"));
  private static final Optional<Path> LIBRARY =
      CARD.isPresent() ? Optional.empty() : StandInLibrary.make();

  private StandIn() {}

  /** {@return the library, or the test is skipped} */
  public static String library() {
    if (CARD.isPresent()) {
      return CARD.get();
    }
    if ("true".equals(System.getenv("CI"))) {
      assertThat(LIBRARY).as("the stand-in, for which g++ is needed").isPresent();
    }
    assumeTrue(LIBRARY.isPresent(), "there is no g++");
    return LIBRARY.orElseThrow().toString();
  }

  /** {@return whether tests run on a card, whose tensor cores add in an order of their own} */
  public static boolean onCard() {
    return CARD.isPresent();
  }

  /** Skips a test that looks into the stand-in, where a card is in its place. */
  public static void require() {
    assumeTrue(CARD.isEmpty(), "a card has no other orders of threads");
    library();
  }

  /** {@return a card, opened} */
  public static Device open() {
    return Device.open(library(), Code.module());
  }

  /** Runs the threads of blocks in an order from now on. */
  public static void order(Order order) {
    require();
    call("standInOrder", null, order.ordinal());
  }

  /** {@return the places of the barriers that have been met so far, by number} */
  @SuppressWarnings("restricted") // calls into a native library by design
  public static List<String> barriers() {
    require();
    List<String> places = new ArrayList<>();
    int count = (int) call("standInSites", ValueLayout.JAVA_INT);
    for (int i = 0; i < count; i++) {
      MemorySegment place = (MemorySegment) call("standInSite", ValueLayout.ADDRESS, i);
      places.add(place.reinterpret(Long.MAX_VALUE).getString(0));
    }
    return places;
  }

  /** {@return how often threads have come to a barrier} */
  public static long passed(int barrier) {
    return (long) call("standInPassed", ValueLayout.JAVA_LONG, barrier);
  }

  /** Leaves a barrier out, or puts it in again. */
  public static void skip(int barrier, boolean skipped) {
    call("standInSkip", null, barrier, skipped ? 1 : 0);
  }

  /** Has streams run at once or not before somebody waits, from now on. */
  public static void atOnce(AtOnce which) {
    require();
    call("standInAtOnce", null, which.ordinal());
  }

  /** Has no stream wait for another from now on, or all of them again. */
  public static void forgetWaits(boolean forgotten) {
    require();
    call("standInForgetWaits", null, forgotten ? 1 : 0);
  }

  /** {@return bytes of the card's memory in use} */
  public static long bytes() {
    require();
    return (long) call("standInBytes", ValueLayout.JAVA_LONG);
  }

  /** {@return contexts, modules, streams and pieces of pinned memory that are not given back} */
  public static int held() {
    require();
    return (int) call("standInHeld", ValueLayout.JAVA_INT);
  }

  /** Does something on a card with little memory. */
  public static void withMemory(long bytes, Runnable what) {
    require();
    long before;
    try (Device device = open()) {
      before = device.facts().bytes();
    }
    call("standInMemory", null, bytes);
    try {
      what.run();
    } finally {
      call("standInMemory", null, before);
    }
  }

  @SuppressWarnings("restricted") // calls into a native library by design
  private static Object call(String name, MemoryLayout result, Object... arguments) {
    MemorySegment symbol =
        SymbolLookup.libraryLookup(LIBRARY.orElseThrow(), Arena.global()).findOrThrow(name);
    MemoryLayout[] types = new MemoryLayout[arguments.length];
    Arrays.setAll(
        types, i -> arguments[i] instanceof Long ? ValueLayout.JAVA_LONG : ValueLayout.JAVA_INT);
    FunctionDescriptor type =
        result == null ? FunctionDescriptor.ofVoid(types) : FunctionDescriptor.of(result, types);
    MethodHandle handle = Linker.nativeLinker().downcallHandle(symbol, type);
    try {
      return handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(name, e);
    }
  }
}
