package org.regularizedvi.spark.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.regularizedvi.engine.LostPeerException;
import org.regularizedvi.engine.Peers;

/** Workers of one process that are connected as those of several are. */
@Timeout(60)
class TransportPeersTest {
  private static final String HERE = "127.0.0.1";

  /** None, a few, as many as a message holds and around it, and many messages. */
  private static final int[] SIZES = {0, 1, 1 << 12, (1 << 19) - 1, (1 << 19) + 1, 5_000_000, 3};

  private interface Work {
    void by(Peers peers);
  }

  @Test
  void piecesArriveWhole() throws Exception {
    for (int ranks : new int[] {1, 2, 3}) {
      together(ranks, conf(Map.of()), TransportPeersTest::exchangeAll);
    }
  }

  @Test
  void encryptedToo() throws Exception {
    together(
        2, conf(Map.of("spark.network.crypto.enabled", "true")), TransportPeersTest::exchangeAll);
  }

  /** Exchanges pieces of all sizes, each worker at a pace of its own. */
  private static void exchangeAll(Peers peers) {
    try (Arena arena = Arena.ofShared()) {
      for (int round = 0; round < SIZES.length; round++) {
        List<MemorySegment> to = new ArrayList<>();
        List<MemorySegment> from = new ArrayList<>();
        for (int other = 0; other < peers.ranks(); other++) {
          // Sizes differ by sender and receiver too.
          to.add(arena.allocate(SIZES[(round + peers.rank() + other) % SIZES.length] + 0L));
          from.add(arena.allocate(SIZES[(round + other + peers.rank()) % SIZES.length] + 0L));
          fill(to.get(other), round, peers.rank(), other);
        }
        if ((round + peers.rank()) % 2 == 0) {
          pause();
        }
        peers.exchange(to, from);
        for (int other = 0; other < peers.ranks(); other++) {
          MemorySegment expected = arena.allocate(from.get(other).byteSize());
          if (other != peers.rank()) {
            fill(expected, round, other, peers.rank());
          }
          assertThat(from.get(other).mismatch(expected)).isEqualTo(-1);
        }
      }
      byte[] own = new byte[1000 * peers.rank()];
      List<byte[]> all = peers.gather(own);
      for (int other = 0; other < peers.ranks(); other++) {
        assertThat(all.get(other)).hasSize(1000 * other);
      }
    }
  }

  private static void fill(MemorySegment piece, int round, int from, int to) {
    for (long i = 0; i < piece.byteSize(); i++) {
      piece.set(ValueLayout.JAVA_BYTE, i, (byte) (i * 31 + i / 251 + round * 7 + from * 3 + to));
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Also where who has lost the worker ends before that is heard of otherwise. */
  @RepeatedTest(20)
  void whoEndsIsNamedAtOnce() throws Exception {
    together(
        3,
        conf(Map.of()),
        peers -> {
          if (peers.rank() == 1) {
            pause();
            return; // closes
          }
          try (Arena arena = Arena.ofShared()) {
            List<MemorySegment> pieces = Collections.nCopies(3, arena.allocate(8));
            assertThat(catchThrowable(() -> peers.exchange(pieces, pieces)))
                .isInstanceOf(LostPeerException.class)
                .hasMessage("Worker 1 of 3 (counted from 0) has ended.");
          }
        });
  }

  /** A machine that is gone closes no connection: Spark misses it, and wants all tasks to end. */
  @Test
  void nobodyWaitsForEverForASilentWorker() throws Exception {
    AtomicBoolean unwanted = new AtomicBoolean();
    Secret secret = Secret.draw();
    List<TransportPeers> all =
        open(
            2,
            List.of(HERE, HERE),
            conf(Map.of()),
            _ -> secret,
            new Patience(unwanted::get, Duration.ofMillis(10)));
    assertThat(connect(all)).containsOnlyNulls();
    unwanted.set(true);
    try (TransportPeers waiting = all.get(0);
        TransportPeers _ = all.get(1);
        Arena arena = Arena.ofShared()) {
      List<MemorySegment> pieces = Collections.nCopies(2, arena.allocate(8));
      assertThat(catchThrowable(() -> waiting.exchange(pieces, pieces)))
          .isInstanceOf(LostPeerException.class)
          .hasMessage(
              "Worker 1 of 2 (counted from 0) says nothing, and Spark wants this task to end.");
    }
  }

  @Test
  void withoutTheSecretNobodyIsLetIn() throws Exception {
    for (String encrypted : List.of("false", "true")) {
      TransportConf conf =
          conf(
              Map.of(
                  "spark.network.crypto.enabled",
                  encrypted,
                  "spark.regularizedvi.io.connectionTimeout",
                  "1s"));
      List<TransportPeers> all =
          open(2, List.of(HERE, HERE), conf, _ -> Secret.draw(), new Patience(() -> false));
      List<Throwable> thrown = connect(all);
      assertThat(thrown.get(0))
          .isInstanceOf(LostPeerException.class)
          .hasMessageStartingWith(
              "Worker 1 of 2 (counted from 0) cannot be reached at 127.0.0.1:%d:"
                  .formatted(all.get(1).port()));
      assertThat(thrown.get(1))
          .isInstanceOf(LostPeerException.class)
          .hasMessage("Worker 0 of 2 (counted from 0) has not come within 1 s.");
      all.forEach(TransportPeers::close);
    }
  }

  /** A stranger on another machine does not even get to be asked for the secret. */
  @Test
  void otherMachinesAreNotLetIn() throws Exception {
    Secret secret = Secret.draw();
    try (TransportPeers peers =
            new TransportPeers(
                0,
                List.of("127.0.0.1", "127.0.0.2"),
                conf(Map.of()),
                secret,
                new Patience(() -> false));
        Socket worker = new Socket();
        Socket stranger = new Socket()) {
      worker.bind(new java.net.InetSocketAddress("127.0.0.2", 0));
      worker.connect(new java.net.InetSocketAddress(HERE, peers.port()));
      worker.setSoTimeout(200);
      assertThat(catchThrowable(() -> worker.getInputStream().read()))
          .isInstanceOf(java.net.SocketTimeoutException.class);
      stranger.bind(new java.net.InetSocketAddress("127.0.0.3", 0));
      stranger.connect(new java.net.InetSocketAddress(HERE, peers.port()));
      stranger.setSoTimeout(20_000);
      assertThat(stranger.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static TransportConf conf(Map<String, String> options) {
    return new TransportConf("regularizedvi", new MapConfigProvider(options));
  }

  private static List<TransportPeers> open(
      int ranks,
      List<String> hosts,
      TransportConf conf,
      IntFunction<Secret> secrets,
      Patience patience) {
    return IntStream.range(0, ranks)
        .mapToObj(rank -> new TransportPeers(rank, hosts, conf, secrets.apply(rank), patience))
        .toList();
  }

  /** Returns what each throws, or null. */
  private static List<Throwable> connect(List<TransportPeers> all) throws Exception {
    List<Integer> ports = all.stream().map(TransportPeers::port).toList();
    return inThreads(all.size(), rank -> () -> catchThrowable(() -> all.get(rank).connect(ports)));
  }

  private static void together(int ranks, TransportConf conf, Work work) throws Exception {
    Secret secret = Secret.draw();
    List<TransportPeers> all =
        open(ranks, Collections.nCopies(ranks, HERE), conf, _ -> secret, new Patience(() -> false));
    assertThat(connect(all)).containsOnlyNulls();
    inThreads(
        ranks,
        rank ->
            () -> {
              try (TransportPeers own = all.get(rank)) {
                work.by(own);
              }
              return null;
            });
  }

  private static <T> List<T> inThreads(int ranks, IntFunction<Callable<T>> work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(ranks)) {
      List<Future<T>> running = new ArrayList<>();
      for (int rank = 0; rank < ranks; rank++) {
        running.add(threads.submit(work.apply(rank)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    }
  }
}
