package org.regularizedvi.core.python;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.input.InputException;

/** Damaged and hostile files: a sentence, never anything else. */
final class HostilePickleTest {
  private static final Path GOOD = Path.of("src/test/resources/python_models/single/model.pt");

  @TempDir Path dir;

  @Test
  void everyTruncatedPickleIsRefused() {
    byte[] pickle = pickle();
    for (int length = 0; length < pickle.length; length++) {
      byte[] cut = Arrays.copyOf(pickle, length);
      assertThatThrownBy(() -> parse(cut))
          .as("%d bytes", length)
          .isInstanceOf(InputException.class);
    }
  }

  @Test
  void everyFourthFlippedByteIsReadOrRefused() {
    flipEach(4);
  }

  @Test
  @Tag("long")
  void everyFlippedByteIsReadOrRefused() {
    flipEach(1);
  }

  private static void flipEach(int step) {
    byte[] pickle = pickle();
    Random random = new Random(1);
    Assertions.assertTimeout(
        Duration.ofMinutes(3),
        () -> {
          int refused = 0;
          for (int at = random.nextInt(step); at < pickle.length; at += step) {
            for (int bits : new int[] {0xff, 1 << random.nextInt(8)}) {
              byte[] flipped = pickle.clone();
              flipped[at] ^= (byte) bits;
              try {
                parse(flipped);
              } catch (InputException e) {
                refused++;
              }
            }
          }
          // The rest are in names and numbers, which can be others.
          assertThat(refused).isGreaterThan(pickle.length / step);
        });
  }

  @Test
  void everyTruncatedFileIsRefused() throws IOException {
    byte[] file = Files.readAllBytes(GOOD);
    Path cut = dir.resolve("model.pt");
    for (int length = 0; length < file.length; length += 997) {
      Files.write(cut, Arrays.copyOf(file, length));
      assertThatThrownBy(() -> PythonModelFolder.read(dir))
          .as("%d bytes", length)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("is not a zip");
    }
  }

  @Test
  void flippedBytesOfTheFileAreReadOrRefused() throws IOException {
    byte[] file = Files.readAllBytes(GOOD);
    Path other = dir.resolve("model.pt");
    for (int at = 0; at < file.length; at += 491) {
      byte[] flipped = file.clone();
      flipped[at] ^= (byte) 0xff;
      Files.write(other, flipped);
      try {
        PythonModelFolder.read(dir);
      } catch (InputException e) {
        assertThat(e.getMessage()).contains(other.toString());
      }
    }
  }

  @Test
  void aNameThatIsNotAllowedIsRefusedAndNotRun() {
    Path trace = dir.resolve("trace");
    assertRefused("cposix\nsystem\n(X" + text("touch " + trace) + "tR.", "posix system");
    assertRefused("cbuiltins\neval\n(X" + text("1") + "tR.", "builtins eval");
    assertRefused("ctorch\nload\n.", "torch load");
    assertRefused("cnumpy\nload\n.", "numpy load");
    assertThat(trace).doesNotExist();
  }

  @Test
  void opcodesThatSavedModelsDoNotHaveAreRefused() {
    assertRefused("(icposix\nsystem\n.", "opcode 0x69");
    assertRefused("(oposix\n.", "opcode 0x6f");
    assertRefused("\u0082\u0001.", "opcode 0x82"); // a registered extension
    assertRefused("\u0093.", "opcode 0x93"); // a name from the stack
    assertRefused("Ptensor\n.", "opcode 0x50");
  }

  @Test
  void sizesAreCheckedBeforeMemoryIsTaken() {
    assertRefused("X\u00ff\u00ff\u00ff\u007f.", "does not fit");
    assertRefused("X\u00ff\u00ff\u00ff\u00ff.", "does not fit");
    assertRefused("\u008a\u00ff1.", "a number has 255 bytes");
    assertThatThrownBy(() -> parse(ascii("(((((((.")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a value is missing");
    // A list that contains itself and a deep one.
    assertRefused("]q\u0000h\u0000a.", "should be a dict");
    assertRefused(")" + "\u0085".repeat(100_000) + ".", "should be a dict");
  }

  @Test
  void aTensorMustLieWithinItsStorage() {
    for (List<Long> bad :
        List.of(
            List.of(0L, 3L, 1L, 2L), // more than there are
            List.of(1L, 2L, 1L, 2L), // behind the end
            List.of(0L, 2L, 5L, 2L), // too far apart
            List.of(0L, 1L << 40, 0L, 2L), // the same one very often
            List.of(-1L, 2L, 1L, 2L))) {
      PyValue storage =
          new PyValue.Stored(
              PyValue.Tuple.of(
                  new PyValue.Text("storage"),
                  new PyValue.Named(StorageType.FLOAT.python()),
                  new PyValue.Text("0"),
                  new PyValue.Text("cpu"),
                  new PyValue.Whole(bad.get(3))));
      PyValue tensor =
          PyValue.Made.call(
              PyNames.TENSOR,
              storage,
              new PyValue.Whole(bad.get(0)),
              PyValue.Tuple.of(new PyValue.Whole(bad.get(1))),
              PyValue.Tuple.of(new PyValue.Whole(bad.get(2))));
      Content state = new Content(new PyValue.Dict().with("w", tensor), "model.pt", "");
      assertThatThrownBy(() -> new TensorReader((_, bytes) -> new byte[(int) bytes]).read(state))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("w should be a tensor that lies within its storage");
    }
  }

  private static void assertRefused(String opcodes, String why) {
    assertThatThrownBy(() -> parse(ascii("\u0080\u0002" + opcodes)))
        .as(opcodes.substring(0, Math.min(40, opcodes.length())))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(why);
  }

  private static String text(String text) {
    return (char) text.length() + "\u0000\u0000\u0000" + text;
  }

  private static byte[] ascii(String opcodes) {
    return opcodes.getBytes(ISO_8859_1);
  }

  private static byte[] pickle() {
    try (TorchZip zip = TorchZip.open(GOOD)) {
      return zip.pickle();
    }
  }

  /** Storages that exist at every size, so that only the pickle decides. */
  private static PythonModel parse(byte[] pickle) {
    return PythonModelFolder.parse(
        pickle,
        (key, bytes) -> {
          if (bytes > 1_000_000) {
            throw new InputException("storage %s has not %d bytes".formatted(key, bytes));
          }
          return new byte[(int) bytes];
        },
        "model.pt");
  }
}
