package org.regularizedvi.spark.peers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;

/**
 * Lets the other workers of a training in and nobody else: connections come from their hosts, know
 * the secret, which Spark's transport asks for before it hands on anything, and say first which
 * worker they are. In the end they may say which worker they have lost.
 */
final class Door extends RpcHandler {
  private final Map<Integer, Pipe> pipes;
  private final Set<InetAddress> hosts;
  private final IntConsumer whenLost;
  private final Map<Object, Pipe> byChannel = new ConcurrentHashMap<>();
  private final StreamManager nothingToFetch = new OneForOneStreamManager();

  /**
   * Makes a door.
   *
   * @param pipes to the other workers, by rank
   * @param hosts those that workers run on
   * @param whenLost is told which worker another has lost, on the transport's thread
   */
  Door(Map<Integer, Pipe> pipes, Set<InetAddress> hosts, IntConsumer whenLost) {
    this.pipes = Map.copyOf(pipes);
    this.hosts = Set.copyOf(hosts);
    this.whenLost = whenLost;
  }

  /**
   * {@return the rank of a worker as it is said: in the first words of that worker, or the last}
   */
  static ByteBuffer words(int rank) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(0, rank);
  }

  /**
   * Takes a connection to a worker.
   *
   * @return false when there is no such worker, or it is connected already
   */
  boolean connect(int rank, TransportClient client) {
    Optional<Pipe> pipe =
        Optional.ofNullable(pipes.get(rank)).filter(own -> own.connect(client.getChannel()));
    pipe.ifPresent(own -> byChannel.put(client.getChannel(), own));
    return pipe.isPresent();
  }

  @Override
  public void channelActive(TransportClient client) {
    if (!isOfAWorker(client.getSocketAddress())) {
      client.close();
    }
  }

  private boolean isOfAWorker(SocketAddress address) {
    return address instanceof InetSocketAddress net && hosts.contains(net.getAddress());
  }

  @Override
  public void receive(TransportClient client, ByteBuffer words, RpcResponseCallback callback) {
    boolean known = byChannel.containsKey(client.getChannel());
    int rank = words.remaining() == Integer.BYTES ? words.getInt() : -1;
    if (known && pipes.containsKey(rank)) {
      whenLost.accept(rank);
    } else if (!known && connect(rank, client)) {
      callback.onSuccess(ByteBuffer.allocate(0));
    } else {
      callback.onFailure(new IllegalArgumentException("Expected a worker that is not here yet"));
      client.close();
    }
  }

  @Override
  public void receive(TransportClient client, ByteBuffer message) {
    Optional.ofNullable(byChannel.get(client.getChannel()))
        .ifPresentOrElse(pipe -> pipe.arrived(message), client::close);
  }

  @Override
  public void channelInactive(TransportClient client) {
    end(client, Pipe.ENDED);
  }

  @Override
  public void exceptionCaught(Throwable cause, TransportClient client) {
    end(client, "cannot be reached any more: " + cause.getMessage());
  }

  private void end(TransportClient client, String what) {
    Optional.ofNullable(byChannel.get(client.getChannel())).ifPresent(pipe -> pipe.ended(what));
  }

  @Override
  public StreamManager getStreamManager() {
    return nothingToFetch;
  }
}
