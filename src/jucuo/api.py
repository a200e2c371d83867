"""What people call: load the pipeline, run it over texts, get records."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, TypeVar, overload

from .errors import JucuoError
from .records import Record

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from .reading import Document

BATCH = 60_000
"""Characters worked on at a time: long texts take no more memory than many short ones."""

Published = str | datetime.date | None
Item = TypeVar("Item")


def load(name: str | None = None, *, words: bool = False, **overrides: Any) -> Language:
    """Load a pipeline.

    Parameters
    ----------
    name
        A package such as ``zh_jucuo_sm`` or a folder; the pipeline shipped with this package if not given.
    words
        Also segment words into ``doc.spans["words"]`` (it takes longer than all the rest).
    overrides
        Passed on to `spacy.load`, for example ``config={"components.jucuo_measures.threshold": 0.5}``.

    Raises
    ------
    JucuoError
        J010 if there is no such pipeline.
    """
    import spacy

    try:
        if name is not None:
            nlp = spacy.load(name, **overrides)
        else:
            with as_file(files("jucuo").joinpath("model")) as path:
                nlp = spacy.load(path, **overrides)
    except OSError as e:
        raise JucuoError("J010", f"no pipeline {name or 'in this package'}: {e}") from None
    if words:
        nlp.enable_pipe("jucuo_words")
    return nlp


@cache
def _shipped() -> Language:
    return load()


@overload
def extract(texts: str, published: Published = None, nlp: Language | None = None) -> Record: ...  # type: ignore[overload-overlap]
@overload
def extract(
    texts: Iterable[str], published: Published | Iterable[Published] = None, nlp: Language | None = None
) -> list[Record]: ...


def extract(texts: Any, published: Any = None, nlp: Language | None = None) -> Any:
    """Extract the facts of texts.

    Parameters
    ----------
    texts
        One text, or several.
    published
        The day of publication (``YYYY-MM-DD`` or a date): one for all texts, or one a text.
    nlp
        A pipeline from `load`; the shipped one, loaded once, if not given.

    Returns
    -------
    Record or list[Record]
        A record for one text, a list for several; ids are the positions.

    Raises
    ------
    JucuoError
        J008 for a wrong date, J007 if there are not as many dates as texts.
    """
    if isinstance(texts, str):
        return extract([texts], published, nlp)[0]
    texts = list(texts)
    if published is None or isinstance(published, str | datetime.date):
        days = [published] * len(texts)
    else:
        days = list(published)
        if len(days) != len(texts):
            raise JucuoError("J007", f"{len(texts)} texts but {len(days)} published dates")
    nlp = nlp or _shipped()
    from .pipeline.extensions import record_of

    docs = pipe(nlp, zip(texts, days, strict=True))
    return [record_of(doc, id=str(i)) for i, doc in enumerate(docs)]


def pipe(nlp: Language, texts: Iterable[tuple[str, Published]], n_process: int = 1) -> Iterator[Doc]:
    """Run a pipeline over (text, published) pairs, in batches bounded by characters; yield docs in order.

    Raises
    ------
    JucuoError
        J008 for a wrong date.
    """
    from .pipeline.extensions import register

    register()

    def prepare(text: str, published: Published) -> Doc:
        doc = nlp.make_doc(text)
        doc._.published = day(published)
        return doc

    for batch in _batches(texts, lambda pair: len(pair[0])):
        docs = (prepare(text, published) for text, published in batch)
        yield from nlp.pipe(docs, n_process=n_process, batch_size=len(batch))


def _batches(items: Iterable[Item], length: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Group items so that each group holds about `BATCH` characters."""
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += length(item)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def day(published: Published) -> str | None:
    """A published date as ``YYYY-MM-DD``.

    Raises
    ------
    JucuoError
        J008 if it is none.
    """
    if published is None:
        return None
    if isinstance(published, datetime.date):
        return published.strftime("%Y-%m-%d")
    try:
        return datetime.date.fromisoformat(published).isoformat()
    except ValueError:
        raise JucuoError("J008", f"{published!r} is no date; write it as 2020-03-11") from None


def records(nlp: Language, documents: Iterable[Document]) -> Iterator[tuple[Document, Record]]:
    """Extract the facts of documents read by `jucuo.reading`; yield each with its record, in order."""
    from .pipeline.extensions import record_of

    for batch in _batches(documents, lambda d: len(d.text)):
        docs = pipe(nlp, [(d.text, d.published) for d in batch])
        for document, doc in zip(batch, docs, strict=True):
            record = record_of(doc, id=document.id, source=document.source)
            yield document, with_document(record, document)


def with_document(record: Record, document: Document) -> Record:
    """A record with what the reader knew: articles with their dates, and further keys."""
    from dataclasses import replace

    return replace(record, articles=document.articles or record.articles, meta=document.meta)
