"""JSONL in the form of the library's own output, with the text: holds everything.

One object a text: the record's keys, ``text``, and ``kind``, ``tags``, ``relations`` (with claims by
position). A row without these last three, such as the output of ``jucuo extract``, is read as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ...errors import JucuoError
from ...records import Record
from ..faults import Fault
from ..markup import AnnotatedText, Relation
from . import rows

HOLDS = "everything"


def row(item: AnnotatedText) -> dict[str, Any]:
    """An annotated text as plain data."""
    return {
        **item.record.to_dict(),
        "text": item.text,
        "kind": item.kind,
        "tags": list(item.tags),
        "relations": relations(item),
    }


def relations(item: AnnotatedText) -> list[list[Any]]:
    """The relations, with claims by position: ``["percent", [4, 3, 2], false]``."""
    return [[r.kind, [item.claim_ids[c] for c in r.claims], r.wrong] for r in item.relations]


def named(found: Iterable[Any]) -> tuple[tuple[Relation, ...], dict[str, int]]:
    """The reverse of `relations`: relations with ids for their claims."""
    out = tuple(Relation(kind, tuple(f"c{i}" for i in claims), wrong) for kind, claims, wrong in found)
    return out, {name: int(name[1:]) for r in out for name in r.claims}


def item(data: dict[str, Any]) -> AnnotatedText:
    """Plain data as an annotated text.

    Raises
    ------
    JucuoError
        J013 if a span's text is not what stands at its offsets.
    """
    text = data["text"]
    found, ids = named(data.get("relations", ()))
    record = Record.from_dict(data)
    for span in (*record.entities, *record.claims, *record.measures):
        if text[span.start : span.end] != span.text:
            raise JucuoError("J013", f"{span.text!r} does not stand at {span.start} to {span.end}", record.id)
    return AnnotatedText(text, record, data.get("kind") or "?", tuple(data.get("tags") or ()), found, ids)


def write(items: Iterable[AnnotatedText], path: Path) -> list[Fault]:
    """Write a file; nothing is lost."""
    rows.write(map(row, items), path)
    return []


def read(path: Path) -> tuple[list[AnnotatedText], list[Fault]]:
    """Read a file; a row that cannot be read is a fault."""
    return rows.read(path, lambda data, file, line: (item(data), []))
