"""Annotated texts as spaCy docs, and corpus files for training."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin

from ..errors import JucuoError
from ..pipeline import extensions
from ..pipeline.tokenizer import ZhTokenizer
from ..records import Record, plain


def to_doc(tokenizer: ZhTokenizer, text: str, record: Record, scheme: str | None = None) -> Doc:
    """Make a doc that carries a record as gold annotation.

    Parameters
    ----------
    scheme
        Name of the label scheme of the entities where it is not ours (then there are no measures).

    Raises
    ------
    JucuoError
        J013 if a span does not fall on token edges or entities overlap.
    """
    from ..pipeline.taggers import SCHEME

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
    if scheme:
        doc.user_data[SCHEME] = scheme
        return doc
    extensions.store(doc, extensions.CLAIMS, [plain(c) for c in record.claims], "kind")
    extensions.store(doc, extensions.MEASURES, [plain(m) for m in record.measures], "category")
    return doc


def save(docs: Iterable[Doc], path: Path) -> int:
    """Write docs to a ``.spacy`` file; return how many."""
    box = DocBin(store_user_data=True)
    n = 0
    for doc in docs:
        box.add(doc)
        n += 1
    path.parent.mkdir(parents=True, exist_ok=True)
    box.to_disk(path)
    return n


def blank_tokenizer(vocab: Any = None) -> ZhTokenizer:
    """The tokenizer of the pipeline, on a vocabulary of its own."""
    from spacy.vocab import Vocab

    return ZhTokenizer(vocab or Vocab())
