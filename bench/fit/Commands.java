import java.io.BufferedReader;
import java.io.InputStreamReader;
import org.regularizedvi.cli.Main;

/**
 * Runs the program's commands one after another in one process, so that only the first waits for
 * the just-in-time compiler: a command a line, its arguments with tabs between. After the output of
 * each it prints "exit" and the code.
 */
final class Commands {
  private Commands() {}

  public static void main(String[] none) throws java.io.IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println("exit " + Main.execute(line.split("\t"), System.out, System.err));
    }
  }
}
