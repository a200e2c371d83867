"""What people call: load the pipeline, run it over texts, get records."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import as_file, files
from itertools import tee
from typing import TYPE_CHECKING, Any, overload

from .errors import JucuoError
from .published import Published
from .records import Record

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from .reading import Document

BATCH = 60_000
"""Characters worked on at a time: long texts take no more memory than many short ones."""

DOCS = 32
"""Docs sent to a process at a time."""


def load(name: str | None = None, *, words: bool = False, **overrides: Any) -> Language:
    """Load a pipeline. It takes texts of up to `reading.documents.MAX_TEXT` characters (``nlp.max_length``).

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
        J010 if there is no such pipeline, or if it has no ``jucuo_words`` for `words`.
    """
    import spacy

    from .reading.documents import MAX_TEXT

    try:
        if name is not None:
            nlp = spacy.load(name, **overrides)
        else:
            with as_file(files("jucuo").joinpath("model")) as path:
                nlp = spacy.load(path, **overrides)
    except OSError as e:
        raise JucuoError("J010", f"no pipeline {name or 'in this package'}: {e}") from None
    if words:
        if "jucuo_words" not in nlp.component_names:
            raise JucuoError("J010", "the pipeline has no component jucuo_words, so there are no words")
        nlp.enable_pipe("jucuo_words")
    nlp.max_length = MAX_TEXT  # spaCy's limit is for its own parser and NER
    return nlp


@cache
def _shipped() -> Language:
    return load()


@overload
def extract(  # type: ignore[overload-overlap]
    texts: str, published: Published = None, nlp: Language | None = None, *, ids: object = None
) -> Record: ...
@overload
def extract(
    texts: Iterable[str],
    published: Published | Iterable[Published] = None,
    nlp: Language | None = None,
    *,
    ids: Iterable[object] | None = None,
) -> list[Record]: ...


def extract(texts: Any, published: Any = None, nlp: Language | None = None, *, ids: Any = None) -> Any:
    """Extract the facts of texts.

    Parameters
    ----------
    texts
        One text, or several.
    published
        The day of publication (``YYYY-MM-DD`` or a date): one for all texts, or one a text; None, NaN and NaT
        where it is not known.
    nlp
        A pipeline from `load`; the shipped one, loaded once, if not given.
    ids
        What the records are to be called: one for one text, or one a text; their positions if not given.

    Returns
    -------
    Record or list[Record]
        A record for one text, a list for several.

    Raises
    ------
    JucuoError
        J008 for a wrong date, J007 if there are not as many dates or ids as texts; and those of `pipe`.

    Examples
    --------
    From records to a table with a row a fact (``pandas.DataFrame(rows)``):

    >>> from jucuo.export.table import facts
    >>> records = extract(["昨日复工3家。", "昨日复工5家。"], "2020-03-06", ids=["云溪", "青河"])
    >>> rows = [row for record in records for row in facts(record)]
    >>> [(row["id"], row["label"], row["value"]) for row in rows if row["fact"] == "claim"]
    [('云溪', 'date', None), ('云溪', 'count', 3), ('青河', 'date', None), ('青河', 'count', 5)]
    """
    if isinstance(texts, str):
        return extract([texts], published, nlp, ids=[0 if ids is None else ids])[0]
    texts = list(texts)
    several = isinstance(published, Iterable) and not isinstance(published, str)
    days = _one_a_text(texts, published, "published dates") if several else [published] * len(texts)
    names = range(len(texts)) if ids is None else _one_a_text(texts, ids, "ids")
    from .pipeline.extensions import record_of

    docs = pipe(nlp or _shipped(), zip(texts, days, strict=True))
    return [record_of(doc, id=str(id)) for id, doc in zip(names, docs, strict=True)]


def _one_a_text(texts: list[str], values: Iterable[Any], what: str) -> list[Any]:
    values = list(values)
    if len(values) != len(texts):
        raise JucuoError("J007", f"{len(texts)} texts but {len(values)} {what}")
    return values


def pipe(nlp: Language, texts: Iterable[tuple[str, Published]], n_process: int = 1) -> Iterator[Doc]:
    """Run a pipeline over (text, published) pairs, in batches bounded by characters; yield docs in order.

    Errors name the position of the text.

    Raises
    ------
    JucuoError
        J008 for a wrong date, J007 for a text that is no string, J014 for one longer than ``nlp.max_length``,
        J005 for one with halves of characters.
    """
    from .pipeline.batching import batches
    from .pipeline.extensions import register
    from .pipeline.text import text_of

    register()
    docs = (_doc(nlp, number, *pair) for number, pair in enumerate(texts))
    if n_process != 1:
        yield from _in_processes(nlp, docs, n_process)
        return
    for batch in batches(docs, lambda doc: len(text_of(doc)), BATCH):
        yield from nlp.pipe(batch, batch_size=len(batch))


def _in_processes(nlp: Language, docs: Iterable[Doc], n_process: int) -> Iterator[Doc]:
    """Docs through a pool of processes, which lives as long as the stream.

    spaCy's pool waits for ever if what feeds it raises, or if nobody takes what it gives. So an error of the
    input ends it and is raised at the end, and who stops early lets the docs under way run out.
    """
    failed: list[Exception] = []
    stopped = False

    def given() -> Iterator[Doc]:
        try:
            for doc in docs:
                if stopped:
                    return
                yield doc
        except Exception as e:
            failed.append(e)

    stream = nlp.pipe(given(), n_process=n_process, batch_size=DOCS)
    try:
        for doc in stream:  # noqa: UP028 - `yield from` would close the stream first
            yield doc
    except GeneratorExit:
        stopped = True
        for _ in stream:
            pass
        raise
    if failed:
        raise failed[0]


def _doc(nlp: Language, number: int, text: str, published: Published) -> Doc:
    """The doc of one of the texts of `pipe`, not yet analysed."""
    if not isinstance(text, str):
        raise JucuoError("J007", f"text {number} is {reprlib.repr(text)}, no string")
    if len(text) > nlp.max_length:
        raise JucuoError("J014", f"text {number} has {len(text):,} characters; more than {nlp.max_length:,}")
    try:
        doc = nlp.make_doc(text)
        doc._.published = published
    except UnicodeEncodeError as e:
        raise JucuoError("J005", f"text {number} has half a character at {e.start}: {e.reason}") from None
    except JucuoError as e:
        raise JucuoError(e.code, f"text {number}: {e.message}") from None
    return doc


def records(nlp: Language, documents: Iterable[Document]) -> Iterator[tuple[Document, Record]]:
    """Extract the facts of documents read by `jucuo.reading`; yield each with its record, in order."""
    from .pipeline.extensions import record_of

    read, given = tee(documents)
    docs = pipe(nlp, ((d.text, d.published) for d in given))
    for document, doc in zip(read, docs, strict=True):
        record = record_of(doc, id=document.id, source=document.source)
        articles = document.articles or record.articles  # with the dates that the reader knew
        yield document, replace(record, articles=articles, meta=document.meta)
