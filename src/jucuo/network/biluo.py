"""BILUO tags of spans: encoding, constrained decoding and span confidence.

Tag 0 is O; label k has the tags 1 + 4k + (0: begin, 1: inside, 2: last, 3: unit).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float32]
Spans = list[tuple[int, int, int]]  # (first token, token after the last, label)
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
    best = probs.argmax(axis=1)
    inside = numpy.concatenate([[False], (probs[:, 0] < SURE) | (best != 0), [False]])
    edges = numpy.nonzero(inside[1:] != inside[:-1])[0]
    spans: Spans = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        tags = best[start:end]
        if not tags.any():
            continue
        if not _consistent(tags):
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


def _opens(tags: NDArray[numpy.int64]) -> NDArray[numpy.int64]:
    """The label + 1 that a tag leaves open, or 0."""
    part = (tags - 1) % 4
    return numpy.where((tags > 0) & (part < 2), (tags - 1) // 4 + 1, 0)


def _needs(tags: NDArray[numpy.int64]) -> NDArray[numpy.int64]:
    """The label + 1 that must be open before a tag, or 0."""
    part = (tags - 1) % 4
    return numpy.where((tags > 0) & ((part == 1) | (part == 2)), (tags - 1) // 4 + 1, 0)


def _consistent(tags: NDArray[numpy.int64]) -> bool:
    opened = numpy.concatenate([[0], _opens(tags)])
    return bool((opened == numpy.concatenate([_needs(tags), [0]])).all())


def _viterbi(scores: Floats) -> NDArray[numpy.int64]:
    n, k = scores.shape
    all_tags = numpy.arange(k)
    opened, needed = _opens(all_tags), _needs(all_tags)
    barred = numpy.where(opened[:, None] == needed[None, :], 0.0, -1e6)
    total = scores[0] + numpy.where(needed == 0, 0.0, -1e6)
    back = numpy.zeros((n, k), dtype="int64")
    for i in range(1, n):
        paths = total[:, None] + barred
        back[i] = paths.argmax(axis=0)
        total = paths[back[i], all_tags] + scores[i]
    total = total + numpy.where(opened == 0, 0.0, -1e6)
    tags = numpy.zeros(n, dtype="int64")
    tags[-1] = total.argmax()
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
