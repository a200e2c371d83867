"""Sentences of a text as offsets, with lines that were broken inside a sentence joined.

>>> sentences("全区复工62家。“人都回来了!”厂长说,下周再开两条线。")
[(0, 8), (8, 16), (16, 28)]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from .shadow import normalise

MAX_LENGTH = 1000
"""Characters after which a sentence without an end is cut, at a comma where there is one."""

_KEPT = 20_000  # texts up to this length are remembered a while, as all parts of a pipeline ask for them
_OPEN, _CLOSE = "《（(【〈", "》）)】〉"
_STOPS = r"(?:[。！？]+|…+|\.{3,}|[!?]+(?=\s|$)|(?<=[a-z0-9])\.(?=\s+[A-Z]))"
_MARK = re.compile(rf"[{_OPEN}]|{_STOPS}[”’{_CLOSE}]*|[{_CLOSE}]")
_GOES_ON = re.compile(r"\s*[，、；：,;的等地得与和及之]|\s*为题|\s*为主题")  # after “...！” or ……
_FAR = 200  # characters after which an open bracket is taken to be a slip

_STOP = re.compile(rf"(?:[。！？；…!?]|\.{{3}})[”’{_CLOSE}]*")
_QUOTE = re.compile("[“”]")
_LOOK = 200  # characters of a line that are looked at to decide whether it goes on
_BODY = 45  # a line of this length with a comma is no headline
_CREDIT = re.compile(
    r"(?:摄|摄影|供图|资料图|[文图]/[文图]|编辑|整理|报道|（[^（）]{1,30}）)\s*$"
    r"|^\s*[□■○●◎◆▲△▼☆★*]|^\s*(?:本报|本台|本网|新华社)?(?:首席|实习|见习|特约)?(?:记者|通讯员)"
)
_NEW_ITEM = re.compile(
    r"\s*(?:本报(?:讯|[^，。]{0,8}[日电])|新华社|[□■○●◎◆▲△▼☆★*【#>]|——|--|(?:本报|本台|本网|特约)?(?:记者|通讯员)"
    r"|[一二三四五六七八九十]{1,3}[、是]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.．）](?!\d)"
    r"|第[一二三四五六七八九十]{1,3}[，、章条节]|[^，。]{0,8}(?:推荐|编辑|分享到|上一篇|下一篇|来源|发布时间))"
)
_DIGITS_END, _DIGITS_START = re.compile(r"[0-9][.,]?$"), re.compile(r"[.,]?[0-9](?!\d{0,3}[年月])")
_NEW_PARAGRAPH = re.compile(
    r"(?:下一步|同时|此外|另外|目前|当前|截至|连日来|近日|日前|据|首先|其次|最后|今年|去年|昨日|\d{1,2}月|为了|为此|随后)"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of every sentence, in order, without the white space around it.

    A sentence ends at ``。！？……`` and their half-width forms, with the closing marks behind them, unless it
    goes on (“...！”的) or the mark stands in brackets; and at every line break that `join_lines` keeps.
    Each character that is not white space belongs to one sentence. The time is linear in the length.
    """
    return split(normalise(text))


def split(shadow: str) -> list[tuple[int, int]]:
    """`sentences` of a text that is a shadow already."""
    return list(_kept(shadow) if len(shadow) <= _KEPT else _split(shadow))


def _split(shadow: str) -> list[tuple[int, int]]:
    joined = join_shadow(shadow)
    out: list[tuple[int, int]] = []
    start = 0
    for line in joined.split("\n"):
        begin = 0
        for end in _ends(line):
            out.extend(_pieces(joined, start + begin, start + end))
            begin = end
        start += len(line) + 1
    return out


_kept = lru_cache(maxsize=128)(_split)


def _ends(line: str) -> Iterator[int]:
    """Offsets in a line after which a sentence ends, the end of the line included."""
    depth = opened = 0
    for m in _MARK.finditer(line):
        mark = m[0]
        if mark in _OPEN:
            opened = m.start() if depth == 0 else opened
            depth += 1
            continue
        if depth and m.start() - opened > _FAR:
            depth = 0
        depth = max(0, depth - sum(c in _CLOSE for c in mark))
        if mark in _CLOSE or depth or (mark[-1] not in "。" and _GOES_ON.match(line, m.end())):
            continue
        yield m.end()
    yield len(line)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence without the white space around it, cut where it is longer than `MAX_LENGTH`."""
    while start < end:
        while start < end and text[start].isspace():
            start += 1
        stop = end
        if end - start > MAX_LENGTH:
            limit = start + MAX_LENGTH
            stop = max(text.rfind(c, start + MAX_LENGTH // 2, limit) + 1 for c in "，；、 ") or limit
        last = stop
        while last > start and text[last - 1].isspace():
            last -= 1
        if last > start:
            yield start, last
        start = stop


def join_lines(text: str) -> str:
    """Return `text` with every line break that stands inside a sentence made a space; the length is kept.

    A line goes on in the next one if it stops in the middle of a clause although it is body text (it holds a
    finished sentence, or is long, or leaves a quotation open which the next line closes), or if the text is
    wrapped at a fixed width and the line is full. Headlines, by-lines, credits, list items and paragraphs
    with an indent stay apart, and so do lines whose quotation marks do not fit, as in mixed-up columns.
    """
    return _joined(text, normalise(text))


def join_shadow(shadow: str) -> str:
    """`join_lines` of a text that is a shadow already."""
    return _kept_joined(shadow) if len(shadow) <= _KEPT else _joined(shadow, shadow)


@lru_cache(maxsize=128)
def _kept_joined(shadow: str) -> str:
    return _joined(shadow, shadow)


def _joined(text: str, shadow: str) -> str:
    if "\n" not in shadow:
        return text
    lines = shadow.split("\n")
    width, spaced = _wrap_width(lines), _is_spaced(shadow)
    out: list[str] = []
    kept = pos = 0  # text before `kept` is in `out`
    previous, end, gap = "", 0, 0  # the line before, where it ends, and the line breaks since
    indented = False  # whether its paragraph starts with an indent
    for line in lines:
        if line.strip():
            if previous and _continues(previous, line, gap, width, indented, spaced):
                out += [text[kept:end], " " * gap if gap == pos - end else text[end:pos].replace("\n", " ")]
                kept = pos
                previous = (previous + line)[-_LOOK:]
            else:
                previous, indented = line[-_LOOK:], line.startswith("  ")
            end, gap = pos + len(line), 0
        gap += 1
        pos += len(line) + 1
    return "".join(out) + text[kept:]


def _is_spaced(shadow: str) -> bool:
    """Whether paragraphs are mostly parted by blank lines."""
    breaks = shadow.count("\n")
    return breaks >= 6 and 2 * shadow.count("\n\n") >= 0.7 * breaks


def _wrap_width(lines: list[str]) -> int:
    """The width (Chinese characters count two) at which a text is wrapped; 0 if it is not."""
    widths = [_width(x.rstrip()) for x in lines if x.strip()]
    if len(widths) < 5 or not (likely := [w for w in widths if 24 <= w <= 160]):
        return 0
    width = Counter(likely).most_common(1)[0][0]
    full = sum(abs(w - width) <= 3 for w in widths)
    longer = sum(w > width + 3 for w in widths)
    return width if full >= max(4, 0.3 * len(widths)) and longer <= 0.05 * len(widths) else 0


def _width(line: str) -> int:
    return len(line.encode("gb18030", "ignore"))


def _continues(line: str, following: str, gap: int, width: int, indented: bool, spaced: bool) -> bool:
    """Whether a sentence goes on from `line` to the `following` one, `gap` line breaks later."""
    line = line.rstrip()
    if gap > 3 or _NEW_ITEM.match(following):
        return False
    finished = [m.end() for m in _STOP.finditer(line)]
    if (finished and finished[-1] == len(line)) or line[-1] in "：:":
        return False
    tail = line[finished[-1] if finished else 0 :]
    if _CREDIT.search(tail):
        return False
    opened = tail.rfind("“") > tail.rfind("”")
    next_quote = _QUOTE.search(following, 0, _LOOK)
    if next_quote and opened == (next_quote[0] == "“"):
        return False
    if (opened and next_quote) or line[-1] in "，、和与及的在为对将把被由从向并或":
        return True
    if following.startswith(" "):
        return False
    if gap == 1 and len(line) > 10 and (indented or (spaced and "，" in line)):
        return True
    if width and _width(line) >= width - 3:
        return True
    body = (bool(finished) and len(line) >= 20) or (len(line) >= _BODY and "，" in line)
    goes_on = any(c in following for c in "，。；！？、") and not _NEW_PARAGRAPH.match(following)
    number = len(line) >= 10 and _DIGITS_END.search(line[-2:]) and _DIGITS_START.match(following)
    return goes_on and (body or (gap == 1 and bool(number)))
