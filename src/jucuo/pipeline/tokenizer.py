"""``jucuo.ZhTokenizer.v1``: a token per Han character, so that no annotation ever falls inside a token."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

from .text import remember

_TOKEN = re.compile(
    r"[^\rA-Za-z0-9０-９Ａ-Ｚａ-ｚÀ-ɏ]"
    r"|\r\n"  # one line end, whatever the system
    r"|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"  # e-mail
    r"|(?:https?://|www\.)[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*[A-Za-z0-9/]"
    r"|(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?[%‰]?"
    r"|(?:[０-９]{1,3}(?:[，,][０-９]{3})+(?![０-９])|[０-９]+)(?:[．.][０-９]+)?[％%‰]?"
    r"|[A-Za-zÀ-ɏ]+(?:['-][A-Za-z]+)*|[Ａ-Ｚａ-ｚ]+"
    r"|.",
    re.DOTALL,
)


class _Orths(dict[str, int]):
    """Token text to its hash in the string store; what is added in a memory zone leaves the store with it."""

    def __init__(self, vocab: Vocab):
        super().__init__()
        self.vocab, self.add = vocab, vocab.strings.add

    def __missing__(self, token: str) -> int:
        orth = self.add(token)
        if len(self) < 100_000 and not self.vocab.in_memory_zone:
            self[token] = orth
        return orth


class ZhTokenizer(DummyTokenizer):
    """Split a text into Han characters, figures (``1,200.5``, ``12%``), Latin words, URLs and single signs.

    Every character of the text, white space included, belongs to exactly one token, so token offsets are
    offsets of the text.
    """

    def __init__(self, vocab: Vocab):
        self.vocab = vocab
        self._orths = _Orths(vocab)

    def __call__(self, text: str) -> Doc:
        words = list(map(self._orths.__getitem__, _TOKEN.findall(text)))
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        if text:
            remember(doc, text)
        return doc

    def __reduce__(self) -> tuple:
        return type(self), (self.vocab,)

    def from_bytes(self, data: bytes, **kwargs: Any) -> ZhTokenizer:
        self._orths.clear()  # the string store was filled anew
        return self

    def from_disk(self, path: str | Path, **kwargs: Any) -> ZhTokenizer:
        return self.from_bytes(b"")


def make_tokenizer() -> Callable[[Language], ZhTokenizer]:
    """Registered as ``jucuo.ZhTokenizer.v1``."""
    return lambda nlp: ZhTokenizer(nlp.vocab)
