"""Text, headline, date and source of an HTML page.

trafilatura decides which paragraphs are the story; the page is then written out by ourselves from the first
to the last of them, so that headlines, captions, source lines and teasers between and around them stay.
"""

from __future__ import annotations

import copy
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..errors import JucuoError
from ..shadow import normalise
from . import dates
from .lines import CAPTION, FURNITURE, HEADLINE, META, MORE, classify
from .metadata import address, first, metadata, names, published, publisher

MAX_CHARACTERS = 10_000_000
MAX_DEPTH = 1000
MAX_ATTRIBUTES = 1000
_TRAFILATURA_ELEMENTS, _TRAFILATURA_DEPTH = 10_000, 200

_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{4000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CELL = "\x1f"  # stands between the cells of a table until white space is settled
_TITLE = 40  # characters that a headline hardly exceeds
_ROW_DAY = re.compile(
    r"^[\[(（【]?{0}[\])）】]?\s*|\s*[\[(（【]?{0}[\])）】]?$".format(
        r"(?:(?:19|20)?\d\d[-/.年])?[01]?\d[-/.月][0-3]?\d日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?"
    )
)
_COMMENTS = re.compile(
    r"(?:网友|网民|读者|用户|最新|热门|全部|精彩|文章)?(?:评论|跟帖|留言)(?:区|列表)?\s*(?:[（(]?\s*\d*\s*条?\s*[）)]?)[:：]?"
)
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
    is_link: bool
    aside: bool
    h1: bool
    gap: bool  # starts a paragraph (and not just a line)


def _is_link(text: str, linked: int, links: int) -> bool:
    """Whether a block is a link to another page, and not text that has been made a link.

    `linked` is the number of its characters in links, `links` that of the links. The day beside a link in a
    list does not count. What tells something is text: a finished sentence, a long single link, a caption, a
    line with source and date.
    """
    if linked <= 0.6 * len(_ROW_DAY.sub("", text)):
        return False
    told = len(text) >= 15 and "。" in text
    return not (told or (links == 1 and len(text) > _TITLE) or classify(normalise(text)) in (CAPTION, META))


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
    meta = metadata(root)
    title = first(meta, "title") or _tag_title(root)
    blocks, size, depth = _blocks(root, file)
    main = _main_text(root, size, depth)
    kept = _choose(blocks, main, title)
    text = "".join(("\n\n" if b.gap and i else "\n" if i else "") + b.text for i, b in enumerate(kept))
    if not text.strip():
        raise JucuoError("J003", "no text in this page", file)
    h1 = next((b.text for b in kept if b.h1), None)
    url = address(root, meta, source)
    return Page(
        text, h1 or title, published(root, meta), publisher(root, meta), dates.from_name(url) if url else None
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


def _tag_title(root: Any) -> str | None:
    found = next(root.iter("title"), None)
    text = " ".join((found.text or "").split()) if found is not None else ""
    return text or None


def _blocks(root: Any, file: str | None) -> tuple[list[_Block], int, int]:
    """The visible text in blocks, the number of elements and the depth; without recursion."""
    from lxml import etree

    writer = _Writer()
    size = depth = deepest = 0
    for event, e in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            size, depth = size + 1, depth + 1
            deepest = max(deepest, depth)
            if depth > MAX_DEPTH:
                raise JucuoError("J014", f"elements are nested more than {MAX_DEPTH} deep", file)
            writer.step(e, 1)
            writer.add(e.text)
        else:
            depth -= 1
            writer.step(e, -1)
            writer.add(e.tail if e is not root else None)
    writer.end_block(True)
    return writer.blocks, size, deepest


class _Writer:
    """Writes the visible text of a page in blocks while its elements begin and end."""

    def __init__(self) -> None:
        self.blocks: list[_Block] = []
        self.parts: list[str] = []  # of the block that is being written
        self.links: list[str] = []  # what of them is in links
        self.anchors = 0  # the links in it
        self.gap = True  # whether it starts a paragraph
        self.skip = self.aside = self.anchor = self.heading = self.preformatted = 0  # elements it is in
        self.skipped, self.asides, self.inline = (frozenset(names(x)) for x in ("skip", "aside", "inline"))

    def step(self, e: Any, step: int) -> None:
        """Take note that an element begins (1) or ends (-1)."""
        tag = e.tag if isinstance(e.tag, str) else ""
        if not self.skip and tag not in self.inline and tag not in ("br", "td", "th"):
            self.end_block(tag not in ("tr", "li", "dd", "dt"))
        hidden = e.get("hidden") is not None or "display:none" in (e.get("style") or "").replace(" ", "")
        self.skip += step * (hidden or tag in self.skipped)
        self.aside += step * (tag in self.asides)
        self.anchor += step * (tag == "a")
        self.heading += step * (tag == "h1")
        self.preformatted += step * (tag == "pre")
        if step > 0:
            self.anchors += tag == "a"
            if tag == "br" and not self.skip:
                self.end_block(False)
            elif tag in ("td", "th"):
                self.add(_CELL)

    def add(self, text: str | None) -> None:
        """Write on."""
        if text and not self.skip:
            for i, piece in enumerate(text.split("\n") if self.preformatted else [text]):
                if i:
                    self.end_block(not piece.strip())
                self.parts.append(piece)
                if self.anchor:
                    self.links.append(piece)

    def end_block(self, paragraph: bool) -> None:
        """End a block, if anything stands in it, and perhaps its `paragraph`."""
        text = _squeeze("".join(self.parts))
        if text:
            link = _is_link(text, len(_squeeze("".join(self.links))), self.anchors)
            self.blocks.append(_Block(text, link, self.aside > 0, self.heading > 0, self.gap))
        self.gap = paragraph or (self.gap and not text)
        self.parts.clear()
        self.links.clear()
        self.anchors = int(self.anchor > 0)


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
    extract = _trafilatura()
    if extract is None:
        return ""
    found = extract(copy.deepcopy(root), include_comments=False, favor_recall=True, with_metadata=False)
    return _bare(found.text or "") if found else ""


@cache
def _trafilatura() -> Any:
    """The function of trafilatura that finds a story; None, with a warning, if it cannot be loaded."""
    try:
        from trafilatura import bare_extraction
    except ImportError as e:
        warnings.warn(
            f"web pages are read without trafilatura, and worse ({e}): pip install lxml_html_clean",
            RuntimeWarning,
            stacklevel=2,
        )
        return None
    return bare_extraction


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
    foot = next((i for i in sorted(chosen) if i > first and _is_foot(blocks[i].text)), len(blocks))
    kinds = ((i, classify(normalise(blocks[i].text))) for i in sorted(chosen))
    top = next((i for i, kind in kinds if kind != FURNITURE), first)
    chosen = {i for i in chosen if top <= i < foot}
    return [blocks[i] for i in sorted(chosen)]


def _is_foot(text: str) -> bool:
    """Whether a block is of the foot of a page, or the heading of its readers' comments."""
    return _FOOT.search(text) is not None or _COMMENTS.fullmatch(text) is not None


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
        if block.aside or _is_foot(block.text):
            return
        listing = listing or kind == MORE
        teaser = listing and i + 1 < len(blocks) and _is_teaser(block, blocks[i + 1])
        if not block.is_link or kind in (FURNITURE, MORE) or teaser:
            yield i
