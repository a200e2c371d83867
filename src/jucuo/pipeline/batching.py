"""Batches bounded by tokens, so that many long texts take no more memory than many short ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from spacy.language import Language
from spacy.pipeline import Tok2Vec
from spacy.tokens import Doc
from thinc.api import Model

TOKENS = 60_000
"""Tokens after which a batch ends; the vectors of so many take 30 MB."""


def batches(
    docs: Iterable[Doc], length: Callable[[Doc], int], limit: int, most: int | None = None
) -> Iterator[list[Doc]]:
    """Group docs: a batch ends when their lengths together reach the `limit`, or with `most` of them."""
    batch: list[Doc] = []
    size = 0
    for doc in docs:
        batch.append(doc)
        size += length(doc)
        if size >= limit or len(batch) == most:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class Bounded:
    """Makes the batches of a trainable component bounded by tokens as well as by docs."""

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Apply the component to a stream of docs, in order."""
        error_handler = self.get_error_handler()
        for docs in batches(stream, len, TOKENS, batch_size):
            try:
                self.set_annotations(docs, self.predict(docs))
            except Exception as e:
                error_handler(self.name, self, docs, e)
            else:
                yield from docs


class Encoder(Bounded, Tok2Vec):
    """spaCy's ``tok2vec`` in bounded batches."""


@Language.factory("jucuo_tok2vec", assigns=["doc.tensor"])
def make_encoder(nlp: Language, name: str, model: Model) -> Encoder:
    """Factory ``jucuo_tok2vec``: vectors of tokens into ``doc.tensor``, for the components that listen."""
    return Encoder(nlp.vocab, model, name)
