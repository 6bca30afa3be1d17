package org.regularizedvi.gpu;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.code.ConstantsHeader;

/**
 * The library of the stand-in, which g++ makes of the kernels; not again while neither a source nor
 * the command has changed.
 */
final class StandInLibrary {
  private static final Path SOURCES = Path.of("src/main/cuda");
  private static final Path OWN_SOURCES = Path.of("src/test/cuda");
  private static final Path FOLDER = Path.of("target/stand-in");
  private static final Path LIBRARY = FOLDER.resolve("libstandin.so").toAbsolutePath();

  /** Has the digest of what the library was made of. */
  private static final Path MADE_OF = FOLDER.resolve("made_of.txt");

  private StandInLibrary() {}

  /** {@return the library; empty where there is no g++} */
  static Optional<Path> make() {
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve("constants.h"), ConstantsHeader.text());
      Files.writeString(FOLDER.resolve("kernel_names.inc"), names());
      String digest = digest();
      if (Files.exists(LIBRARY)
          && Files.exists(MADE_OF)
          && Files.readString(MADE_OF).equals(digest)) {
        return Optional.of(LIBRARY);
      }
      Files.deleteIfExists(MADE_OF);
      Path made = FOLDER.resolve("made.so");
      if (!compile(made)) {
        return Optional.empty();
      }
      Files.move(made, LIBRARY, StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(MADE_OF, digest);
      return Optional.of(LIBRARY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String names() {
    StringBuilder names = new StringBuilder();
    for (Code code : Code.values()) {
      names.append("KERNEL(").append(code.symbol()).append(")\n");
    }
    return names.toString();
  }

  private static List<String> command(Path made) {
    List<String> command = new ArrayList<>(List.of("g++", "-std=c++17", "-O2"));
    command.addAll(List.of("-ffp-contract=off", "-fno-strict-aliasing"));
    if (System.getProperty("os.arch").equals("amd64")) {
      command.add("-mfma");
    }
    command.addAll(List.of("-Wall", "-Wno-unknown-pragmas"));
    command.addAll(List.of("-fPIC", "-fno-semantic-interposition", "-shared", "-DSTAND_IN"));
    for (Path folder : List.of(SOURCES, OWN_SOURCES, FOLDER)) {
      command.add("-I" + folder);
    }
    command.addAll(List.of("-o", made.toString(), OWN_SOURCES.resolve("stand_in.cpp").toString()));
    return command;
  }

  /** {@return the digest of all that the compiler reads and is told} */
  private static String digest() throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    digest.update(command(LIBRARY).toString().getBytes(UTF_8));
    for (Path folder : List.of(SOURCES, OWN_SOURCES)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          digest.update(Files.readAllBytes(file));
        }
      }
    }
    digest.update(ConstantsHeader.text().getBytes(UTF_8));
    digest.update(names().getBytes(UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** {@return whether there is a compiler} */
  private static boolean compile(Path made) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command(made)).redirectErrorStream(true).start();
    } catch (IOException _) { // there is no such program
      return false;
    }
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("g++ refused the kernels:\n" + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return true;
  }
}
