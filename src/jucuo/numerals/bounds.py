"""Words that bound a number: 约, 近, 超过, 不足 before it, 多, 余, 以上, 左右 behind it.

And what 多 belongs to where it does not bound a number: 一斤多卖两毛.
"""

from __future__ import annotations

import re

from ..tables import rows

_CHOICE = re.compile(r"\[([^]]+)\](\??)")


def spellings(word: str) -> list[str]:
    """Write out a word with characters to choose from in brackets.

    >>> spellings("不[得能]超过"), spellings("[至最]?少")
    (['不得超过', '不能超过'], ['至少', '最少', '少'])
    """
    m = _CHOICE.search(word)
    if not m:
        return [word]
    choices = [*m[1], *([""] if m[2] else [])]
    return [more for c in choices for more in spellings(word[: m.start()] + c + word[m.end() :])]


def _read() -> tuple[dict[str, str], dict[str, str], str]:
    sides: dict[str, dict[str, str]] = {"left": {}, "right": {}, "act": {}}
    for written, side, bound in rows(__package__, "bounds.tsv", 3):
        sides[side].update(dict.fromkeys(spellings(written), bound))
    return sides["left"], sides["right"], "|".join(sides["act"])


LEFT, RIGHT, ACTS = _read()
"""Modifiers before and behind a number, each with its bound; verbs of which 多 says how much."""
