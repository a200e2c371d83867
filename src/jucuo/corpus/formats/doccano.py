"""doccano's JSONL for sequence labelling: text and ``label`` with [start, end, label]; no notes on spans.

Further keys are kept by doccano as metadata. Its export has an ``id`` of its own, so ours is ``text_id``.
Exports of its newer form (``entities`` with ``start_offset`` and ``end_offset``) are read as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..faults import Fault
from ..markup import AnnotatedText
from . import layers, rows

HOLDS = "spans and labels, date and kind of the text; no normal forms, links, actors or relations"


def write(items: Sequence[AnnotatedText], path: Path) -> list[Fault]:
    """Write a file; say what is lost."""
    rows.write(
        (
            {"text": x.text, "label": [[m.start, m.end, m.label] for m in layers.marks(x)], **layers.meta(x)}
            for x in items
        ),
        path,
    )
    return layers.lost(items, str(path), notes=False)


def read(path: Path) -> tuple[list[AnnotatedText], list[Fault]]:
    """Read an import or export file of doccano."""
    return rows.read(path, _item)


def _item(data: dict[str, Any], file: str, line: int) -> tuple[AnnotatedText, list[Fault]]:
    if "entities" in data:
        found = [layers.Mark(e["start_offset"], e["end_offset"], e["label"]) for e in data["entities"]]
    else:
        found = [layers.Mark(*x) for x in data.get("label", data.get("labels", ()))]
    data.setdefault("text_id", data.get("id"))
    return layers.assemble(data["text"], data, found, file, line)
