"""Prodigy's JSONL: text, tokens and spans; a span carries its further fields under ``note``.

Tokens are those of the pipeline, so that ``ner.manual`` and ``spans.manual`` show what training sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...pipeline.tokenizer import ZhTokenizer
from .. import docs
from ..faults import Fault
from ..markup import AnnotatedText
from . import layers, rows

HOLDS = "spans, labels and their fields (as notes), date and kind of the text; no relations"


def write(items: Sequence[AnnotatedText], path: Path) -> list[Fault]:
    """Write a file; say what is lost, and which spans fall between tokens."""
    tokenizer = docs.blank_tokenizer()
    faults = layers.lost(items, str(path), notes=True)
    rows.write((_row(x, tokenizer, str(path), faults) for x in items), path)
    return faults


def _row(item: AnnotatedText, tokenizer: ZhTokenizer, file: str, faults: list[Fault]) -> dict[str, Any]:
    doc = tokenizer(item.text)
    tokens = [{"text": t.text, "start": t.idx, "end": t.idx + len(t), "id": t.i, "ws": False} for t in doc]
    spans: list[dict[str, Any]] = []
    for m in layers.marks(item):
        span: dict[str, Any] = {"start": m.start, "end": m.end, "label": m.label, "text": m.text}
        if m.note:
            span["note"] = m.note
        at = doc.char_span(m.start, m.end)
        if at is None:
            message = f"{item.id}: {m.text!r} at {m.start} is cut by a token; Prodigy will refuse it"
            faults.append(Fault(file, 0, 0, message, warning=True))
        else:
            span |= {"token_start": at.start, "token_end": at.end - 1}
        spans.append(span)
    return {"text": item.text, "meta": layers.meta(item), "tokens": tokens, "spans": spans}


def read(path: Path) -> tuple[list[AnnotatedText], list[Fault]]:
    """Read a file of Prodigy, also one from ``db-out``; rejected tasks are left out with a message."""
    items, faults = rows.read(path, _item)
    return items, faults


def _item(data: dict[str, Any], file: str, line: int) -> tuple[AnnotatedText, list[Fault]]:
    if data.get("answer", "accept") != "accept":
        raise ValueError(f"its answer is {data['answer']}")
    found = [
        layers.Mark(x["start"], x["end"], x["label"], x.get("note", ""), x.get("text"))
        for x in data.get("spans") or ()
    ]
    return layers.assemble(data["text"], data.get("meta") or {}, found, file, line)
