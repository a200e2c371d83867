"""Words of an open dictionary that tokens begin, continue or end, as flags for the encoder.

The dictionary (``lexicon.npz``, made by ``scripts/build_lexicon.py``, which names its sources) is a table of
one byte a slot: a word of two to five characters has the slot that its hash names, with four bits of the hash
and a bit for each class of `CLASSES` it belongs to (other proper names count as organisations). A word whose
slot was taken is left out (5 in 100, the least frequent), and one run of characters in 160 that is no word
looks like one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy
from numpy.typing import NDArray

CLASSES = ("word", "person", "place", "organisation")
LENGTHS = (2, 3, 4, 5)
REACH = LENGTHS[-1] - 1  # how far away a token can bear on the flags of another
BITS = 22  # of the number of slots
N_FLAGS = 8 * len(CLASSES)  # begin, end of 2; begin, inside, end of 3; the same of 4 and 5 together
_MIX = numpy.uint64(0x9E3779B97F4A7C15)
_BEGIN, _INSIDE, _END = {2: 0, 3: 2, 4: 5, 5: 5}, {3: 3, 4: 6, 5: 6}, {2: 1, 3: 4, 4: 7, 5: 7}
PATH = Path(__file__).with_name("lexicon.npz")


def slots(keys: NDArray[numpy.uint64], length: int) -> tuple[NDArray[numpy.int64], NDArray[numpy.uint8]]:
    """Slot and check bits of every run of `length` tokens, from the keys of `features.token_keys`."""
    n = len(keys) - length + 1
    run = keys[:n] * _MIX
    for i in range(1, length):
        run += keys[i : i + n]
        run *= _MIX
    slot = (run >> numpy.uint64(64 - BITS)).astype("int64")
    run >>= numpy.uint64(38)
    return slot, run.astype("uint8") << 4


@cache
def _table() -> NDArray[numpy.uint8]:
    with numpy.load(PATH) as stored:
        return stored["table"]


def _matches(keys: NDArray[numpy.uint64]) -> Iterator[tuple[int, NDArray[numpy.int64], NDArray[numpy.uint8]]]:
    """Per length the places where words begin, and the bits of their classes, shape (n, classes)."""
    for length in LENGTHS:
        if len(keys) >= length:
            slot, check = slots(keys, length)
            found = _table()[slot]
            found ^= check  # what is left of a word are its classes
            at = numpy.flatnonzero((found - 1) < 15)
            at = at[keys[at[:, None] + numpy.arange(length)].all(axis=1)]
            yield length, at, found[at, None] >> numpy.arange(len(CLASSES), dtype="uint8") & 1


def flags(keys: NDArray[numpy.uint64]) -> NDArray[numpy.uint8]:
    """Flags of tokens, shape (n, `N_FLAGS`), from their keys; no word reaches over a key of 0."""
    out = numpy.zeros((len(keys), N_FLAGS // len(CLASSES), len(CLASSES)), dtype="uint8")
    for length, at, classes in _matches(keys):
        out[at, _BEGIN[length]] |= classes
        for i in range(1, length - 1):
            out[at + i, _INSIDE[length]] |= classes
        out[at + length - 1, _END[length]] |= classes
    return out.reshape(len(keys), N_FLAGS)
