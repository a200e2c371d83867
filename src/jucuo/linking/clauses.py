"""Nouns that a clause gives away from the number: after 对, at its opening."""

from __future__ import annotations

from .lexicon import roles
from .phrases import BACK, MODIFIER, Range, clause_start, only_links
from .tokens import Sentence

_LINK = roles()["link"]


def target(sent: Sentence, i: int, first: int = 0) -> Range | None:
    """Return the noun phrase after 对 since token `first`: 对全区居民逐户摸排，累计排查70万人次."""
    for j in range(i - 1, max(first, i - BACK) - 1, -1):
        if sent.words[j] in ("对", "为", "给"):
            b = j + 1
            while b < i and sent.kinds[b] in MODIFIER:
                b += 1
            while b > j + 1 and sent.kinds[b - 1] not in "nx":
                b -= 1
            return (j + 1, b) if b > j + 1 else None
    return None


def clause_head(sent: Sentence, i: int) -> Range | None:
    """Return the noun phrase that opens the clause of claim `i`: 客人就回来了七八成."""
    a = clause_start(sent, i)
    while a < i and (sent.kinds[a] in "dtTcr" or sent.words[a] in _LINK):
        a += 1
    b = a
    while b < i and (sent.kinds[b] in MODIFIER or sent.words[b] == "、"):
        b += 1
    while b > a and (sent.kinds[b - 1] not in "nwxQ" or only_links(sent, b - 1)):
        b -= 1
    return (a, b) if a < b < i else None
