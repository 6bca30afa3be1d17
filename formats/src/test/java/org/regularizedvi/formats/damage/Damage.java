package org.regularizedvi.formats.damage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A way to damage the bytes of a file, a function of a seed. */
public enum Damage {
  /** As after an interrupted download. */
  CUT {
    @Override
    public byte[] of(byte[] whole, SplittableRandom random) {
      int lost = random.nextBoolean() ? random.nextInt(whole.length) : random.nextInt(4096);
      return Arrays.copyOf(whole, whole.length - 1 - Math.min(lost, whole.length - 1));
    }
  },
  /** One byte anywhere, most often among values. */
  FLIP {
    @Override
    public byte[] of(byte[] whole, SplittableRandom random) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 + random.nextInt(255));
      return damaged;
    }
  },
  /** One byte that is not zero and has zeros around it, as most of what describes has. */
  FLIP_OF_DESCRIPTION {
    @Override
    public byte[] of(byte[] whole, SplittableRandom random) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(1, whole.length - 1);
      for (int tried = 0; tried < whole.length; tried++) {
        if (whole[at] != 0 && (whole[at - 1] == 0 || whole[at + 1] == 0)) {
          break;
        }
        at = at + 1 < whole.length - 1 ? at + 1 : 1;
      }
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      return damaged;
    }
  },
  /** A page of noise. */
  NOISE {
    @Override
    public byte[] of(byte[] whole, SplittableRandom random) {
      byte[] damaged = whole.clone();
      int length = 1 << random.nextInt(3, 10);
      int from = random.nextInt(Math.max(1, whole.length - length));
      for (int i = from; i < Math.min(whole.length, from + length); i++) {
        damaged[i] = (byte) random.nextInt(256);
      }
      return damaged;
    }
  },
  /** A small number of eight bytes, such as a length or an address, becomes absurd. */
  ABSURD {
    @Override
    public byte[] of(byte[] whole, SplittableRandom random) {
      ByteBuffer damaged = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN);
      int words = whole.length / Long.BYTES;
      int word = random.nextInt(words);
      for (int tried = 0; tried < words; tried++) {
        long value = damaged.getLong(word * Long.BYTES);
        if (value > 0 && value < 1_000_000) {
          break;
        }
        word = (word + 1) % words;
      }
      damaged.putLong(word * Long.BYTES, random.nextLong() >>> random.nextInt(40));
      return damaged.array();
    }
  },
  /** A piece stands where another belongs: of the wrong type, or leading in circles. */
  MISPLACED {
    @Override
    public byte[] of(byte[] whole, SplittableRandom random) {
      byte[] damaged = whole.clone();
      int length = Long.BYTES << random.nextInt(5);
      int from = random.nextInt((whole.length - length) / Long.BYTES) * Long.BYTES;
      int to = random.nextInt((whole.length - length) / Long.BYTES) * Long.BYTES;
      System.arraycopy(whole, from, damaged, to, length);
      return damaged;
    }
  };

  public abstract byte[] of(byte[] whole, SplittableRandom random);
}
