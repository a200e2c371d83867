"""A page into its articles: where each begins and ends, its headline, by-line, source, date and furniture."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from statistics import median_low

from ..records import Article, Span
from ..sentences import join_shadow
from ..shadow import normalise
from . import bylines, dates
from .lines import (
    BODY,
    BYLINE,
    CAPTION,
    FURNITURE,
    HEADLINE,
    META,
    MORE,
    NOTE,
    RULE,
    Line,
    furniture_in,
    is_bulletin,
    is_column,
    is_list_item,
    read_lines,
    source_of,
    states_source,
)

MAX_LINES = 100_000
"""A text of more lines is taken as one article."""

_LONG_CAPTION = 60  # characters of a caption that is news by itself
_OWN_DAY = re.compile(
    r"\d{1,2}月\d{1,2}日|近日|日前|昨日|连日来|\d{1,2}日[，上下]|(?:[上下左右]?图为|图[:：])"
)
_SIGNED = re.compile(r"(?:[局委办室部厅院会组所站队社]|政府|中心|公司|指挥部|学校|医院|村委会)$")
_PLACE = re.compile(r"[\u3400-\u9fff]{2,10}[镇乡村县区市街道园局院校社站场]：")
_NUMBER = re.compile(
    r"[\u3400-\u9fff]{1,12}[〔［\[（(【]20\d\d[〕］\])）】](?:第)?\d{1,5}号"
)  # of a document
_WRAPPED = re.compile(r"\s*[\r\n]\s*")
_SITE = re.compile(r"(?:\s+[-|—]\s*|[_|｜]+|\s*--+\s*).{2,30}$")


def articles(text: str, published: str | None = None) -> tuple[Article, ...]:
    """Split a page into its articles, in order; a plain text is a single one, an empty text none.

    Parameters
    ----------
    text
        The text of the page as given; offsets of the articles refer to it.
    published
        The day the page was published (``YYYY-MM-DD``), for the articles that show none themselves.

    Notes
    -----
    A new article needs a sign of its own: 本报讯 or the dateline of an agency, a by-line or a source-and-date
    line below a headline, a headline with text below 新闻推荐, a ruled line or a wide gap before a headline,
    or a news photograph's long caption. A headline alone is a sub-headline.
    """
    shadow = normalise(text)
    if shadow.count("\n") > MAX_LINES:
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        return (Article(start, end, published=published),) if start < end else ()
    page = read_lines(join_shadow(shadow))
    if not page:
        return ()
    cuts = _cuts(page)
    return tuple(_article(text, page[a:b], published) for a, b in itertools.pairwise([*cuts, len(page)]))


def _cuts(page: Sequence[Line]) -> list[int]:
    """Indices of the lines with which articles start."""
    cuts = {0, *_strong_cuts(page)}
    cuts |= set(_column_cuts(page, sorted(cuts)))
    cuts |= set(_signed_cuts(page, sorted(cuts)))
    cuts |= set(_picture_cuts(page, sorted(cuts)))
    return sorted(cuts)


def _strong_cuts(page: Sequence[Line]) -> Iterator[int]:
    """Starts shown by a dateline, by-line, source line, label, rule or gap."""
    usual = _usual_gap(page)
    start, told = 0, False  # start of the current article, and whether it has told anything yet
    for i, line in enumerate(page):
        cut = None
        if told and _starts_article(page, i, usual):
            cut = _head(page, i, start)
        elif line.kind in (MORE, RULE) and (after := _teaser(page, i + 1, line.kind == MORE)) is not None:
            cut = after if told else None
        if cut is not None and cut > start:
            yield cut
            start, told = cut, False
        if i >= start and _tells(line):
            told = True


def _starts_article(page: Sequence[Line], i: int, usual: int) -> bool:
    line, before = page[i], page[i - 1]
    if line.kind == BODY and (
        bylines.lead_end(line.text) or (_headed(page, i) and bylines.run_in(line.text))
    ):
        return True
    if line.kind == BYLINE:
        first = i
        while first and page[first - 1].kind == BYLINE:
            first -= 1
        return first == i and _headed(page, i) and _body_follows(page, i)
    if line.kind == META:
        signed = len(before.text) <= 24 and _SIGNED.search(before.text)
        return _headed(page, i) and not signed and _body_follows(page, i)
    wide = line.gap >= usual + 2 and before.kind in (BODY, CAPTION, BYLINE)
    return (
        line.kind == HEADLINE
        and wide
        and len(line.text) >= 8
        and not is_list_item(line.text)
        and _body_follows(page, i)
    )


def _tells(line: Line) -> bool:
    return line.kind == BODY and (len(line.text) >= 25 or "。" in line.text)


def _headed(page: Sequence[Line], i: int) -> bool:
    """Whether a headline stands right above line `i`, perhaps over a short caption."""
    j = i - 1
    while j >= 0 and (
        page[j].kind == FURNITURE or (page[j].kind == CAPTION and len(page[j].text) < _LONG_CAPTION)
    ):
        j -= 1
    return j >= 0 and page[j].kind == HEADLINE and not is_list_item(page[j].text)


def _body_follows(page: Sequence[Line], i: int) -> bool:
    """Whether body text comes after line `i` before anything that belongs to another item."""
    for line in page[i + 1 : i + 8]:
        if line.kind == BODY or (line.kind == CAPTION and len(line.text) >= 20):
            return True
        if line.kind in (MORE, RULE):
            return False
    return False


def _head(page: Sequence[Line], i: int, start: int) -> int:
    """The first headline line of the article whose dateline, by-line or body is line `i`."""
    first, j = i, i
    while j > start + 1 and i - j < 8:
        line, above = page[j], page[j - 1]
        label = len(above.text) <= 4
        if first < i and line.gap >= 3 and not label:
            break
        if above.kind == HEADLINE and not is_list_item(above.text):
            first = j - 1
        elif above.kind not in (BYLINE, META, FURNITURE, CAPTION) or len(above.text) >= _LONG_CAPTION:
            break
        j -= 1
    return first


def _teaser(page: Sequence[Line], i: int, more: bool) -> int | None:
    """The headline, at or after line `i`, under which text of another item stands; links are skipped."""
    for j in range(i, min(len(page) - 1, i + 40)):
        if page[j].kind != HEADLINE:
            if page[j].kind in (BODY, NOTE, CAPTION) or not more:
                return None
            continue
        below = page[j + 1]
        if below.kind == BODY and len(below.text) >= 20:
            return j
        if below.kind in (BYLINE, META) and _body_follows(page, j + 1) and page[j + 2 : j + 3]:
            return j if page[j + 2].kind in (BODY, BYLINE) else None
        if not more and below.kind != HEADLINE:
            return None
    return None


def _usual_gap(page: Sequence[Line]) -> int:
    """The number of blank lines usual between paragraphs."""
    gaps = [b.gap for a, b in itertools.pairwise(page) if a.kind == b.kind == BODY]
    return median_low(gaps) if gaps else 1


def _column_cuts(page: Sequence[Line], cuts: Sequence[int]) -> Iterator[int]:
    """Starts that only a headline shows: columns of short items, and all items of a newspaper's page.

    A page is a newspaper's if its name and date stand above the first headline. On it, a headline starts an
    item, unless a by-line above says that it divides a longer piece; then it must name a place (东镇：...).
    """
    first = next((i for i, x in enumerate(page) if x.kind == HEADLINE), len(page))
    paper = any(x.kind == META for x in page[:first])
    for a, b in itertools.pairwise([*cuts, len(page)]):
        told = teasers = False
        signed = any(x.kind == BYLINE for x in _head_lines(page[a:b]))
        for i in range(a, b - 1):
            line, below = page[i], page[i + 1]
            teasers = teasers or line.kind == MORE
            if told and line.kind == HEADLINE and not is_list_item(line.text):
                item = below.kind == BODY and _tells(below) and len(line.text) >= 6
                place = _PLACE.match(line.text) is not None
                if (is_column(line.text) and below.kind in (BODY, CAPTION)) or (
                    item and (teasers or (paper and (place or not signed)))
                ):
                    yield i
                    told = False
            told = told or _tells(line)


def _signed_cuts(page: Sequence[Line], cuts: Sequence[int]) -> Iterator[int]:
    """Starts of items that follow one another under headlines, each signed at its end."""
    for a, b in itertools.pairwise([*cuts, len(page)]):
        heads = [
            i
            for i in range(a + 1, b)
            if page[i].kind == HEADLINE
            and page[i - 1].kind in (BODY, BYLINE)
            and not is_list_item(page[i].text)
        ]
        if heads and all(_signed(page[x:y]) for x, y in itertools.pairwise([a, *heads, b])):
            yield from heads


def _signed(section: Sequence[Line]) -> bool:
    body = [x for x in section if x.kind in (BODY, BYLINE)]
    return len(body) > 0 and (
        (body[-1].kind == BYLINE and len(body) > 1 and section[-1] is body[-1])
        or (body[-1].kind == BODY and bylines.at_end(body[-1].text) is not None)
    )


def _picture_cuts(page: Sequence[Line], cuts: Sequence[int]) -> Iterator[int]:
    """Long captions with a day of their own that stand between two articles are items too."""
    for a, b in itertools.pairwise([*cuts, len(page)]):
        last = b - 1
        while last > a and page[last].kind == FURNITURE:
            last -= 1
        if last > a and _is_picture_news(page[last]) and any(_tells(x) for x in page[a:last]):
            first = last
            while first > a + 1 and page[first - 1].kind == HEADLINE and page[first - 2].kind != HEADLINE:
                first -= 1
            yield first
        elif _is_picture_news(page[a]) and b > a + 2 and page[a + 1].kind == HEADLINE:
            yield a + 1


def _is_picture_news(line: Line) -> bool:
    return line.kind == CAPTION and len(line.text) >= _LONG_CAPTION and _OWN_DAY.match(line.text) is not None


def _article(text: str, part: Sequence[Line], published: str | None) -> Article:
    """One article from its lines."""
    head = _head_lines(part)
    own = _own_day(part, len(head))
    labels = _labels(head)
    furniture = [(x.start, x.end) for x in part if x.kind == MORE or x in labels]
    furniture += [_label_part(x) for x in part if x.kind == FURNITURE]
    furniture += [(x.start + a, x.start + b) for x in part if x.kind == META for a, b in furniture_in(x.text)]
    return Article(
        part[0].start,
        part[-1].end,
        title=_title(text, [x for x in head if x not in labels]),
        published=own or published,
        byline=_byline(text, part, head),
        source=_source(text, part),
        published_origin="page" if own else None,
        furniture=tuple(Span(a, b, text[a:b]) for a, b in sorted(furniture)),
    )


def _head_lines(part: Sequence[Line]) -> list[Line]:
    """The lines before the body."""
    for i, line in enumerate(part):
        if line.kind in (BODY, NOTE):
            return list(part[:i])
    return list(part)


def _label_part(line: Line) -> tuple[int, int]:
    """A line of furniture; of 上一篇：... only the label, for the headline behind it may tell something."""
    m = re.match(r"[上下]一[篇条][:：]?", line.text)
    return line.start, line.start + m.end() if m else line.end


def _title(text: str, head: Sequence[Line]) -> str | None:
    """The headline: the lines of the first group of headlines, without labels and repetitions.

    Without one, it is the name of a bulletin (防汛快报).
    """
    group: list[Line] = []
    for line in head:
        if _NUMBER.fullmatch(line.text) or dates.names_other_day(line.text) or dates.labelled(line.text):
            continue
        if line.kind == HEADLINE and not (group and line.text.startswith(("—", "-"))):
            group.append(line)
        elif group and line.kind not in (FURNITURE, RULE):
            break
    if len(group) > 1:
        group = [x for x in group if not x.text.startswith("原标题")] or group[-1:]
    group = group[-3:]
    words = [_SITE.sub("", _WRAPPED.sub(" ", text[x.start : x.end]).strip("#*＊　 ")) for x in group]
    keys = [re.sub(r"\W", "", w) for w in words]
    kept = [
        w
        for i, w in enumerate(words)
        if not any(keys[i] in k and (keys[i] != k or j < i) for j, k in enumerate(keys) if j != i)
    ]
    title = " ".join(re.sub(r"^原标题[:：]\s*", "", w) for w in kept)
    return title or next((x.text for x in head if x.kind == META and is_bulletin(x.text)), None)


def _byline(text: str, part: Sequence[Line], head: Sequence[Line]) -> str | None:
    """The by-line: above the body, in its first words, or behind its last."""
    above = [text[x.start : x.end] for x in head if x.kind == BYLINE]
    if above:
        return bylines.tidy(" ".join(above))
    for find in (bylines.after_lead, bylines.run_in):
        for line in part[len(head) : len(head) + 4]:
            if line.kind in (BODY, NOTE) and (span := find(line.text)):
                return bylines.tidy(text[line.start + span[0] : line.start + span[1]])
    for line in part[len(head) :]:
        if line.kind == BYLINE:
            return bylines.tidy(text[line.start : line.end])
        if line.kind == BODY and (span := bylines.at_end(line.text)):
            return bylines.tidy(text[line.start + span[0] : line.start + span[1]])
    return None


def _labels(head: Sequence[Line]) -> list[Line]:
    """The name of a column above the headline: 县区 传真."""
    names = [x for x in head if x.kind == HEADLINE]
    count = next((i for i, x in enumerate(names) if len(x.text) > 4 or x.text[-1] in "报讯网"), 0)
    return names[:count]


def _source(text: str, part: Sequence[Line]) -> str | None:
    """The paper, site or body that a source line names."""
    lines = [x for x in part if x.kind == META]
    for line in sorted(lines, key=lambda x: not states_source(x.text)):
        if span := source_of(line.text):
            return text[line.start + span[0] : line.start + span[1]].strip("（）()【】[] ")
    return None


def _own_day(part: Sequence[Line], body: int) -> str | None:
    """The day that an article shows: in so many words, in its head, or as the date it is signed with."""
    edges = {*range(body), *range(max(body, len(part) - 6), len(part))}
    told = (
        dates.labelled(line.text, 3 if i < body else 2 if i in edges else 1)
        for i, line in enumerate(part)
        if len(line.text) <= 300
    )
    if found := min(filter(None, told), key=lambda x: x[0], default=None):
        return found[1]
    for i in sorted(edges):
        line = part[i]
        if line.kind != META or (m := dates.DATE.search(line.text)) is None:
            continue
        following = part[i + 1].text if i + 1 < len(part) else ""
        doubtful = dates.is_bare(line.text) and i >= body and source_of(line.text) is None
        if not doubtful and not dates.is_event(line.text, following) and (day := dates.to_day(m[0])):
            return day
    return None
