"""Other ways to write the same text, of the same length: to test that reading does not depend on them."""

from __future__ import annotations

from functools import cache

from . import character_rows

_FULL = {code: code + 0xFEE0 for code in map(ord, "0123456789%ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_HALF = dict(zip(map(ord, "，：；！？（）"), map(ord, ",:;!?()"), strict=True))


def traditional(text: str) -> str:
    """Simplified characters as traditional ones, character by character.

    A simplified character that stands for several takes the first, so this is no translation; what
    `jucuo.shadow.normalise` makes of it is the simplified text again.

    Examples
    --------
    >>> traditional("全区复工企业")
    '全區復工企業'
    """
    return text.translate(_traditional())


def full_width(text: str) -> str:
    """ASCII digits, capital letters and per cent signs in their full-width form.

    Examples
    --------
    >>> full_width("复工率95%")
    '复工率９５％'
    """
    return text.translate(_FULL)


def half_width(text: str) -> str:
    """The marks ``，：；！？（）`` in their half-width form.

    Examples
    --------
    >>> half_width("昨日，全区复工（含园区）")
    '昨日,全区复工(含园区)'
    """
    return text.translate(_HALF)


@cache
def _traditional() -> dict[int, int]:
    out: dict[int, int] = {}
    for old, new in character_rows():
        if len(old.encode("utf-8")) == 3:  # what common fonts and encodings hold
            out.setdefault(ord(new), ord(old))
    return out
