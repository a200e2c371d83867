"""Text, headline, date and source of an HTML page.

trafilatura decides which paragraphs are the story; the page is then written out by ourselves from the first
to the last of them, so that headlines, captions, source lines and teasers between and around them stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ..errors import JucuoError
from ..shadow import normalise
from . import dates
from .lines import FURNITURE, HEADLINE, META, MORE, classify

MAX_CHARACTERS = 10_000_000
MAX_DEPTH = 1000
MAX_ATTRIBUTES = 1000
_TRAFILATURA_ELEMENTS, _TRAFILATURA_DEPTH = 10_000, 200

_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{4000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CELL = "\x1f"  # stands between the cells of a table until white space is settled
_FOOT = re.compile(r"版权所有|ICP[备证]|公网安备|网站标识码|Copyright|©")


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML page says. `published` is from its metadata only."""

    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url_day: str | None = None
    """The day in the page's own address, such as ``/2020/03/11/``."""


@dataclass(slots=True)
class _Block:
    text: str
    linked: int  # characters inside links
    aside: bool
    h1: bool
    gap: bool  # starts a paragraph (and not just a line)

    @property
    def is_link(self) -> bool:
        return self.linked > 0.6 * len(self.text)


def read_html(source: str, file: str | None = None) -> Page:
    """Return the text of an HTML page with its title, date and source.

    Raises
    ------
    JucuoError
        J014 if it is too large or too deeply nested, J003 if it holds no text.
    """
    if len(source) > MAX_CHARACTERS:
        raise JucuoError(
            "J014", f"HTML of more than {MAX_CHARACTERS // 1_000_000} million characters; split it", file
        )
    root = _parse(source, file)
    meta = _metadata(root)
    title = _first(meta, _names("title")) or _tag_title(root)
    blocks, size, depth = _blocks(root, file)
    main = _main_text(root, size, depth)
    kept = _choose(blocks, main, title)
    text = "".join(("\n\n" if b.gap and i else "\n" if i else "") + b.text for i, b in enumerate(kept))
    if not text.strip():
        raise JucuoError("J003", "no text in this page", file)
    h1 = next((b.text for b in kept if b.h1), None)
    url = next((e.get("href") for e in root.iter("link") if e.get("rel") == "canonical"), None) or meta.get(
        "og:url"
    )
    published = next((d for k in _names("date") if (d := dates.to_day(meta.get(k)))), None)
    return Page(
        text, h1 or title, published, _first(meta, _names("source")), dates.from_name(url) if url else None
    )


def _parse(source: str, file: str | None) -> Any:
    from lxml import etree, html

    for tag in _LONG_TAG.finditer(source):  # libxml2 compares every attribute with every other
        if len(_QUOTED.sub("", tag[0]).split()) > MAX_ATTRIBUTES:
            raise JucuoError("J014", f"an element has more than {MAX_ATTRIBUTES} attributes", file)
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source).replace("\0", "")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as e:
        raise JucuoError("J003", f"no text in this page ({e})", file) from None
    if any("depth" in e.message for e in parser.error_log):
        raise JucuoError("J014", "elements are nested too deeply", file)
    return root


def _metadata(root: Any) -> dict[str, str]:
    """Values of the meta elements by lower-case name; JSON-LD and microdata dates under ``datepublished``."""
    out: dict[str, str] = {}
    for e in root.iter("meta"):
        key = (
            (e.get("property") or e.get("name") or e.get("itemprop") or e.get("http-equiv") or "")
            .lower()
            .strip()
        )
        if key and e.get("content") and key not in out:
            out[key] = e.get("content").strip()
    for e in root.iter("script"):
        if (e.get("type") or "").lower() == "application/ld+json" and e.text and len(e.text) < 100_000:
            try:
                data = json.loads(e.text)
            except (ValueError, RecursionError):
                continue
            for item in (
                data
                if isinstance(data, list)
                else data.get("@graph", [data])
                if isinstance(data, dict)
                else []
            ):
                if isinstance(item, dict) and isinstance(item.get("datePublished"), str):
                    out.setdefault("datepublished", item["datePublished"])
    for e in root.iter("time", "span", "div"):
        if (e.get("itemprop") or "").lower() == "datepublished" or (
            e.tag == "time" and e.get("pubdate") is not None
        ):
            out.setdefault("datepublished", e.get("datetime") or e.get("content") or e.text_content()[:40])
    return out


@cache
def _names(kind: str) -> tuple[str, ...]:
    """Names of a kind in ``html.tsv``."""
    rows = files(__package__).joinpath("html.tsv").read_text("utf-8").splitlines()
    return tuple(row.split("\t")[1] for row in rows if row.startswith(kind + "\t"))


def _first(meta: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((meta[k] for k in keys if meta.get(k)), None)


def _tag_title(root: Any) -> str | None:
    found = next(root.iter("title"), None)
    text = " ".join((found.text or "").split()) if found is not None else ""
    return text or None


def _blocks(root: Any, file: str | None) -> tuple[list[_Block], int, int]:
    """The visible text in blocks, the number of elements and the depth; without recursion."""
    from lxml import etree

    skipped, asides, inline = (frozenset(_names(x)) for x in ("skip", "aside", "inline"))
    out: list[_Block] = []
    parts: list[str] = []
    links: list[str] = []
    size = depth = deepest = skip = aside = anchor = heading = preformatted = 0
    gap = True

    def flush(paragraph: bool) -> None:
        nonlocal gap
        text = _squeeze("".join(parts))
        if text:
            out.append(_Block(text, len(_squeeze("".join(links))), aside > 0, heading > 0, gap))
            gap = paragraph
        else:
            gap = gap or paragraph
        parts.clear()
        links.clear()

    def add(text: str | None) -> None:
        if text and not skip:
            for i, piece in enumerate(text.split("\n") if preformatted else [text]):
                if i:
                    flush(not piece.strip())
                parts.append(piece)
                if anchor:
                    links.append(piece)

    for event, e in etree.iterwalk(root, events=("start", "end")):
        tag = e.tag if isinstance(e.tag, str) else ""
        step = 1 if event == "start" else -1
        block = tag not in inline and tag not in ("br", "td", "th")
        if block and not skip:
            flush(tag not in ("tr", "li", "dd", "dt"))
        depth += step
        if event == "start":
            size, deepest = size + 1, max(deepest, depth)
            if depth > MAX_DEPTH:
                raise JucuoError("J014", f"elements are nested more than {MAX_DEPTH} deep", file)
        hidden = (
            tag in skipped
            or e.get("hidden") is not None
            or "display:none" in (e.get("style") or "").replace(" ", "")
        )
        skip += step if hidden else 0
        aside += step if tag in asides else 0
        anchor += step if tag == "a" else 0
        heading += step if tag == "h1" else 0
        preformatted += step if tag == "pre" else 0
        if event == "start":
            if tag == "br" and not skip:
                flush(False)
            elif tag in ("td", "th"):
                add(_CELL)
            add(e.text)
        else:
            add(e.tail) if e is not root else None
    flush(True)
    return out, size, deepest


def _squeeze(text: str) -> str:
    """White space as a browser shows it; a line break of the source between Chinese characters goes."""
    text = re.sub(
        r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t\r\n]*\n[ \t\r\n]*(?=[\u3000-\u9fff\uff00-\uffef])", "", text
    )
    text = re.sub(r"[ \t\r\n\f\xa0]+", " ", text).replace(_CELL, "\t").strip(" \t\u200b\ufeff")
    return text if text.strip("\u3000") else ""


def _main_text(root: Any, size: int, depth: int) -> str:
    """The story as trafilatura finds it, without white space; nothing for pages too large for it."""
    if size > _TRAFILATURA_ELEMENTS or depth > _TRAFILATURA_DEPTH:
        return ""
    try:
        from trafilatura import bare_extraction
    except ImportError:
        return ""
    import copy

    tree = copy.deepcopy(root)
    found: Any = bare_extraction(tree, include_comments=False, favor_recall=True, with_metadata=False)
    return _bare(found.text or "") if found else ""


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _choose(blocks: list[_Block], main: str, title: str | None) -> list[_Block]:
    """The blocks of the story: from the headline to its last paragraph, and teasers of others below."""
    keys = [_bare(b.text) for b in blocks]
    plain = [i for i, b in enumerate(blocks) if not b.is_link and not b.aside and len(keys[i]) >= 2]
    story = [i for i in plain if len(keys[i]) >= 8 and keys[i] in main]
    if sum(len(keys[i]) for i in story) < 0.3 * sum(len(keys[i]) for i in plain):
        story = plain
    if not story:
        return [b for b in blocks if not b.is_link] or blocks
    first, last = story[0], story[-1]
    start = _headline(blocks, keys, first, title)
    chosen = set(story)
    chosen |= {
        i for i in range(start, last + 1) if not blocks[i].aside and (not blocks[i].is_link or blocks[i].h1)
    }
    chosen |= {i - 1 for i in story if i > start and _is_teaser(blocks[i - 1], blocks[i])}
    chosen |= set(_below(blocks, last))
    foot = next((i for i in sorted(chosen) if i > first and _FOOT.search(blocks[i].text)), len(blocks))
    kinds = ((i, classify(normalise(blocks[i].text))) for i in sorted(chosen))
    top = next((i for i, kind in kinds if kind != FURNITURE), first)
    chosen = {i for i in chosen if top <= i < foot}
    return [blocks[i] for i in sorted(chosen)]


def _headline(blocks: list[_Block], keys: list[str], first: int, title: str | None) -> int:
    """The block with the headline above the story's first block, or that block itself."""
    name = _bare(title or "")
    for i in range(first, max(-1, first - 25), -1):
        if blocks[i].h1 or (len(keys[i]) >= 6 and not blocks[i].aside and name.startswith(keys[i])):
            return i
    i = first
    while i > 0 and not blocks[i - 1].is_link and classify(normalise(blocks[i - 1].text)) in (HEADLINE, META):
        i -= 1
    return i


def _is_teaser(block: _Block, below: _Block) -> bool:
    """Whether a link is the headline of the text below it."""
    text = not below.is_link and not below.aside and len(below.text) >= 20
    return text and block.is_link and not block.aside and classify(normalise(block.text)) == HEADLINE


def _below(blocks: list[_Block], last: int) -> Iterator[int]:
    """Blocks below the story that belong to the page: editors' lines, labels, teasers."""
    listing = False
    for i in range(last + 1, min(len(blocks), last + 40)):
        block, kind = blocks[i], classify(normalise(blocks[i].text))
        if block.aside or _FOOT.search(block.text):
            return
        listing = listing or kind == MORE
        teaser = listing and i + 1 < len(blocks) and _is_teaser(block, blocks[i + 1])
        if not block.is_link or kind in (FURNITURE, MORE) or teaser:
            yield i
