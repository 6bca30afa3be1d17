"""Writes the numbers from 0 into an HDF5 file as one compressed chunk: make_large_chunk.py FILE COUNT"""

import sys

import h5py
import numpy as np

count = int(sys.argv[2])
with h5py.File(sys.argv[1], "w") as out:
    out.create_dataset("x", data=np.arange(count, dtype=np.int32), chunks=(count,), compression="gzip")
