"""Sentences of one text that stand in another, found by runs of twelve Han characters."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache

from ..tables import lines, longest_first

N = 12
_HALF = N // 2
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")


@cache
def common() -> re.Pattern[str]:
    """The phrases that anybody writes alike: names of bodies, laws and campaigns, formulas."""
    phrases = longest_first(lines(__package__, "common_phrases.txt"))
    return re.compile("|".join(map(re.escape, phrases)) or r"(?!)")


def shingles(text: str) -> Iterator[tuple[int, str]]:
    """Runs of `N` Han characters, signs and figures between them left out, with their offsets.

    Common phrases are cut out before.
    """
    places: list[int] = []
    chars: list[str] = []
    for stretch in _stretches(text):
        for m in _HAN.finditer(text, *stretch):
            places.extend(range(m.start(), m.end()))
            chars.append(m[0])
        run = "".join(chars)
        for i in range(len(run) - N + 1):
            yield places[i], run[i : i + N]
        places.clear()
        chars.clear()


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for m in common().finditer(text):
        yield start, m.start()
        start = m.end()
    yield start, len(text)


def shared(texts: dict[str, str], others: Iterable[tuple[str, str]]) -> list[tuple[str, int, str, str]]:
    """Where texts share a run with others.

    Parameters
    ----------
    texts
        Our texts by name.
    others
        Pairs of name and text, read once.

    Returns
    -------
    list
        Name of our text, offset, run, and name of the first other text that has it; of overlapping
        runs the first.
    """
    own: dict[str, list[tuple[str, int]]] = {}
    for name, text in texts.items():
        for at, run in shingles(text):
            own.setdefault(run, []).append((name, at))
    found: dict[tuple[str, int], tuple[str, str]] = {}
    halves = {run[i : i + _HALF] for run in own for i in range(N - _HALF + 1)}
    for other, text in others:
        for hit in _hits("".join(_HAN.findall(text)), own, halves):
            for place in own[hit]:
                found.setdefault(place, (hit, other))
    out: list[tuple[str, int, str, str]] = []
    last = ("", -1)
    for (name, at), (hit, other) in sorted(found.items()):
        if name != last[0] or at > last[1] + N:
            out.append((name, at, hit, other))
        last = (name, at)
    return out


def _hits(text: str, own: Container[str], halves: set[str]) -> Iterator[str]:
    """The runs of a text that are in `own`. Any run holds a whole block of half its length."""
    for block in range(0, len(text) - _HALF + 1, _HALF):
        if text[block : block + _HALF] in halves:
            for i in range(max(0, block - _HALF), block + 1):
                if text[i : i + N] in own:
                    yield text[i : i + N]
