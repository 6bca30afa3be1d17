package org.regularizedvi.spark.peers;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.netty.SparkTransportConf;
import org.apache.spark.network.util.TransportConf;
import org.regularizedvi.engine.LostPeerException;
import scala.Option;

/** Is where the tasks of a barrier stage, each of which is a worker, find each other. */
public final class Meeting {
  /** Options of the transport are called {@code spark.regularizedvi.io...}. */
  private static final String MODULE = "regularizedvi";

  private Meeting() {}

  /**
   * {@return this task's worker, connected with those of all others, which do the same}
   *
   * @param task of this thread; its partition is the worker's rank
   * @param secret of this training
   * @throws LostPeerException naming the worker that does not come
   */
  public static TransportPeers of(BarrierTaskContext task, Secret secret) {
    List<String> hosts =
        Arrays.stream(task.getTaskInfos()).map(other -> host(other.address())).toList();
    TransportPeers peers =
        new TransportPeers(
            task.partitionId(), hosts, conf(task), secret, new Patience(task::isInterrupted));
    try {
      String[] ports = task.allGather(Integer.toString(peers.port()));
      peers.connect(Arrays.stream(ports).map(Integer::valueOf).toList());
      return peers;
    } catch (RuntimeException e) {
      peers.close();
      throw e;
    }
  }

  private static TransportConf conf(BarrierTaskContext task) {
    SparkEnv spark = SparkEnv.get();
    return SparkTransportConf.fromSparkConf(
        spark.conf(),
        MODULE,
        task.cpus(),
        Option.empty(),
        Option.apply(spark.securityManager().getRpcSSLOptions()));
  }

  /** {@return the host of an address, behind which a port stands} */
  private static String host(String address) {
    return address.substring(0, address.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
  }
}
