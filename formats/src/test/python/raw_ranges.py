#!/usr/bin/env python3
"""Prints which bytes of HDF5 files are values, text, references to text and names, as libhdf5 itself reads them.

usage: raw_ranges.py FILE...
Lines: file, first byte, byte after the last, kind. libhdf5's log driver tells what it reads as raw data and where its
heaps are. Kinds: value, checked (a chunk with a checksum: gzip has one), reference (to text in a heap), text, name.
What no line tells of is description: headers, indices, and attributes that are not text of variable length.
"""
import os
import re
import sys
import tempfile

import h5py

LOG_READS = 0x2 | 0x8
READ = re.compile(r"(\d+)-\s*(\d+) \(\s*\d+ bytes\) \(H5FD_MEM_(\w+)\) Read")
CHECKED = {h5py.h5z.FILTER_DEFLATE, h5py.h5z.FILTER_FLETCHER32}


def stored(data):
    """Where a dataset lies, and what kind its bytes are."""
    create = data.id.get_create_plist()
    filters = {create.get_filter(i)[0] for i in range(create.get_nfilters())}
    kinds = [data.dtype] if data.dtype.names is None else [data.dtype[n] for n in data.dtype.names]
    refers = any(h5py.check_string_dtype(k) is not None and h5py.check_string_dtype(k).length is None for k in kinds)
    kind = "checked" if filters & CHECKED else "reference" if refers else "value"
    if create.get_layout() == h5py.h5d.CHUNKED:
        for i in range(data.id.get_num_chunks()):
            chunk = data.id.get_chunk_info(i)
            yield chunk.byte_offset, chunk.byte_offset + chunk.size, kind
    elif data.id.get_offset() is not None:
        yield data.id.get_offset(), data.id.get_offset() + data.id.get_storage_size(), kind


def touch(thing):
    """Reads all of an object that is text, so that the log tells of every heap."""
    for name in thing.attrs:
        thing.attrs[name]
    if isinstance(thing, h5py.Dataset) and thing.shape is not None:
        thing[()]
        return list(stored(thing))
    return []


def texts(raw, start, end):
    """The objects of a global heap: 16 bytes of header each, padded to 8; index 0 is free space."""
    at = start + 16
    while at + 16 <= end:
        size = int.from_bytes(raw[at + 8:at + 16], "little")
        if int.from_bytes(raw[at:at + 2], "little") == 0:
            return
        yield at + 16, at + 16 + size, "text"
        at += 16 + (size + 7) // 8 * 8


def ranges(path):
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log")
        access = h5py.h5p.create(h5py.h5p.FILE_ACCESS)
        access.set_fapl_log(log.encode(), LOG_READS, 0)
        found = []
        file = h5py.File(h5py.h5f.open(path.encode(), h5py.h5f.ACC_RDONLY, access))
        found += touch(file)
        file.visititems(lambda _, thing: found.extend(touch(thing)))
        file.close()
        file.id.close()
        with open(log) as lines:
            reads = {(int(m[1]), int(m[2]) + 1, m[3]) for m in map(READ.search, lines) if m}
    with open(path, "rb") as f:
        raw = f.read()
    for start, end, memory in reads:
        if memory == "DRAW" and raw[start:start + 4] == b"GCOL":
            found += texts(raw, start, start + int.from_bytes(raw[start + 8:start + 16], "little"))
        if memory == "LHEAP" and raw[start:start + 4] == b"HEAP":
            segment = int.from_bytes(raw[start + 24:start + 32], "little")
            found.append((segment, segment + int.from_bytes(raw[start + 8:start + 16], "little"), "name"))
    return sorted(set(found))


for path in sys.argv[1:]:
    for start, end, kind in ranges(path):
        print(path, start, end, kind, sep="\t")
