"""A page on which a person can read what was found: entities, claims and measures marked in the text."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from html import escape
from typing import IO, TYPE_CHECKING

from ..records import Claim, Entity, Measure, Record

if TYPE_CHECKING:
    from . import Row

_HEAD = """<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>jucuo</title><style>
body { font: 16px/2 sans-serif; max-width: 48em; margin: 2em auto; padding: 0 1em; color: #222 }
article { white-space: pre-wrap; border-bottom: 1px solid #ccc; padding-bottom: 1em }
.entity { background: #dcebfb; border-radius: 3px } .claim { background: #fdecc8; border-radius: 3px }
.measure { border-bottom: 2px solid #3a8f5c } small { font-size: .6em; color: #666; margin-left: .2em }
</style></head><body>
"""


def write_html(rows: Iterable[Row], f: IO[str]) -> None:
    """Write one page with all texts."""
    f.write(_HEAD)
    for document, record in rows:
        f.write(f"<h2>{escape(record.id)} <small>{escape(record.published or '')}</small></h2>\n")
        f.write(f"<article>{mark(document.text, record)}</article>\n")
    f.write("</body></html>\n")


def mark(text: str, record: Record) -> str:
    """The text as HTML with its facts marked; marks that would cross are closed and opened again."""
    spans: list[Entity | Claim | Measure] = [*record.measures, *record.entities, *record.claims]
    edges = sorted({0, len(text), *(x for s in spans for x in (s.start, s.end))})
    starts = sorted(spans, key=lambda s: (s.start, -s.end))
    out: list[str] = []
    open_spans: list[Entity | Claim | Measure] = []
    i = 0
    for a, b in itertools.pairwise(edges):
        while i < len(starts) and starts[i].start <= a:
            open_spans.append(starts[i])
            i += 1
        open_spans = [s for s in open_spans if s.end > a]
        piece = escape(text[a:b])
        for s in reversed(open_spans):
            name, note = _describe(s)
            label = f"<small>{escape(note)}</small>" if s.end == b else ""
            piece = f'<span class="{name}" title="{escape(note)}">{piece}{label}</span>'
        out.append(piece)
    return "".join(out)


def _describe(span: Entity | Claim | Measure) -> tuple[str, str]:
    if isinstance(span, Entity):
        return "entity", span.label
    if isinstance(span, Measure):
        return "measure", span.category
    number = f"{span.low}-{span.high}" if span.low is not None else span.value
    parts = [
        "" if number is None else str(number),
        span.unit or "",
        span.timex or "",
        span.subject.text if span.subject else "",
    ]
    return "claim", " ".join(p for p in parts if p)
