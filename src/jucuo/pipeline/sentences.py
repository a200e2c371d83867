"""``jucuo_sentences``: sentence starts, and the articles of a page."""

from __future__ import annotations

from dataclasses import asdict

from spacy.attrs import IDX
from spacy.language import Language
from spacy.tokens import Doc

from ..reading import articles
from ..sentences import sentences
from . import extensions


@Language.component("jucuo_sentences", assigns=["token.is_sent_start", "doc.sents", "doc.spans"])
def jucuo_sentences(doc: Doc) -> Doc:
    """Split into sentences (half- and full-width ends, quotes, broken lines) and a page into articles."""
    extensions.register()
    starts = {s for s, _ in sentences(doc.text)}
    if len(doc):
        for i, at in enumerate(doc.to_array(IDX).tolist()):
            doc[i].is_sent_start = i == 0 or at in starts
    found = [{**asdict(a), "label": "article"} for a in articles(doc.text, doc._.published)]
    extensions.store(doc, extensions.ARTICLES, found, "label")
    return doc
