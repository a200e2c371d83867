"""``jucuo_sentences``: sentence starts, and the articles of a page."""

from __future__ import annotations

import numpy
from spacy.attrs import IDX, SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from ..reading import articles
from ..records import plain
from ..sentences import sentences
from . import extensions
from .text import text_of


@Language.component("jucuo_sentences", assigns=["token.is_sent_start", "doc.sents", "doc.spans"])
def jucuo_sentences(doc: Doc) -> Doc:
    """Split into sentences (half- and full-width ends, quotes, broken lines) and a page into articles."""
    extensions.register()
    text = text_of(doc)
    if len(doc):
        starts = numpy.zeros(len(text) + 1, dtype=bool)
        starts[[s for s, _ in sentences(text)]] = True
        flags = numpy.where(starts[doc.to_array(IDX).astype("int64")], 1, -1)
        flags[0] = 1
        doc.from_array([SENT_START], flags[:, None].astype("int64").view("uint64"))
    found = [{**plain(a), "label": "article"} for a in articles(text, doc._.published)]
    extensions.store(doc, extensions.ARTICLES, found, "label")
    return doc
