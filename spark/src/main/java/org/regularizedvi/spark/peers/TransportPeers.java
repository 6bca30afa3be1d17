package org.regularizedvi.spark.peers;

import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.util.TransportConf;
import org.regularizedvi.engine.LostPeerException;
import org.regularizedvi.engine.Peers;

/**
 * Connects workers that are processes, over the transport by which Spark's own processes exchange
 * blocks: each pair by one connection, authenticated with a secret, and encrypted where Spark's
 * configuration says so ({@code spark.network.crypto.enabled}).
 *
 * <p>A worker opens its door, tells the others the port by other means, and connects.
 */
public final class TransportPeers implements Peers {
  private final int rank;
  private final List<String> hosts;
  private final List<Pipe> pipes;
  private final Door door;
  private final TransportContext transport;
  private final TransportServer server;
  private final TransportClientFactory clients;

  private long bytes;
  private long exchanges;
  private long nanos;

  /** Who was lost first: those that wait for it end too, and are lost next. */
  private final AtomicReference<LostPeerException> lost = new AtomicReference<>();

  /**
   * Opens this worker's door.
   *
   * @param rank this worker's place among all, from 0
   * @param hosts the machines of all workers, by rank; several may be on one
   * @param conf how Spark's transport is configured
   * @param secret which all workers of this training have
   * @param patience how long others are waited for
   * @throws LostPeerException when a host is not known, or nobody can be let in
   */
  TransportPeers(
      int rank, List<String> hosts, TransportConf conf, Secret secret, Patience patience) {
    this.rank = rank;
    this.hosts = List.copyOf(hosts);
    this.pipes =
        IntStream.range(0, hosts.size())
            .filter(other -> other != rank)
            .mapToObj(other -> new Pipe(other, patience, what -> wasLost(other, what)))
            .toList();
    this.door =
        new Door(
            pipes.stream().collect(Collectors.toMap(Pipe::rank, Function.identity())),
            addresses(),
            other -> wasLost(other, Pipe.ENDED));
    this.transport = new TransportContext(conf, door);
    this.server =
        transport.createServer(hosts.get(rank), 0, List.of(new AuthServerBootstrap(conf, secret)));
    this.clients =
        transport.createClientFactory(List.of(new AuthClientBootstrap(conf, Secret.USER, secret)));
  }

  private Set<InetAddress> addresses() {
    Set<InetAddress> all = new HashSet<>();
    for (int other = 0; other < hosts.size(); other++) {
      try {
        all.addAll(Arrays.asList(InetAddress.getAllByName(hosts.get(other))));
      } catch (UnknownHostException e) {
        throw new LostPeerException(
            other, hosts.size(), "runs on %s, which has no address here".formatted(e.getMessage()));
      }
    }
    return all;
  }

  /** {@return the port at which the others find this worker} */
  public int port() {
    return server.getPort();
  }

  /**
   * Connects this worker with all others, which do the same.
   *
   * @param ports those of all workers, by rank
   * @throws LostPeerException when one cannot be reached, or does not know the secret
   */
  public void connect(List<Integer> ports) {
    for (Pipe pipe : pipes) {
      if (pipe.rank() > rank) {
        greet(pipe.rank(), ports.get(pipe.rank()));
      }
    }
    pipes.forEach(pipe -> of(pipe, () -> pipe.awaitConnection(timeout())));
  }

  private long timeout() {
    return transport.getConf().connectionTimeoutMs();
  }

  private void greet(int other, int port) {
    String host = hosts.get(other);
    try {
      TransportClient client = clients.createUnmanagedClient(host, port);
      door.connect(other, client);
      client.sendRpcSync(Door.words(rank), timeout());
    } catch (IOException | RuntimeException e) {
      throw new LostPeerException(
          other,
          hosts.size(),
          "cannot be reached at %s:%d: %s".formatted(host, port, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      throw Pipe.interrupted(e);
    }
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int ranks() {
    return hosts.size();
  }

  @Override
  public void exchange(List<MemorySegment> to, List<MemorySegment> from) {
    long start = System.nanoTime();
    sendAndReceive(to, from);
    nanos += System.nanoTime() - start;
    pipes.forEach(pipe -> bytes += to.get(pipe.rank()).byteSize());
    exchanges++;
  }

  /** {@return a sentence on what this worker has sent} */
  public String traffic() {
    return String.format(
        Locale.ROOT,
        "worker %d sent %,d bytes to the others in %,d exchanges, which took %.1f s",
        rank,
        bytes,
        exchanges,
        nanos / 1e9);
  }

  private void sendAndReceive(List<MemorySegment> to, List<MemorySegment> from) {
    List<Optional<ChannelFuture>> sent =
        pipes.stream().map(pipe -> pipe.send(to.get(pipe.rank()))).toList();
    try {
      pipes.forEach(pipe -> of(pipe, () -> pipe.receive(from.get(pipe.rank()))));
      for (int i = 0; i < pipes.size(); i++) {
        Pipe pipe = pipes.get(i);
        sent.get(i).ifPresent(last -> of(pipe, () -> pipe.await(last)));
      }
    } catch (RuntimeException e) {
      // Nobody reads the pieces any more when this returns.
      pipes.forEach(this::closeAfterFailure);
      sent.forEach(last -> last.ifPresent(ChannelFuture::awaitUninterruptibly));
      throw e;
    }
  }

  private void closeAfterFailure(Pipe pipe) {
    Optional.ofNullable(lost.get()).ifPresentOrElse(who -> pipe.closeFor(who.rank()), pipe::close);
  }

  /** Does something with another worker, or says who was lost first. */
  private void of(Pipe pipe, Runnable work) {
    try {
      work.run();
    } catch (Pipe.EndedException e) {
      wasLost(pipe.rank(), e.getMessage());
      throw lost.get();
    }
  }

  private void wasLost(int other, String what) {
    lost.compareAndSet(null, new LostPeerException(other, hosts.size(), what));
  }

  @Override
  public void close() {
    pipes.forEach(Pipe::close);
    clients.close();
    server.close();
    transport.close();
  }
}
