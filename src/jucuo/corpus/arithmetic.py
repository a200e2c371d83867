"""Whether the arithmetic that a text states holds."""

from __future__ import annotations

import re

from ..records import Claim, Number
from .markup import AnnotatedText, Relation

_DIGITS = re.compile(r"[0-9０-９]+(?:[.．]([0-9０-９]+))?")
_VAGUE = 0.05  # relative; what 近, 多, 约 leave open
_DUST = 1e-9  # relative; of floats


def faults(item: AnnotatedText) -> list[tuple[int, str]]:
    """Relations that do not hold, or that hold though marked wrong, with the offset of their first claim.

    Claims that are ranges are passed over: nothing exact can be said of them.
    """
    out = []
    for relation in item.relations:
        claims = [item.record.claims[item.claim_ids[name]] for name in relation.claims]
        values = [c.value for c in claims]
        if any(v is None for v in values):
            continue
        numbers = [v for v in values if v is not None]
        message = _fault(relation, claims, numbers)
        if message and not relation.wrong:
            out.append((claims[0].start, message))
        elif relation.wrong and not message:
            out.append((claims[0].start, f"{relation.kind} is marked wrong, but holds"))
    return out


def _fault(relation: Relation, claims: list[Claim], values: list[Number]) -> str | None:
    shown = [c.text for c in claims]
    (low, high), *rest = (_interval(c, v) for c, v in zip(claims, values, strict=True))
    if relation.kind == "part":
        return None if low <= rest[0][1] else f"part {shown[0]} is larger than {shown[1]}"
    if relation.kind == "sum":
        found = (sum(x for x, _ in rest), sum(x for _, x in rest))
        formula = " + ".join(shown[1:])
    elif rest[1][0] <= 0:
        return f"{relation.kind} divides by zero"
    else:
        if relation.kind == "growth" and claims[1].trend:  # the change itself over what it led to
            rest = _before(claims[1], *rest)
        found = (rest[0][0] / rest[1][1], rest[0][1] / rest[1][0])
        if relation.kind == "growth" and (claims[0].unit == "%" or claims[0].trend):
            found = (found[0] - 1, found[1] - 1) if found[1] >= 1 else (1 - found[1], 1 - found[0])
        if claims[0].unit == "%":
            found = (100 * found[0], 100 * found[1])
        formula = f"{shown[1]} / {shown[2]}"
    slack = _DUST * max(abs(found[1]), abs(high))
    if found[0] - slack <= high and low <= found[1] + slack:
        return None
    return f"{relation.kind} {shown[0]} is not {formula}: {sum(found) / 2:.6g}"


def _before(change: Claim, size: tuple[float, float], now: tuple[float, float]) -> list[tuple[float, float]]:
    """Figures of the later and the earlier time, from a change and the later time."""
    sign = 1 if change.trend == "up" else -1
    return [now, (now[0] - sign * size[1], now[1] - sign * size[0])]


def _interval(claim: Claim, value: Number) -> tuple[float, float]:
    """What a figure can stand for: half its last place to either side, more where it is vague.

    >>> _interval(Claim(0, 5, "1.2万元", "money", value=12000, unit="CNY", bound="exact"), 12000)
    (11500.0, 12500.0)
    """
    half = 0.5 * _last_place(claim, value)
    if claim.bound in ("approx", "over", "under"):
        half = max(half, _VAGUE * abs(value))
    return value - half, value + half


def _last_place(claim: Claim, value: Number) -> float:
    m = _DIGITS.search(claim.text)
    if m and value:
        scale = value / float(m[0].replace("．", "."))
        place = abs(scale) * 10.0 ** -len(m[1] or "")
    else:  # in Chinese numerals: 三成, 五百
        place = 1.0
        while value and value % (10 * place) == 0:
            place *= 10
    return 0.0 if place == 1 and claim.kind in ("count", "money") else place
