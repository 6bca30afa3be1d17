"""fit.py RESULTS.tsv METHODS.tsv FOLDER...: how well models fit the sets of the folders; docs/fit.md tells how to read it.

A line of METHODS.tsv is a name and, after a tab, the options of train; {sizes} stands for the network that sets.tsv names
for a set. The names pca and scvi stand for those. Results are added to RESULTS.tsv: a run that is there already is left out,
so that the same command goes on where it was stopped. RESULTS.md has the means over seeds, RESULTS.svg plots them.
"""

import argparse
import csv
import itertools
from pathlib import Path

import numpy as np

import baselines
import page
from datasets import sets, split
from program import Program, train
from scores import scores

COLUMNS = ["set", "method", "seed", "elbo", "log_likelihood", "knn", "knn_balanced", "ari", "nmi", "mixing", "active",
           "train_elbo", "epochs", "seconds"]  # fmt: skip

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("results", type=Path)
parser.add_argument("methods", type=Path)
parser.add_argument("folders", nargs="+", type=Path)
parser.add_argument("--seeds", default="0,1,2")
parser.add_argument("--sets", help="these alone, with commas between")
parser.add_argument("--genes", type=int, default=0, help="at most so many features of a modality, those that vary most")
parser.add_argument("--work", type=Path, default=Path("fit-work"), help="folder for files in between")
arguments = parser.parse_args()

arguments.work.mkdir(parents=True, exist_ok=True)
methods = [line.rstrip("\n").split("\t") for line in open(arguments.methods) if line.strip()]
chosen = [one for one in sets(arguments.folders) if not arguments.sets or one.name in arguments.sets.split(",")]
if not arguments.results.exists():
    arguments.results.write_text("\t".join(COLUMNS) + "\n")
done = {(row["set"], row["method"], row["seed"]) for row in csv.DictReader(open(arguments.results), delimiter="\t")}
program, splits = None, {}
for seed, (method, *options), one in itertools.product(arguments.seeds.split(","), methods, chosen):
    if (one.name, method, seed) in done:
        continue
    if one.name not in splits:
        splits[one.name] = split(one, arguments.genes, arguments.work)
    cut = splits[one.name]
    if method in ("pca", "scvi"):
        z, fit = getattr(baselines, method)(one, cut, int(seed))
    else:
        program = program or Program(arguments.work)
        z, fit = train(program, one, cut, seed, " ".join(options).replace("{sizes}", " ".join(one.sizes)).split())
    np.save(arguments.work / f"{one.name}, {method}, {seed}.npy".replace("/", "-"), z.astype(np.float32))
    row = dict(set=one.name, method=method, seed=seed) | fit | scores(z, cut.cells.obs, one)
    with open(arguments.results, "a") as out:
        values = [row.get(column, "") for column in COLUMNS]
        print("\t".join(f"{v:.4f}" if isinstance(v, float) else str(v) for v in values), file=out)
    print(one.name, method, seed, *(f"{k} {v:.3f}" for k, v in row.items() if isinstance(v, float)), flush=True)
page.write(arguments.results)
