package org.regularizedvi.spark.training;

import java.io.PrintStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.regularizedvi.cli.Console;
import org.regularizedvi.cli.Mistakes;
import org.regularizedvi.cli.Worker;
import org.regularizedvi.engine.LostPeerException;
import org.regularizedvi.spark.peers.Meeting;
import org.regularizedvi.spark.peers.Secret;
import org.regularizedvi.spark.peers.TransportPeers;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** Is one worker of a training: what each task of the barrier stage does. */
final class WorkerTask extends AbstractFunction1<Iterator<Integer>, Iterator<Ended>>
    implements Serializable {
  private static final long serialVersionUID = 1;

  private final CommandParser parser;
  private final Secret secret;
  private final Said said;

  /**
   * Makes a task that all workers do.
   *
   * @param parser makes the command
   * @param secret which all workers have
   * @param said takes what the first of them says
   */
  WorkerTask(CommandParser parser, Secret secret, Said said) {
    this.parser = parser;
    this.secret = secret;
    this.said = said;
  }

  @Override
  public Iterator<Ended> apply(Iterator<Integer> ranks) {
    Locale.setDefault(Locale.ROOT); // as in the program: numbers in messages are English
    BarrierTaskContext task = BarrierTaskContext.get();
    PrintStream err = LineStream.to(line -> say(task.partitionId(), line));
    Console console = new Console(err, err, false);
    return Iterator.single(ended(task, console));
  }

  /** Tells the first worker's lines to the driver, and all lines to the log of this process. */
  private void say(int rank, String line) {
    System.err.println(line);
    if (rank == 0) {
      said.add(Word.line(line));
    }
  }

  private Ended ended(BarrierTaskContext task, Console console) {
    try (TransportPeers peers = Meeting.of(task, secret)) {
      parser
          .parse(console)
          .train(peers, new Worker.Task(task.cpus(), task::isInterrupted, temporary()));
      if (peers.ranks() > 1) {
        console.say(peers.traffic());
      }
      if (peers.rank() == 0) {
        said.add(Word.end());
      }
      return end(task, 0, false, "");
    } catch (LostPeerException e) {
      return end(task, 1, true, e.getMessage());
    } catch (Throwable e) { // Scala throws checked exceptions without saying so
      Mistakes.End end = Mistakes.of(e);
      return end(task, end.code(), false, end.text());
    }
  }

  private static Ended end(BarrierTaskContext task, int code, boolean lostPeer, String text) {
    return new Ended(
        task.partitionId(),
        SparkEnv.get().blockManager().blockManagerId().host(),
        code,
        lostPeer,
        text);
  }

  /** {@return a folder of this machine for large files, which Spark removes} */
  private static Path temporary() {
    return SparkEnv.get().blockManager().diskBlockManager().localDirs()[0].toPath();
  }
}
