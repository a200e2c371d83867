"""What the features of all links draw on: a sentence's clauses, and short names for its tokens."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from ..records import Claim
from .lexicon import anaphors, roles
from .phrases import CLAUSE_MARKS
from .tokens import Sentence

_LINK = roles()["link"]
_CLOSED = frozenset("pdcufrP")


class View:
    """A sentence made ready for features: the tokens of each sort, in order.

    ``breaks``: the marks that end a clause.
    """

    def __init__(self, sent: Sentence):
        self.sent = sent
        words = sent.words
        at: dict[str, list[int]] = {"E": [], "H": [], "T": [], "C": [], "P": []}
        for i, kind in enumerate(sent.kinds):
            if kind in at:
                at[kind].append(i)
        self.places, self.persons, self.dates, self.numbers, marks = at.values()
        self.breaks = [i for i in marks if words[i] in CLAUSE_MARKS]
        pointing = anaphors()
        some = not pointing.keys().isdisjoint(words)
        self.anaphors = [i for i, w in enumerate(words) if w in pointing] if some else []

    @cached_property
    def tags(self) -> list[str]:
        """The word itself of a function word, else its class; ``^`` beyond both ends."""
        tags = [
            w if k in _CLOSED or w in _LINK or (k in "vx" and len(w) == 1) else k
            for w, k in zip(self.sent.words, self.sent.kinds, strict=True)
        ]
        tags.append("^")  # at -1 and at the end
        return tags

    @cached_property
    def clauses(self) -> list[int]:
        """The number of each token's clause."""
        out: list[int] = []
        for n, end in enumerate((*self.breaks, len(self.sent) - 1)):
            out += [n] * (end + 1 - len(out))
        return out

    def among(self, where: list[int], a: int, b: int) -> int:
        """How many of the tokens `where` lie between tokens `a` and `b`, both outside."""
        return bisect_left(where, b) - bisect_left(where, a + 1)


def sort_of(claim: Claim) -> str:
    """A short name for the kind of a claim: age, rate of change and people apart."""
    if claim.kind == "duration":
        return "age" if "岁" in claim.text else "dur"
    if claim.kind == "count" and (claim.unit in ("人", "人次")):
        return "ppl"
    return claim.kind + ("+" if claim.trend else "")


def steps(n: int) -> str:
    """A distance in words: 0, 1, 2, 3 (to 4), 5 (to 8), 9 (more)."""
    if n < 3:
        return str(n)
    return "3" if n < 5 else "5" if n < 9 else "9"
