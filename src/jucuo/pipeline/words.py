"""``jucuo_words``: words by spacy-pkuseg with the project's own model, into ``doc.spans["words"]``."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from . import extensions
from .text import text_of


class WordSegmenter:
    """Segment into words. The model is loaded at the first text; `path` is its folder."""

    def __init__(self, path: str | None):
        self.path = path
        self._cut: Any = None

    def segment(self, text: str) -> list[tuple[int, int]]:
        """Return (start, end) of every word of `text` in characters; white space belongs to none."""
        if self._cut is None:
            self._cut = load_pkuseg(self.path).cut
        out, at = [], 0
        for word in self._cut(text):
            start = text.find(word, at)
            if start < 0:  # the segmenter changed the word; keep in step with the text
                continue
            at = start + len(word)
            out.append((start, at))
        return out

    def __call__(self, doc: Doc) -> Doc:
        spans = [doc.char_span(s, e, alignment_mode="expand") for s, e in self.segment(text_of(doc))]
        # two words in one token of another tokenizer are widened to the same span
        doc.spans[extensions.WORDS] = list({(s.start, s.end): s for s in spans if s is not None}.values())
        return doc


def load_pkuseg(path: str | None = None) -> Any:
    """A spacy-pkuseg segmenter with the model in folder `path`, or the one shipped with the package."""
    import spacy_pkuseg

    if path:
        segmenter = spacy_pkuseg.pkuseg(str(Path(path)), user_dict=None)
    else:
        with as_file(files("jucuo.pipeline").joinpath("segmenter")) as folder:
            segmenter = spacy_pkuseg.pkuseg(str(folder), user_dict=None)
    segmenter.model.w = segmenter.model.w.astype("float64")  # stored in half precision
    return segmenter


@Language.factory("jucuo_words", assigns=["doc.spans"], default_config={"path": None})
def make_word_segmenter(nlp: Language, name: str, path: str | None) -> WordSegmenter:
    """Factory ``jucuo_words``; `path` names a folder with another segmentation model."""
    extensions.register()
    return WordSegmenter(path)
