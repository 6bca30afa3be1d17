package org.regularizedvi.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

/** Whatever tensors are called and hold, infinities and NaN among it, a file gives them back. */
class AnyTensorsTest {
  @Property(tries = 100)
  void comeBackFromAFile(
      @ForAll @Size(max = 8) List<@Size(max = 40) float[]> values,
      @ForAll @Size(min = 8, max = 8) @UniqueElements List<String> names)
      throws IOException {
    SequencedMap<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      float[] own = values.get(i);
      tensors.put("t" + i + names.get(i), new Safetensors.Entry(new long[] {own.length}, own));
    }
    Path file = Files.createTempFile("any", ".safetensors");
    try {
      Files.delete(file);
      Safetensors.write(file, tensors);
      SequencedMap<String, Safetensors.Entry> read = Safetensors.read(file);
      assertThat(read.keySet()).containsExactlyInAnyOrderElementsOf(tensors.keySet());
      tensors.forEach(
          (name, entry) -> {
            assertThat(read.get(name).shape()).isEqualTo(entry.shape());
            assertThat(read.get(name).values()).isEqualTo(entry.values());
          });
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
