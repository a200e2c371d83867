"""BILUO tags of spans: encoding, constrained decoding and span confidence.

Tag 0 is O; label k has the tags 1 + 4k + (0: begin, 1: inside, 2: last, 3: unit).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float32]
Tags = NDArray[numpy.int64]
Spans = list[tuple[int, int, int]]  # (first token, token after the last, label)
Found = tuple[int, int, int, float]  # the same and how sure it is
BARRED = -1e6  # score of what may not follow
BLOCK = 8192  # tokens whose probabilities are looked at together
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


def softmax(scores: Floats) -> Floats:
    """Row-wise softmax."""
    out = numpy.exp(scores - scores.max(axis=1, keepdims=True))
    out /= out.sum(axis=1, keepdims=True)
    return out


def read(scores: Sequence[Floats], temperature: float = 1.0) -> list[list[Found]]:
    """Most likely spans of each text under the constraints of the tags, with their confidence.

    Where the most likely tags are consistent they are the answer; stretches where they are not are decoded
    with the Viterbi algorithm. The confidence is the geometric mean of the probabilities of the tags.

    Parameters
    ----------
    scores
        Per text the scores of its tokens, shape (n_tokens, n_tags); softmax makes probabilities of them.
    temperature
        What scores are divided by first.
    """
    lengths = [len(s) for s in scores]
    if not sum(lengths):
        return [[] for _ in lengths]
    flat = numpy.concatenate(scores) if len(scores) > 1 else scores[0]
    rows, probs = _unsure(flat, temperature)
    # texts end to end, a token that is outside before and behind each
    slots = rows + numpy.repeat(numpy.arange(1, len(lengths) + 1), lengths)[rows]
    n = sum(lengths) + len(lengths) + 1
    inside, tags = numpy.zeros(n, dtype=bool), numpy.zeros(n, dtype="int64")
    inside[slots] = True
    tags[slots] = probs.argmax(axis=1)
    _mend(tags, inside, slots, probs)
    return _collect(tags, slots, probs, lengths)


def _unsure(flat: Floats, temperature: float) -> tuple[Tags, Floats]:
    """The tokens that may belong to a span, and the probabilities of their tags; block by block."""
    # tokens whose other tags are too unlikely, even all together, need no probabilities
    limit = temperature * (numpy.log((1 / SURE - 1) / flat.shape[1]) - 0.01)
    rows, probs = [], []
    for start in range(0, len(flat), BLOCK):
        part = flat[start : start + BLOCK]
        asked = numpy.flatnonzero(part[:, 1:].max(axis=1) - part[:, 0] > limit)
        found = softmax(part[asked] / temperature)
        kept = numpy.flatnonzero(found[:, 0] < SURE)  # where another tag is likelier it is less than half
        rows.append(asked[kept] + start)
        probs.append(found[kept])
    return numpy.concatenate(rows), numpy.concatenate(probs)


def decode(probs: Floats) -> Spans:
    """Most likely spans of one text, from probabilities of shape (n_tokens, n_tags)."""
    return [found[:3] for found in read([numpy.log(probs + 1e-9)])[0]]


class _Rules:
    """What may follow what among `n` tags; a label is open between its first and its last token."""

    def __init__(self, n: int):
        part, label = (numpy.arange(n) - 1) % 4, (numpy.arange(n) - 1) // 4 + 1
        self.opened = numpy.where((label > 0) & (part < 2), label, 0)  # after a tag, 0 for none
        self.needed = numpy.where((label > 0) & ((part == 1) | (part == 2)), label, 0)  # before it
        self.closed, self.open = numpy.flatnonzero(self.opened == 0), numpy.flatnonzero(self.opened)


_rules = cache(_Rules)


def _mend(tags: Tags, inside: NDArray[numpy.bool_], slots: Tags, probs: Floats) -> None:
    """Decode the stretches of tokens `inside` whose tags do not fit one another, in place."""
    rules = _rules(probs.shape[1])
    wrong = numpy.flatnonzero(rules.opened[tags[:-1]] != rules.needed[tags[1:]])
    if not wrong.size:
        return
    edges = numpy.flatnonzero(inside[1:] != inside[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    chosen = numpy.unique(numpy.searchsorted(starts, wrong + ~inside[wrong], "right") - 1)
    starts, sizes = starts[chosen], (ends - starts)[chosen]
    first = numpy.searchsorted(slots, starts)
    power = numpy.ceil(numpy.log2(sizes)).astype("int64")  # stretches of about the same length go together
    for p in numpy.unique(power):
        own = power == p
        steps = numpy.arange(sizes[own].max())
        real = steps < sizes[own, None]
        scores = numpy.full((*real.shape, probs.shape[1]), BARRED)
        scores[:, :, 0] = 0  # behind its end a stretch is outside
        scores[real] = numpy.log(probs[(first[own, None] + steps)[real]] + 1e-9)
        tags[(starts[own, None] + steps)[real]] = _viterbi(scores)[real]


def _viterbi(scores: NDArray[numpy.float64]) -> Tags:
    """Best tags of stretches with nothing open before or after, from scores (stretches, tokens, tags)."""
    m, n, k = scores.shape
    rules, every = _rules(k), numpy.arange(m)
    back = numpy.empty((n, m, 1 + k // 4), dtype="int64")
    total = numpy.full((m, 1 + k // 4), BARRED)  # of the best way to have each label open; 0 for none
    total[:, 0] = 0
    for i in range(n):
        paths = total[:, rules.needed] + scores[:, i]
        closed, opened = paths[:, rules.closed], paths[:, rules.open]
        best = closed.argmax(axis=1)
        later = opened[:, 1::2] > opened[:, ::2]
        back[i, :, 0], total[:, 0] = rules.closed[best], closed[every, best]
        back[i, :, 1:], total[:, 1:] = rules.open[::2] + later, opened.reshape(m, -1, 2).max(axis=2)
    tags, label = numpy.empty((m, n), dtype="int64"), numpy.zeros(m, dtype="int64")
    for i in range(n - 1, -1, -1):
        tags[:, i] = back[i, every, label]
        label = rules.needed[tags[:, i]]
    return tags


def _collect(tags: Tags, slots: Tags, probs: Floats, lengths: list[int]) -> list[list[Found]]:
    """The spans of each text, read off tags that fit one another."""
    out: list[list[Found]] = [[] for _ in lengths]
    tagged = numpy.flatnonzero(tags)
    if not tagged.size:
        return out
    label, part = numpy.divmod(tags[tagged] - 1, 4)
    first, last = numpy.flatnonzero((part == 0) | (part == 3)), numpy.flatnonzero(part >= 2)
    logs = numpy.log(probs[numpy.searchsorted(slots, tagged), tags[tagged]] + 1e-9)
    sure = numpy.exp(numpy.add.reduceat(logs, first) / (last - first + 1))
    begins = numpy.cumsum([1, *(n + 1 for n in lengths)])
    text = numpy.searchsorted(begins, tagged[first], "right") - 1
    columns = text, tagged[first] - begins[text], tagged[last] + 1 - begins[text], label[first], sure
    for t, start, end, k, p in zip(*(c.tolist() for c in columns), strict=True):
        out[t].append((start, end, k, p))
    return out
