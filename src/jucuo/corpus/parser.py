"""The parser of the body of a marked-up text (see ``markup``)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from ..records import BOUNDS, CLAIM_KINDS, ENTITY_LABELS, Claim, Entity, Measure, Number, Span
from ..taxonomy import CATEGORIES
from .faults import MarkupError

SPECIAL = re.compile(r"[\[\]<>{}|\\]")
_OPEN = {"[": "]", "<": ">", "{": "}"}
_LINKS = {"{": {"a": "actor"}, "<": {"s": "subject", "w": "where", "t": "as_of", "b": "base"}}
_TIMEX = re.compile(r"BC\d{4}|[0-9X]{2,4}(-|/|T|$)|T\d\d|P(T?\d|X)|P?\d|\d{4}")


class Parser:
    """One pass over a body; links by surface are resolved at the end.

    Parameters
    ----------
    source
        The whole file.
    offset
        Where the body starts in it.
    recover
        Collect every fault in `faults` and go on, instead of raising the first.

    Attributes
    ----------
    places
        Where in the file each character of the text stands.
    """

    def __init__(self, source: str, offset: int, file: str | None, recover: bool = False):
        self.source, self.pos, self.file, self.recover = source, offset, file, recover
        self.chars: list[str] = []
        self.places: list[int] = []
        self.entities: list[Entity] = []
        self.claims: list[Claim] = []
        self.measures: list[Measure] = []
        self.claim_ids: dict[str, int] = {}
        self.links: list[tuple[Claim | Measure, dict[str, str], int]] = []
        self.faults: list[MarkupError] = []

    def fail(self, message: str, at: int | None = None) -> None:
        """Raise a fault, or note it when recovering."""
        line, column = position(self.source, self.pos if at is None else at)
        error = MarkupError(message, line, column, self.file)
        if not self.recover:
            raise error
        self.faults.append(error)

    def parse(self) -> None:
        """Read the body and resolve its links."""
        self.content(None, self.pos)
        text = "".join(self.chars)
        for item, links, at in self.links:
            changes = {key: self.resolve(text, item, surface, at) for key, surface in links.items()}
            new = replace(item, **changes)  # type: ignore[arg-type]
            bag: list[Any] = self.claims if isinstance(item, Claim) else self.measures
            bag[next(i for i, x in enumerate(bag) if x is item)] = new

    def resolve(self, text: str, item: Span, surface: str, at: int) -> Span | None:
        """The occurrence of `surface` nearest to `item`; ``~n`` takes the n-th nearest."""
        m = re.fullmatch(r"(.+?)~(\d+)", surface, re.S)
        nth = 1
        if m:
            surface, nth = m[1], int(m[2])
        found = occurrences(text, surface, item)
        if not 1 <= nth <= len(found):
            self.fail(f"link {surface!r} does not occur {nth} time(s) outside its claim", at)
            return None
        start = found[nth - 1]
        return Span(start, start + len(surface), surface)

    def plain(self, start: int, end: int) -> None:
        """Take a stretch of the source into the text."""
        self.chars.extend(self.source[start:end])
        self.places.extend(range(start, end))
        self.pos = end

    def content(self, close: str | None, opened: int) -> bool:
        """Read up to the ``|`` of the mark that ends with `close`; return whether it was found."""
        src = self.source
        while True:
            m = SPECIAL.search(src, self.pos)
            self.plain(self.pos, m.start() if m else len(src))
            if m is None:
                if close is not None:
                    self.fail("mark is never closed", opened)
                return close is None
            ch = m[0]
            if ch == "\\":
                if self.pos + 1 >= len(src):
                    self.fail("backslash at the end")
                self.pos += 1
                self.plain(self.pos, min(self.pos + 1, len(src)))
            elif ch in _OPEN:
                self.mark(ch)
            elif ch == "|" and close is not None:
                return True
            elif ch == close:
                self.fail("mark has no | and nothing that says what it is", opened)
                self.pos += 1
                return False
            else:
                self.fail(f"unexpected {ch!r} (write \\{ch} for the character itself)")
                self.plain(self.pos, self.pos + 1)

    def mark(self, opener: str) -> None:
        """Read one mark, with what it holds."""
        opened, start = self.pos, len(self.chars)
        before = (len(self.entities), len(self.claims), len(self.measures))
        self.pos += 1
        if not self.content(_OPEN[opener], opened):
            return
        after = (len(self.entities), len(self.claims), len(self.measures))
        if after[2] > before[2] or (opener != "{" and after != before):
            self.fail("only a measure {...} may hold other marks, and no measure another measure", opened)
        at = self.pos + 1
        end = self.source.find(_OPEN[opener], at)
        spec = self.source[at:end]
        if end < 0 or re.search(r"[\[{]", spec):
            self.fail("mark is never closed", opened)
            self.pos = at
            return
        self.pos = end + 1
        surface = "".join(self.chars[start:])
        if not surface.strip() or surface != surface.strip():
            self.fail(f"a mark may not be empty or start or end in white space: {surface!r}", opened)
            return
        span = (start, len(self.chars), surface)
        if opener != "[":
            self.fact(opener, span, spec, at)
        elif spec in ENTITY_LABELS:
            self.entities.append(Entity(*span, spec))
        else:
            self.fail(f"unknown entity label {spec!r}", at)

    def fact(self, opener: str, span: tuple[int, int, str], spec: str, at: int) -> None:
        """Read what a claim or a measure says of itself."""
        head, *rest = [p.strip() for p in spec.split(";")]
        allowed = _LINKS[opener]
        links: dict[str, str] = {}
        plain: dict[str, str] = {}
        for part in filter(None, rest):
            key, eq, value = part.partition("=")
            if not eq or key not in allowed or not value:
                self.fail(f"cannot read {part!r}; allowed: {', '.join(k + '=' for k in allowed)}", at)
                continue
            (plain if key in "tb" else links)[allowed[key]] = value
        item: Claim | Measure
        if opener == "{":
            if head not in CATEGORIES:
                self.fail(f"unknown measure category {head!r}", at)
                return
            item = Measure(*span, head)
            self.measures.append(item)
        else:
            try:
                claim, name = parse_claim(span, head)
            except ValueError as e:
                self.fail(str(e), at)
                return
            if name in self.claim_ids:
                self.fail(f"claim id #{name} is used twice", at)
            elif name:
                self.claim_ids[name] = len(self.claims)
            item = replace(claim, **plain)  # type: ignore[arg-type]
            self.claims.append(item)
        if links:
            self.links.append((item, links, at))


def position(source: str, at: int) -> tuple[int, int]:
    """The 1-based line and column of an offset."""
    return source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at)


def occurrences(text: str, surface: str, item: Span) -> list[int]:
    """Starts of `surface` outside `item`, nearest first (for a measure, inside it as well)."""
    found = [m.start() for m in re.finditer(f"(?={re.escape(surface)})", text)]
    n = len(surface)
    if isinstance(item, Claim):
        found = [s for s in found if s + n <= item.start or s >= item.end]
    return sorted(found, key=lambda s: (max(s - item.end, item.start - s - n, 0), s))


def parse_claim(span: tuple[int, int, str], head: str) -> tuple[Claim, str | None]:
    """Read the normal form of a claim, e.g. ``count 80 人 over up #a``; return it and its id."""
    words = head.split()
    name = words.pop()[1:] if words and words[-1].startswith("#") else None
    if not words or words[0] not in CLAIM_KINDS:
        raise ValueError(f"a claim starts with one of {', '.join(CLAIM_KINDS)}, not {head!r}")
    kind, words = words[0], words[1:]
    if not words:
        raise ValueError(f"{kind} without a normal form")
    out: dict[str, object] = {}
    if kind in ("date", "time", "duration"):
        out["timex"] = _timex(words.pop(0))
        if kind == "duration" and "/" in str(out["timex"]):
            out["bound"] = "range"
    else:
        low, dots, high = words.pop(0).partition("..")
        if dots:
            out["low"], out["high"], out["bound"] = _number(low), _number(high), "range"
        else:
            out["value"], out["bound"] = _number(low), "exact"
        if kind == "ordinal":
            out["bound"] = None
        elif kind == "percent":
            out["unit"] = words.pop(0) if words and words[0] in ("%", "pp") else "%"
        else:
            if not words:
                raise ValueError(f"{kind} needs a unit ('-' for none)")
            unit = words.pop(0)
            out["unit"] = "" if unit == "-" else unit
        if kind == "frequency":
            if not words:
                raise ValueError("frequency needs its period, such as P1D")
            out["timex"] = _timex(words.pop(0))
    for word in words:
        if word in BOUNDS:
            out["bound"] = None if kind == "duration" and word == "exact" else word
        elif word in ("up", "down"):
            out["trend"] = word
        else:
            raise ValueError(f"unexpected {word!r} in {head!r}")
    return Claim(*span, kind, **out), name  # type: ignore[arg-type]


def _number(word: str) -> Number:
    if not re.fullmatch(r"-?\d+(\.\d+)?", word):
        raise ValueError(f"not a number: {word!r} (write 12345.6)")
    return float(word) if "." in word else int(word)


def _timex(word: str) -> str:
    if not _TIMEX.match(word):
        raise ValueError(f"not a timex: {word!r}")
    return word
