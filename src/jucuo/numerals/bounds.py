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


_ROWS = list(rows(__package__, "bounds.tsv", 4))
LEFT, RIGHT, _ACTS = (
    {word: bound for written, place, bound, _ in _ROWS if place == side for word in spellings(written)}
    for side in ("left", "right", "act")
)
"""Modifiers before and behind a number, each with its bound."""
ACTS = "|".join(_ACTS)
"""Verbs of which 多 says how much."""
NOT_AFTER = {word: before for word, _, _, before in _ROWS if before}
"""Last characters of words that only look as if they ended with a modifier."""
