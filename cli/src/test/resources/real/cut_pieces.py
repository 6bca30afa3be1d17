#!/usr/bin/env python3
"""Cuts small pieces out of real sets of counts: usage: cut_pieces.py FOLDER_OF_SETS OUT_FOLDER

Of every .h5ad and .h5mu in the folder, 60 cells drawn at random and, of each modality, the 100
features found in most of them and 100 drawn from the others, in the order of the set. Tables of
cells stay as they are. Made with anndata 0.12.19 and mudata 0.3.10; SOURCES.md says where the sets
are from.
"""
import sys
from pathlib import Path

import anndata as ad
import mudata as mu
import numpy as np

CELLS, FREQUENT, OTHERS = 60, 100, 100

mu.set_options(pull_on_update=False)


def drawn(generator, among, number):
    return np.sort(generator.choice(among, number, replace=False))


def features(generator, counts):
    found = np.asarray((counts > 0).sum(axis=0)).ravel()
    order = np.argsort(-found, kind="stable")
    return np.sort(np.append(order[:FREQUENT], drawn(generator, order[FREQUENT:], OTHERS)))


def piece(generator, whole, names):
    cells = whole[names]
    return cells[:, features(generator, cells.X)].copy()


def cut(file, out):
    generator = np.random.default_rng(0)
    several = file.suffix == ".h5mu"
    whole = (mu.read_h5mu if several else ad.read_h5ad)(file)
    names = whole.obs_names[drawn(generator, whole.n_obs, CELLS)]
    if several:
        made = mu.MuData({name: piece(generator, own, names) for name, own in whole.mod.items()})
        made.obs = whole.obs.loc[names]
    else:
        made = piece(generator, whole, names)
    made.write(out, compression="gzip")


for file in sorted(Path(sys.argv[1]).iterdir()):
    if file.suffix in (".h5ad", ".h5mu"):
        cut(file, Path(sys.argv[2]) / file.name)
