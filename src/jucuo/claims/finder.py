"""Merge what the finders of times and of quantities say into one list of claims."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from .. import quantities, timex
from ..records import Claim, Span
from ..shadow import normalise

_YEAR = re.compile(r"\d{4}(?:-\d\d)?|\d{4}/\d{4}")
_LENGTHENED = re.compile("缩短|压缩|缩减|压减|减少|延长|增加|增长|下降|多|少")
_START = attrgetter("start")
_QUOTES = {"“": "”", "‘": "’", '"': '"', "「": "」"}


def find(
    text: str, published: datetime.date | str | None = None, entities: Iterable[Span] = ()
) -> list[Claim]:
    """Find every number, date, time and length of time that a text states.

    Parameters
    ----------
    text
        Text as the user has it.
    published
        Date against which relative dates are resolved.
    entities
        Mentions of named entities; a number inside one belongs to the name, unless it is a year
        at the head of a name in quotation marks.

    Returns
    -------
    list[Claim]
        In order, without overlaps and without links (subject, where, as_of).

    Examples
    --------
    >>> [c.text for c in find("一天两次测温，共12人", "2020-03-11")]
    ['一天两次', '12人']
    """
    shadow = normalise(text)
    times = [_changed(shadow, c) if c.kind == "duration" else c for c in timex.find(shadow, published)]
    numbers = quantities.find(shadow, [(c.start, c.end) for c in times])
    found = merge(times, numbers)
    names = sorted(entities, key=lambda e: e.start)
    if names:
        found = _outside(shadow, found, names)
    if shadow is text or shadow == text:
        return found
    return [c if text[c.start : c.end] == c.text else replace(c, text=text[c.start : c.end]) for c in found]


def _changed(text: str, claim: Claim) -> Claim:
    """Give a length of time its trend if it is the size of a change (压缩10天)."""
    if not _LENGTHENED.search(text, max(0, claim.start - 10), claim.start) or text.startswith(
        "来", claim.end
    ):
        return claim
    trend, base = quantities.change(text, claim.start)
    return replace(claim, trend=trend, base=base) if trend else claim


def merge(first: Sequence[Claim], second: Sequence[Claim]) -> list[Claim]:
    """Merge two ordered lists without overlaps of their own; of two that overlap the longer stays.

    Of equally long ones the first list's stays.
    """
    both = sorted([*first, *second], key=_START)  # quick, as it is two ordered lists
    later = set(map(id, second))
    out: list[Claim] = []
    end = 0
    for claim in both:
        if claim.start < end:
            gain = (claim.end - claim.start) - (end - out[-1].start)
            if gain < 0 or (gain == 0 and id(claim) in later):
                continue
            while out and claim.start < out[-1].end:
                out.pop()
        out.append(claim)
        end = claim.end
    return out


def _outside(text: str, claims: list[Claim], names: Sequence[Span]) -> list[Claim]:
    """Drop the claims inside a name."""
    out = []
    i = 0
    for claim in claims:
        while i < len(names) and names[i].end <= claim.start:
            i += 1
        name = names[i] if i < len(names) else None
        inside = name is not None and name.start <= claim.start and claim.end <= name.end
        if name is None or not inside or _quoted_year(text, claim, name):
            out.append(claim)
    return out


def _quoted_year(text: str, claim: Claim, name: Span) -> bool:
    """Whether a claim is the year of an honour or a meeting that stands in quotation marks."""
    if claim.kind != "date" or not claim.timex or not _YEAR.fullmatch(claim.timex):
        return False
    opening = text[name.start - 1 : name.start]
    return opening in _QUOTES and text[name.end : name.end + 1] == _QUOTES[opening]
