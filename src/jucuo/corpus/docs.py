"""Annotated texts as spaCy docs, and corpus files for training."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from ..errors import JucuoError
from ..pipeline import extensions
from ..pipeline.tokenizer import ZhTokenizer
from ..records import Record, plain


def to_doc(tokenizer: ZhTokenizer, text: str, record: Record) -> Doc:
    """Make a doc that carries a record as gold annotation.

    Raises
    ------
    JucuoError
        J013 if a span does not fall on token edges or entities overlap.
    """
    extensions.register()
    doc = tokenizer(text)
    doc._.published = record.published
    doc.user_data["jucuo_id"] = record.id
    ents = []
    for e in record.entities:
        span = doc.char_span(e.start, e.end, label=e.label)
        if span is None:
            raise JucuoError("J013", f"entity {e.text!r} at {e.start} is cut by a token", record.id)
        ents.append(span)
    try:
        doc.set_ents(ents)
    except ValueError as e:
        raise JucuoError("J013", f"entities overlap: {e}", record.id) from None
    extensions.store(doc, extensions.CLAIMS, [plain(c) for c in record.claims], "kind")
    extensions.store(doc, extensions.MEASURES, [plain(m) for m in record.measures], "category")
    return doc


def save(docs: Iterable[Doc], path: Path) -> int:
    """Write docs to a ``.spacy`` file; return how many."""
    box = DocBin(docs=docs, store_user_data=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    box.to_disk(path)
    return len(box)


def blank_tokenizer(vocab: Vocab | None = None) -> ZhTokenizer:
    """The tokenizer of the pipeline, on a vocabulary of its own if not given one."""
    return ZhTokenizer(vocab or Vocab())
