"""A text with what is known of it, and how its published date is settled."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from ..errors import JucuoError
from ..records import Article
from ..shadow import normalise
from . import dates
from .articles import articles

MAX_TEXT = 10_000_000
"""Characters of the longest text that is read."""

ORIGINS = ("meta", "page", "filename", "argument", "inferred")
"""Where a published date comes from; an earlier one is preferred."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text to be read.

    Parameters
    ----------
    id
        Its id in JSONL, or the name of its file (below the folder that was given).
    text
        The text all offsets refer to: the decoded source, or what was extracted from a page.
    source
        The paper or site it appeared in, if the file says so.
    published, published_origin
        The day of publication (``YYYY-MM-DD``) and where it was found, one of `ORIGINS`.
    title
        The headline the file gives.
    articles
        The items of the text.
    meta
        Further keys of a JSONL line.
    file, line
        The file it was read from, and the line there.
    encoding
        The encoding the file was read with.
    extracted
        True if `text` is not the decoded source (HTML, Word, PDF) and a record must carry it.
    """

    id: str
    text: str
    source: str | None = None
    published: str | None = None
    published_origin: str | None = None
    title: str | None = None
    articles: tuple[Article, ...] = ()
    meta: dict[str, Any] = field(default_factory=dict)
    file: str | None = None
    line: int | None = None
    encoding: str | None = None
    extracted: bool = False


def make_document(
    id: str,
    text: str,
    *,
    meta_day: str | None = None,
    name_day: str | None = None,
    published: str | None = None,
    file: str | None = None,
    source: str | None = None,
    title: str | None = None,
    **known: Any,
) -> Document:
    """Build a document: settle its date and find its articles.

    `meta_day` is the day its metadata give, `name_day` the one in its address, `published` the one the
    user gave for texts without any.

    Raises
    ------
    JucuoError
        J003 for an empty text, J014 for one of more than `MAX_TEXT` characters.
    """
    line = known.get("line")
    if not text.strip():
        raise JucuoError("J003", "the text is empty", file, line)
    if len(text) > MAX_TEXT:
        raise JucuoError(
            "J014", f"a text of {len(text):,} characters; more than {MAX_TEXT:,} are not read", file, line
        )
    found = _titled(articles(text), title, source)
    days = {
        "meta": meta_day,
        "page": next((a.published for a in found if a.published), None),
        "filename": (dates.from_name(file) if file else None) or name_day,
        "argument": published,
    }
    day, origin = next(((day, origin) for origin, day in days.items() if day), (None, None))
    if day is None and (day := dates.infer(normalise(text[:200_000]))):
        origin = "inferred"
    return Document(
        id=id,
        text=text,
        source=source or next((a.source for a in found if a.source), None),
        published=day,
        published_origin=origin,
        title=title or next((a.title for a in found if a.title), None),
        articles=_dated(found, day, origin),
        file=file,
        **known,
    )


def _titled(found: tuple[Article, ...], title: str | None, source: str | None) -> tuple[Article, ...]:
    """Articles with the headline that the file gives, where the page shows a line above or its name below."""
    shown = (found[0].title if found else None) or ""
    if title and (shown.endswith(" " + title) or shown == f"{title} {source}"):
        return (replace(found[0], title=title), *found[1:])
    return found


def _dated(found: tuple[Article, ...], day: str | None, origin: str | None) -> tuple[Article, ...]:
    """Articles with the day of their page where they show none of their own."""
    return tuple(a if a.published else replace(a, published=day, published_origin=origin) for a in found)
