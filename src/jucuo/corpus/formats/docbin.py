"""spaCy's DocBin: holds everything, as the pipeline itself stores it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from spacy.tokens import DocBin
from spacy.vocab import Vocab

from ...errors import JucuoError
from ...pipeline import extensions
from ...records import ENTITY_LABELS
from .. import docs
from ..faults import Fault
from ..markup import AnnotatedText
from . import jsonl

HOLDS = "everything; a text with a span cut by a token, or with overlapping entities, is left out"
_KEY = "jucuo_text"


def write(items: Iterable[AnnotatedText], path: Path) -> list[Fault]:
    """Write a ``.spacy`` file; a text that does not fit the tokens is a fault and left out."""
    tokenizer = docs.blank_tokenizer()
    box = DocBin(store_user_data=True)
    faults: list[Fault] = []
    for item in items:
        try:
            doc = docs.to_doc(tokenizer, item.text, item.record)
        except JucuoError as e:
            faults.append(Fault(str(path), 0, 0, f"{item.id} left out: {e.message}"))
            continue
        for span in (*item.record.claims, *item.record.measures):
            if doc.char_span(span.start, span.end) is None:
                message = f"{item.id}: {span.text!r} at {span.start} is cut by a token; its span is wider"
                faults.append(Fault(str(path), 0, 0, message, warning=True))
        doc.user_data[_KEY] = {
            "id": item.id,
            "kind": item.kind,
            "tags": list(item.tags),
            "relations": jsonl.relations(item),
        }
        box.add(doc)
    box.to_disk(path)
    return faults


def read(path: Path) -> tuple[list[AnnotatedText], list[Fault]]:
    """Read a ``.spacy`` file, ours or another with entities."""
    extensions.register()
    out: list[AnnotatedText] = []
    try:
        box = DocBin().from_disk(path)
    except (ValueError, OSError) as e:
        return [], [Fault(str(path), 0, 0, f"not a DocBin: {e}")]
    faults: list[Fault] = []
    for number, doc in enumerate(box.get_docs(Vocab())):
        data = doc.user_data.get(_KEY, {})
        record = extensions.record_of(doc, data.get("id") or doc.user_data.get("jucuo_id") or f"doc-{number}")
        ours = tuple(e for e in record.entities if e.label in ENTITY_LABELS)
        unknown = len(doc.ents) - len(ours)
        if unknown:
            message = f"{record.id}: {unknown} entities with unknown labels left out"
            faults.append(Fault(str(path), 0, 0, message))
        relations, ids = jsonl.named(data.get("relations", ()))
        plain = replace(record, articles=(), entities=ours)
        tags = tuple(data.get("tags", ()))
        out.append(AnnotatedText(doc.text, plain, data.get("kind", "?"), tags, relations, ids))
    return out, faults
