"""BILUO tags of spans: encoding, constrained decoding and span confidence.

Tag 0 is O; label k has the tags 1 + 4k + (0: begin, 1: inside, 2: last, 3: unit).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float32]
Spans = list[tuple[int, int, int]]  # (first token, token after the last, label)
BARRED = -1e6  # score of what may not follow
SURE = 0.95  # a token this likely to be outside ends the stretch that is decoded together


def n_tags(n_labels: int) -> int:
    """Number of tags for `n_labels` labels."""
    return 1 + 4 * n_labels


def tags_of(start: int, end: int, label: int) -> list[int]:
    """Tags of the tokens of one span."""
    base = 1 + 4 * label
    if end - start == 1:
        return [base + 3]
    return [base, *[base + 1] * (end - start - 2), base + 2]


def encode(n_tokens: int, spans: Iterable[tuple[int, int, int]]) -> NDArray[numpy.int64]:
    """Tags of a text with spans that do not overlap."""
    tags = numpy.zeros(n_tokens, dtype="int64")
    for start, end, label in spans:
        tags[start:end] = tags_of(start, end, label)
    return tags


def decode(probs: Floats) -> Spans:
    """Most likely spans under the constraints of the tags.

    Where the most likely tags are consistent they are the answer; stretches where they are not are decoded
    with the Viterbi algorithm. `probs` has shape (n_tokens, n_tags).
    """
    if not len(probs):
        return []
    rules, best = _rules(probs.shape[1]), probs.argmax(axis=1)
    inside = numpy.concatenate([[False], (probs[:, 0] < SURE) | (best != 0), [False]])
    edges = numpy.nonzero(inside[1:] != inside[:-1])[0]
    spans: Spans = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        tags = best[start:end]
        if not tags.any():
            continue
        if not _consistent(tags, rules):
            tags = _viterbi(numpy.log(probs[start:end] + 1e-9))
        spans.extend(_spans(tags.tolist(), start))
    return spans


def confidence(probs: Floats, spans: Spans) -> list[float]:
    """Geometric mean of the probabilities of the tags of each span."""
    out = []
    for start, end, label in spans:
        p = probs[numpy.arange(start, end), tags_of(start, end, label)]
        out.append(float(numpy.exp(numpy.log(p + 1e-9).mean())))
    return out


class _Rules:
    """What may follow what among `n` tags; a label is open between its first and its last token."""

    def __init__(self, n: int):
        part, label = (numpy.arange(n) - 1) % 4, (numpy.arange(n) - 1) // 4 + 1
        self.opened = numpy.where((label > 0) & (part < 2), label, 0)  # after a tag, 0 for none
        self.needed = numpy.where((label > 0) & ((part == 1) | (part == 2)), label, 0)  # before it
        self.barred = numpy.where(self.opened[:, None] == self.needed[None, :], 0.0, BARRED)
        self.first = numpy.where(self.needed == 0, 0.0, BARRED)
        self.last = numpy.where(self.opened == 0, 0.0, BARRED)


_rules = cache(_Rules)


def _consistent(tags: NDArray[numpy.int64], rules: _Rules) -> bool:
    opened, needed = rules.opened[tags], rules.needed[tags]
    return not needed[0] and not opened[-1] and bool((opened[:-1] == needed[1:]).all())


def _viterbi(scores: Floats) -> NDArray[numpy.int64]:
    n, k = scores.shape
    rules = _rules(k)
    columns = numpy.arange(k)
    total = scores[0] + rules.first
    back = numpy.empty((n, k), dtype="int64")
    for i in range(1, n):
        paths = total[:, None] + rules.barred
        back[i] = best = paths.argmax(axis=0)
        total = paths[best, columns] + scores[i]
    tags = numpy.empty(n, dtype="int64")
    tags[-1] = (total + rules.last).argmax()
    for i in range(n - 1, 0, -1):
        tags[i - 1] = back[i, tags[i]]
    return tags


def _spans(tags: list[int], offset: int) -> Spans:
    spans, start = [], 0
    for i, tag in enumerate(tags):
        if not tag:
            continue
        label, part = divmod(tag - 1, 4)
        if part in (0, 3):
            start = i
        if part in (2, 3):
            spans.append((offset + start, offset + i + 1, label))
    return spans
