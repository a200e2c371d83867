"""What most annotation tools know: a text and labelled spans, perhaps with a note on a span.

Labels of the three layers are all different (``GPE``, ``count``, ``testing``), so one flat list of spans
holds them. All other fields of a claim or measure fit a note: the fields as JSON, links as offsets.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ...records import CLAIM_KINDS, ENTITY_LABELS, Claim, Entity, Measure, Record, build
from ...taxonomy import CATEGORIES
from .. import stories
from ..faults import Fault
from ..markup import AnnotatedText

LABELS: tuple[str, ...] = (*ENTITY_LABELS, *CLAIM_KINDS, *CATEGORIES)
_OWN = ("start", "end", "label", "kind", "category")


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled span. `text` is what the tool says stands there, if it says so; `note` may be empty."""

    start: int
    end: int
    label: str
    note: str = ""
    text: str | None = None


def marks(item: AnnotatedText) -> list[Mark]:
    """All spans of a text, by place; the longer first where two start together."""
    record = item.record
    found = [Mark(e.start, e.end, e.label, _note(e), e.text) for e in record.entities]
    found += [Mark(c.start, c.end, c.kind, _note(c), c.text) for c in record.claims]
    found += [Mark(m.start, m.end, m.category, _note(m), m.text) for m in record.measures]
    return sorted(found, key=lambda m: (m.start, -m.end, m.label))


def _note(fact: Entity | Claim | Measure) -> str:
    out = {k: v for k, v in stories.bare(fact).items() if k not in _OWN}
    return json.dumps(out, ensure_ascii=False) if out else ""


def meta(item: AnnotatedText) -> dict[str, Any]:
    """What is known of a text beside its spans, for tools that carry such data along."""
    return {
        "text_id": item.id,
        "published": item.record.published,
        "kind": item.kind,
        "tags": list(item.tags),
    }


def assemble(
    text: str, data: dict[str, Any], found: Iterable[Mark], file: str, line: int = 0
) -> tuple[AnnotatedText, list[Fault]]:
    """Put a text together again.

    Parameters
    ----------
    data
        What `meta` gave; missing keys are read as unknown.

    Returns
    -------
    tuple
        The text, and a fault for every span that had to be left out: labels nobody knows, offsets outside
        the text or not where the tool says, spans of one layer that overlap, notes that cannot be read.
    """
    id = str(data.get("text_id") or "?")
    entities: list[Entity] = []
    claims: list[Claim] = []
    measures: list[Measure] = []
    faults: list[Fault] = []
    for m in sorted(found, key=lambda m: (m.start, m.end)):
        layer: list[Any] = (
            entities if m.label in ENTITY_LABELS else claims if m.label in CLAIM_KINDS else measures
        )
        problem = _problem(m, text, layer)
        if not problem:
            try:
                layer.append(_span(m, text))
            except (ValueError, TypeError, KeyError, AttributeError) as e:
                problem = f"its note cannot be read ({e})"
        if problem:
            place = f"{m.start} to {m.end} ({text[m.start : m.end]!r})"
            faults.append(Fault(file, line, 0, f"{id}: {m.label} at {place} left out: {problem}"))
    record = Record(
        id,
        published=data.get("published") or None,
        entities=tuple(entities),
        claims=tuple(claims),
        measures=tuple(measures),
    )
    tags = tuple(data.get("tags") or ())
    return AnnotatedText(text, record, str(data.get("kind") or "?"), tags), faults


def _problem(m: Mark, text: str, layer: list[Any]) -> str | None:
    if m.label not in LABELS:
        return "unknown label"
    if not 0 <= m.start < m.end <= len(text):
        return f"outside the text of {len(text)} characters"
    if m.text is not None and m.text != text[m.start : m.end]:
        return f"misaligned, it should read {m.text!r}"
    if layer and m.start < layer[-1].end:
        return f"overlaps {layer[-1].text!r}"
    return None


def _span(m: Mark, text: str) -> Any:
    note = json.loads(m.note) if m.note else {}
    data = stories.whole({**note, "start": m.start, "end": m.end}, text)
    if m.label in ENTITY_LABELS:
        return build(Entity, {**data, "label": m.label})
    if m.label in CLAIM_KINDS:
        return build(Claim, {**data, "kind": m.label})
    return build(Measure, {**data, "category": m.label})


def lost(items: Iterable[AnnotatedText], file: str, notes: bool) -> list[Fault]:
    """Warnings that tell what a format cannot hold of these texts.

    Parameters
    ----------
    notes
        Whether the format holds notes on spans.
    """
    relations = claims = actors = 0
    for item in items:
        relations += len(item.relations)
        claims += len(item.record.claims)
        actors += sum(m.actor is not None for m in item.record.measures)
    out = []
    if relations:
        out.append(f"{relations} relations between claims are not held by this format")
    if claims and not notes:
        out.append(f"normal forms and links of {claims} claims are not held by this format")
    if actors and not notes:
        out.append(f"{actors} actors of measures are not held by this format")
    return [Fault(file, 0, 0, message, warning=True) for message in out]
