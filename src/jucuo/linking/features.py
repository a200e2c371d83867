"""What the features of all links draw on: a sentence's clauses, and short names for its tokens."""

from __future__ import annotations

from bisect import bisect_left

from ..records import Claim
from .lexicon import anaphors, roles
from .phrases import CLAUSE_MARKS
from .tokens import Sentence

_LINK = roles()["link"]
_CLOSED = frozenset("pdcufrP")


class View:
    """A sentence made ready for features.

    ``tags[i]``: the word itself of a function word, else its class, ``^`` beyond both ends;
    ``clauses[i]``: number of its clause.
    """

    def __init__(self, sent: Sentence):
        self.sent = sent
        words, kinds = sent.words, sent.kinds
        self.tags = [
            w if k in _CLOSED or (k in "vx" and len(w) == 1) or w in _LINK else k
            for w, k in zip(words, kinds, strict=True)
        ]
        self.tags.append("^")  # at -1 and at the end
        self.clauses: list[int] = []
        n = 0
        for word, kind in zip(words, kinds, strict=True):
            self.clauses.append(n)
            n += kind == "P" and word in CLAUSE_MARKS
        self.places = [i for i, k in enumerate(kinds) if k == "E"]
        self.persons = [i for i, k in enumerate(kinds) if k == "H"]
        self.dates = [i for i, k in enumerate(kinds) if k == "T"]
        self.numbers = [i for i, k in enumerate(kinds) if k == "C"]
        pointing = anaphors()
        self.anaphors = [i for i, w in enumerate(words) if w in pointing]

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
