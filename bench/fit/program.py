"""Runs commands of the program in one process that stays, and says what a training found."""

import json
import os
import subprocess
import time
from pathlib import Path

import numpy as np

from datasets import read

ROOT = Path(os.environ.get("REGULARIZEDVI_ROOT", Path(__file__).parents[2]))


class Program:
    """Builds the program if that is needed; JAVA_OPTS holds further options of the JVM."""

    def __init__(self, work):
        self.work = work
        launcher = ROOT / "regularizedvi"
        subprocess.run([launcher, "--version"], check=True, stdout=subprocess.DEVNULL)
        jdk = subprocess.run([launcher, "--print-jdk"], check=True, capture_output=True, text=True).stdout.strip()
        target = ROOT / "cli/target"
        jar = next(target.glob("regularizedvi*.jar"))
        self.process = subprocess.Popen(
            [f"{jdk}/bin/java", "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
             "--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC", *os.environ.get("JAVA_OPTS", "").split(),
             "-cp", f"{jar}:{target}/lib/*:{target}/native", str(Path(__file__).with_name("Commands.java"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(work / "program.log", "a"), text=True,
        )  # fmt: skip

    def run(self, *arguments):
        """What the command printed; an error if its exit code is not 0."""
        print("\t".join(map(str, arguments)), file=self.process.stdin, flush=True)
        lines = []
        for line in self.process.stdout:
            if line.startswith("exit "):
                if line != "exit 0\n":
                    raise RuntimeError(f"{arguments}: {line}see {self.work}/program.log")
                return "".join(lines)
            lines.append(line)
        raise RuntimeError(f"the program ended; see {self.work}/program.log")


def train(program, one, split, seed, options):
    """Trains on all cells that are not held out unless the options say otherwise; the latent space is that of all cells."""
    model, metrics = program.work / "model", program.work / "metrics"
    embedded = program.work / f"embedded{split.all.suffix}"
    size = [] if "--train-size" in options else ["--train-size", "1.0"]
    start = time.perf_counter()
    program.run("train", split.train, "--model-dir", model, "--metrics-out", metrics, "--overwrite", "--restart", "--trust-input",
                "--seed", seed, "--threads", 2, *one.keys, *size, *options)  # fmt: skip
    seconds = time.perf_counter() - start
    found = json.loads(program.run("evaluate", split.test, "--model-dir", model, "--trust-input", "--threads", 2))
    program.run("embed", split.all, "--model-dir", model, "--out", embedded, "--overwrite", "--trust-input",
                "--threads", 2)  # fmt: skip
    z = np.asarray(read(embedded).obsm["X_regularizedvi"], float)
    trained = json.load(open(metrics / "metrics.json"))
    return z, dict(elbo=found["elbo"], log_likelihood=-found["reconstruction"], active=found["n_active_dims"],
                   train_elbo=trained["elbo_train"], epochs=trained["epochs"], seconds=seconds)  # fmt: skip
