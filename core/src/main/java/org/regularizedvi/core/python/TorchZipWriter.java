package org.regularizedvi.core.python;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the zip that {@code torch.load} reads: nothing compressed, little-endian, version 3. */
final class TorchZipWriter {
  private static final String PREFIX = "model/";

  private TorchZipWriter() {}

  static void write(Path file, byte[] pickle, List<TensorWriter.Storage> storages)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      zip.setMethod(ZipOutputStream.STORED);
      put(zip, "data.pkl", pickle);
      put(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < storages.size(); i++) {
        put(zip, "data/" + i, bytes(storages.get(i)));
      }
      put(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static byte[] bytes(TensorWriter.Storage storage) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(storage.values().length, storage.type().bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float value : storage.values()) {
      switch (storage.type()) {
        case FLOAT -> bytes.putFloat(value);
        case DOUBLE -> bytes.putDouble(value);
        case LONG -> bytes.putLong((long) value);
        case INT -> bytes.putInt((int) value);
      }
    }
    return bytes.array();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    ZipEntry entry = new ZipEntry(PREFIX + name);
    entry.setSize(bytes.length);
    entry.setCompressedSize(bytes.length);
    entry.setCrc(sum.getValue());
    // A time of its own would make equal models different files.
    entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
