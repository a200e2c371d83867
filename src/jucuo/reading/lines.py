"""What the lines of a page are: headline, by-line, source and date, caption, furniture, or body text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .bylines import is_byline, lead_end
from .dates import DATE, DAY_LABEL, names_other_day
from .tables import any_of, values

BODY, HEADLINE, BYLINE, META, CAPTION = "body", "headline", "byline", "meta", "caption"
FURNITURE, MORE, NOTE, RULE = "furniture", "more", "note", "rule"

_LONG, _TAIL = 300, 80  # a longer line is body text; characters of its end that are looked at for a credit
_NAME = r"[\u3400-\u9fff]{2,4}"
_CAPTION = re.compile(
    rf"(?:[。！？，”…\s（]|^)(?:本报)?(?:记者|通讯员)?[ /]?"
    rf"(?:{_NAME}[ 、/]+){{0,3}}{_NAME}\s?/?(?:摄|摄影)[）]?$"
    r"|（[^（）]{1,30}(?:摄|摄影|供图|提供|图片|资料图)）$"
    r"|(?:[。\s（])(?:资料图片?|图片来源[:：].{2,20}|图/[^，。]{2,12})[）]?$"
)
_IN_CAPTION = re.compile("摄|图|提供")  # what every caption's end holds
_PICTURE = re.compile(r"(?:[上下左右]?图为|图[①-⑨一二三四五六七八九十\d]?[:：]|[上下左右]图[:：，])")
_NOTE = re.compile(rf"[【\[（]?(?:{any_of('labels.tsv', 'note')})(?:[】\]）:： ]|$)")
_RULE = re.compile(r"[\s*=_—~#·.+-]{3,}")
_SOURCE = re.compile(rf"(?:{any_of('labels.tsv', 'source')})[:：]\s*(?P<name>[^\s|，。]{{2,24}})")
_PAPER = "(?<![通公汇预捷喜年举情战海播申填])报"
"""What names of newspapers end in, and other words in 报 do not (通报, 公报, 天气预报)."""
_PUBLISHER = re.compile(
    rf"[\u3400-\u9fff·]{{1,12}}(?:{_PAPER}|网|社|电视台|广播|新闻|在线|发布|客户端|[周月专特副]刊|号外|时讯|快讯|县讯|市讯|观察|大众"
    r"|融媒体?(?:中心)?|政府|委员会|[委局办]|中心|指挥部)(?:（.{2,6}）|[一二三四五六七八九]版)?"
)
_MASTHEAD = re.compile(
    rf"[\u3400-\u9fff]{{2,6}}(?:日报|晚报|早报|时报|商报|{_PAPER}|县讯|时讯|快讯)(?:[一二三四五六七八九]版)?"
    r"(?: ?(?:数字报|电子版|电子报))?(?: \S{2,6})?"
)
_BULLETIN = re.compile(r"[\u3400-\u9fff]{2,18}[周旬月季快简]报")
_LABEL = re.compile(
    rf"{DAY_LABEL}|(?:时间|日期)[:：]"
    r"|来自 \S{2,6}|(?:星期|周)[一二三四五六日天]"
    r"|作者[:：]\s?\S{1,12}|(?:责任)?编辑[:：]\s?\S{1,8}|责编[:：]\s?\S{1,8}|(?:浏览|阅读|点击|访问)(?:次数|量|数)?[:：]?\s*\d*次?"
    r"|(?:责编|编辑|组版|版式|校对)[ ](?:[\u3400-\u9fff]{2,4}|[\u3400-\u9fff] [\u3400-\u9fff])(?= |$)"
    r"|发表于\S{2,4}"
    r"|新闻(?:公报|稿)|字[号体][:：]?|(?:索引号|文号|发文机关|主题分类|信息分类)[:：]?\S*|第?[A-Z]?[\d一二三四五六七八九十]{1,3}版[:：]?\S{0,6}|农历\S{2,8}|总第\d+期|第\d+期"
)
_TIME = re.compile(r"(?:[上下]午)?\d{1,2}[:：时点]\d{2}(?:[:：分]\d{2})?[分秒]?")
_AGO = re.compile(  # how phones show the day: 青河发布 昨天
    r"(\S{2,12})\s+(?:刚刚|[今昨前]天|\d{1,2}(?:分钟|小时|天)前|\d{1,2}月\d{1,2}日)(?:\s?\d{1,2}:\d\d)?"
)
_SIZE = re.compile(r"字[号体]")
_LIST = re.compile(
    r"[一二三四五六七八九十]{1,3}[、是]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|第[一二三四五六七八九十]{1,3}[章条节、，]"
)
_FINISHED = re.compile(r"(?:[。；，、：;,:]|…+|\.{3,})[”’）)》】]*$|。")
_COLUMN = re.compile(
    rf"[【◎●■]?\s*(?:.{{0,4}}(?:{any_of('labels.tsv', 'column')})|.{{2,6}}[二两三四五六七八九十\d]则)\s*】?"
)
_PARTED = re.compile(r"[\s|>»›]|[】\]][【\[]")
_SIGNS = "○●◎□■·:：,，/-—()（）[]【】<>"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: where it stands without the white space around it, its shadow, and its kind."""

    start: int
    end: int
    text: str
    kind: str
    gap: int
    """Blank lines before it."""


def read_lines(shadow: str) -> list[Line]:
    """The lines of a page that are not blank, each classified by itself."""
    out: list[Line] = []
    pos = gap = 0
    for raw in shadow.split("\n"):
        text = raw.strip()
        if text:
            start = pos + len(raw) - len(raw.lstrip())
            out.append(Line(start, start + len(text), text, classify(text), gap))
        gap = 0 if text else gap + 1
        pos += len(raw) + 1
    return out


def classify(text: str) -> str:
    """The kind of a stripped line of the shadow, by itself."""
    if len(text) <= _LONG:
        if _RULE.fullmatch(text):
            return RULE
        for kind, test in _TESTS:
            if test(text):
                return kind
    if _NOTE.match(text):
        return NOTE
    if lead_end(text):
        return BODY
    tail = text[-_TAIL:]
    if _PICTURE.match(text) or (_IN_CAPTION.search(tail) and _CAPTION.search(tail)):
        return CAPTION
    return HEADLINE if is_headline(text) else BODY


def is_headline(text: str) -> bool:
    """Whether a line may be a headline or sub-headline: short, and without a finished sentence."""
    return 2 <= len(text) <= 60 and not _FINISHED.search(text) and bool(re.search("[\u3400-\u9fff]{2}", text))


def is_column(text: str) -> bool:
    """Whether a line is the name of a column of short items: 简讯三则, 图片新闻."""
    return len(text) <= 12 and _COLUMN.fullmatch(text) is not None


def is_list_item(text: str) -> bool:
    """Whether a line starts like the item of a list: 一、 (二) 3."""
    return _LIST.match(text) is not None


def is_meta(text: str) -> bool:
    """Whether a line holds the source or the date of a piece and little else."""
    if ago := _AGO.fullmatch(text):
        return _PUBLISHER.fullmatch(ago[1]) is not None
    if (
        len(text) > 160
        or "。" in text
        or names_other_day(text)
        or not (DATE.search(text) or _SOURCE.search(text))
    ):
        return False
    left = [text[a:b] for a, b in _words(text)]
    strange = [w for w in left if not _PUBLISHER.fullmatch(w)]
    sure = _LABEL.search(text) or _SOURCE.search(text) or (len(strange) < len(left) and len(text) <= 50)
    return len(left) <= 4 and "，" not in "".join(left) and len("".join(strange)) <= (16 if sure else 0)


def is_masthead(text: str) -> bool:
    """Whether a line is the name of a paper, as at the top of its pages."""
    return len(text) <= 20 and _MASTHEAD.fullmatch(text) is not None


def is_bulletin(text: str) -> bool:
    """Whether a paper's name may be a headline as well: 防汛快报, 政府工作周报."""
    return _BULLETIN.fullmatch(text) is not None


def states_source(text: str) -> bool:
    """Whether a line calls its source so: 来源：...."""
    return _SOURCE.search(text) is not None


def source_of(text: str) -> tuple[int, int] | None:
    """Where a source or date line names the source, if it does."""
    if m := _SOURCE.search(text):
        return m.span("name")
    return next(((a, b) for a, b in _words(text) if _PUBLISHER.fullmatch(text, a, b)), None)


def _words(text: str) -> list[tuple[int, int]]:
    """Words of a source or date line that are neither date, label nor furniture."""
    rest = text
    for pattern in (_SOURCE, DATE, _TIME, _LABEL):
        rest = pattern.sub(lambda m: " " * len(m[0]), rest)
    out = []
    for m in re.finditer(r"[^\s|]+", rest):
        start = m.start() + len(m[0]) - len(m[0].lstrip(_SIGNS))
        word = m[0].strip(_SIGNS)
        if word and m[0] not in furniture_words():
            out.append((start, start + len(word)))
    return out


def furniture_in(text: str) -> list[tuple[int, int]]:
    """Where furniture words stand by themselves in a source or date line."""
    return [
        m.span()
        for m in re.finditer(r"\S+", text)
        if (m[0] in furniture_words() and re.search(r"\w", m[0])) or _SIZE.match(m[0])
    ]


def is_furniture(text: str) -> bool:
    """Whether all of a line is furniture."""
    words = furniture_words()
    parts = [text]
    if _PARTED.search(text):
        parts = [p for p in re.split(r"[\s|>»›]+|(?<=[】\]])(?=[【\[])", text) if p]
    known = sum(p in words for p in parts)
    return (
        known == len(parts)
        or (len(parts) > 4 and known >= 0.7 * len(parts))
        or _pattern("line").fullmatch(text) is not None
    )


def is_more(text: str) -> bool:
    """Whether other items of the site follow a line: 新闻推荐, 相关阅读."""
    return _pattern("more").fullmatch(text.strip("·-—|【】[]*# ◎●■")) is not None


_TESTS = (
    (MORE, is_more),
    (FURNITURE, is_furniture),
    (META, is_meta),
    (META, is_masthead),
    (BYLINE, is_byline),
)


@cache
def furniture_words() -> frozenset[str]:
    """Words that are furniture where they stand alone."""
    return frozenset(values("furniture.tsv", "word"))


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(any_of("furniture.tsv", kind))
