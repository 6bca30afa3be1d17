package org.regularizedvi.gpu.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.regularizedvi.gpu.StandIn;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.code.SharedBytes;
import org.regularizedvi.input.InputException;

final class DeviceTest {
  @Test
  void aMachineWithoutADriverIsToldSo() {
    assertThatExceptionOfType(MissingDeviceException.class)
        .isThrownBy(() -> Device.look("libno-such-driver.so.1"))
        .withMessage("no NVIDIA driver was found, whose library is libno-such-driver.so.1");
  }

  @Test
  void anOldCardOrDriverIsToldSo() {
    assertThat(new DeviceFacts("Tesla V100", 13000, 7, 0, 1).lack())
        .hasValue(
            "the card, Tesla V100, has compute capability 7.0, but 8.0 is needed (Ampere or later)");
    assertThat(new DeviceFacts("A100", 11080, 8, 0, 1).lack())
        .hasValue(
            "the NVIDIA driver knows CUDA up to 11.8, but 12.1 is needed (driver 530 or later)");
    assertThat(new DeviceFacts("H100", 12010, 9, 0, 1).lack()).isEmpty();
  }

  @Test
  void aCardIsFoundAndHasAllKernels() {
    try (Device device = StandIn.open()) {
      assertThat(device.facts().lack()).isEmpty();
      assertThat(device.facts()).isEqualTo(Device.look(StandIn.library()));
      for (Code code : Code.values()) {
        assertThat(device.kernel(code.symbol(), code.sharedBytes()).name())
            .isEqualTo(code.symbol());
      }
    }
  }

  @Test
  void whatTheDriverRefusesIsASentence() {
    try (Device device = StandIn.open()) {
      assertThatThrownBy(() -> device.kernel("noSuchKernel", 0))
          .isInstanceOf(DriverException.class)
          .hasMessageMatching(
              "The NVIDIA driver answered cuModuleGetFunction with error 500, .+ \\(.+\\)\\.");
    }
    assertThatThrownBy(() -> Device.open(StandIn.library(), "no code"))
        .isInstanceOf(DriverException.class)
        .hasMessageContaining("cuModuleLoadData");
  }

  @Test
  void tooLittleMemoryIsTheUsersToMend() {
    try (Device device = StandIn.open();
        DeviceArena arena = new DeviceArena(device)) {
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> arena.zeros(1L << 50))
          .withMessageMatching(
              "The card .+ has .+ GB of memory left, but 1125899\\.91 GB more are needed; expected a smaller --batch-size, fewer features, or --device cpu\\.");
    }
  }

  /** Above 48 KiB a kernel must have been promised its shared memory, which not all cards can. */
  @Test
  void sharedMemoryIsPromisedBeforeItIsUsed() {
    try (Device device = StandIn.open();
        Arena arena = Arena.ofConfined()) {
      Kernel kernel = device.kernel(Code.SUM_UP.symbol(), Code.SUM_UP.sharedBytes());
      Kernel greedy = new Kernel(kernel.name(), kernel.address(), SharedBytes.HEAD);
      assertThatThrownBy(
              () -> Launch.of(greedy, new LaunchShape(1, 1, 1), arena, 0, 0, 0).on(device))
          .isInstanceOf(DriverException.class)
          .hasMessageContaining("cuLaunchKernel");
      assertThatThrownBy(() -> device.kernel(Code.SUM_UP.symbol(), 1 << 20))
          .isInstanceOf(DriverException.class)
          .hasMessageContaining("cuFuncSetAttribute");
    }
  }

  @Test
  void whatTheDriverHandedOutIsGivenBack() {
    StandIn.require();
    int before = StandIn.held();
    try (Device device = StandIn.open();
        DeviceArena arena = new DeviceArena(device)) {
      arena.pinned(8);
      assertThat(StandIn.held()).isEqualTo(before + 4);
    }
    assertThat(StandIn.held()).isEqualTo(before);
    assertThatThrownBy(() -> Device.open(StandIn.library(), "no code"))
        .isInstanceOf(DriverException.class);
    assertThat(StandIn.held()).isEqualTo(before);
  }

  @Test
  void structuresAreLaidOutAsInC() {
    try (Arena arena = Arena.ofConfined()) {
      Struct inner = new Struct(arena).putAll(7, new DeviceMemory(null, 0x1234, 8));
      Struct outer = new Struct(arena).putAll(1, 2f, 3.0, 4, inner);
      assertThat(inner.memory().byteSize()).isEqualTo(16);
      assertThat(outer.memory().byteSize()).isEqualTo(40);
      assertThat(outer.memory().get(ValueLayout.JAVA_LONG, 32)).isEqualTo(0x1234);
      assertThatThrownBy(() -> outer.put("text")).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
