"""The day a text was published: as its page, its file's name or its own words show it."""

from __future__ import annotations

import datetime
import email.utils
import re
import unicodedata
from pathlib import PurePath

from .tables import any_of

_DIGIT = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))
DATE = re.compile(
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)\s?(?P<sep>[-/.]|年)\s?(?P<m>1[0-2]|0?[1-9])\s?(?:(?P=sep)|月)\s?"
    r"(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)日?"
    r"|(?P<cy>[一二][〇零一二三四五六七八九]{3})年(?P<cm>十[一二]?|[一二三四五六七八九])月"
    r"(?P<cd>三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])日"
    r"|民国(?P<ry>\d{2,3})年(?P<rm>1[0-2]|0?[1-9])月(?P<rd>3[01]|[12]\d|0?[1-9])日"
)
_RUN = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?=\D|$|\d{4}(?:\d\d)?(?!\d))")
_AMERICAN = re.compile(r"(?P<m>\d\d?)/(?P<d>\d\d?)/(?P<y>(?:19|20)\d\d)(?!\d)")
_TAIWAN = re.compile(r"(?<!\d)(?P<ry>\d{2,3})年(?P<rm>1[0-2]|0?[1-9])月(?P<rd>3[01]|[12]\d|0?[1-9])日")
_SECONDS = re.compile(r"1\d{9}(?:\d{3})?")  # since 1970, or thousandths of them
_MAIL = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} (?:19|20)\d\d\b")
_CHINA = datetime.timedelta(hours=8)
_WIDE = "[\u3400-\u9fff]"
_RANKS = ("published", "written", "changed")  # what a label says of a day, the surest first
_OF_RANK = [
    rf"(?:{any_of('labels.tsv', rank)})(?:时间|日期)[:： ]?|{any_of('labels.tsv', rank + ' in words')}"
    for rank in _RANKS
]
_LABELS = tuple(re.compile(rf"(?:{label})\s*") for label in _OF_RANK)
DAY_LABEL = "|".join(_OF_RANK)
_IN_LABELS = re.compile("时间|日期|发布|刊发于|更新")
_BARE = re.compile(
    rf"(?:(?:^|(?!{_WIDE}).)(?:文章|新闻|稿件|本文|信息)?"
    rf"|(?:来\s?源|稿源|作者|编辑|责编)[:：]\s?{_WIDE}{{1,16}}?)(?:时间|日期)[:：]"
)
_ANY_LABEL = re.compile(r"(?:时间|日期)[:：](?=\s*[\d一二])")
_OTHER_DAY = re.compile(rf"{_WIDE}(?:时间|日期)[:：](?=\s*[\d一二])")
_PLACE = re.compile(r"地\s?[点址][:：]")
_IN_NAME = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-_. 年]?)(?P<m>0[1-9]|1[0-2]|[1-9](?=[-_. 月]))(?:(?P=s)|月)"
    r"(?P<d>0[1-9]|[12]\d|3[01]|(?<=[-_. 月])[1-9](?!\d))(?!\d{1,3}(?!\d))"
)
_IN_FOLDERS = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:[-/]?(?P<m>0[1-9]|1[0-2])[-/]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
    r"|年?/(?P<m1>1[0-2]|[1-9])月?/(?P<d1>[12]\d|3[01]|[1-9])日?(?=/|$))"
)
_TO = re.compile(r"日?\s?(?:[-–—~]{1,2}|至|到)\s?$")
_DATELINE = re.compile(r"(?:(?P<m>1[0-2]|[1-9])月)?(?P<d>3[01]|[12]\d|[1-9])日(?:讯|电|消息)")
_OLDEST = "1990"  # the year from which a text may have been published on the latest day that it tells
_BEGUN = re.compile(r"[自从]$|[生建立办]于$|(?:时间|日期)[:：]\s?$")
_FUTURE = re.compile(
    r"[将拟至到]|预计|计划|力争|之前|前[，。]|底前|为止|截止|有效|目标|规划|起施行|起实施|届时|以来|以前"
)


def to_day(value: object) -> str | None:
    """``YYYY-MM-DD`` of a date in any usual written form, or None.

    >>> to_day("2020/3/11 06:15"), to_day("二〇二〇年三月十一日"), to_day("2020-13-01")
    ('2020-03-11', '2020-03-11', None)
    """
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = str(value or "").strip()
    if m := _RUN.match(text) or DATE.search(text[:64]) or _AMERICAN.match(text) or _TAIWAN.search(text[:64]):
        return day_of(m)
    if _SECONDS.fullmatch(text):
        moment = datetime.datetime.fromtimestamp(int(text[:10]), datetime.timezone.utc)
        return (moment + _CHINA).date().isoformat()
    if _MAIL.match(text):
        try:
            return email.utils.parsedate_to_datetime(text).date().isoformat()
        except ValueError:
            return None
    return None


def day_of(m: re.Match[str]) -> str | None:
    """The day a match of `DATE` names, or None if there is no such day."""
    g = m.groupdict()
    if g.get("cy"):
        year, month, day = int("".join(_DIGIT[c] for c in g["cy"])), _chinese(g["cm"]), _chinese(g["cd"])
    elif g.get("ry"):  # years of the Republic, as Taiwan counts
        year, month, day = int(g["ry"]) + 1911, int(g["rm"]), int(g["rd"])
    else:
        year, month, day = int(g["y"]), int(g.get("m") or g["m1"]), int(g.get("d") or g["d1"])
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _chinese(word: str) -> int:
    """1 to 31 in Chinese numerals."""
    tens, ten, ones = word.rpartition("十")
    return (int(_DIGIT.get(tens, "1")) * 10 if ten else 0) + int(_DIGIT.get(ones, "0"))


def from_name(name: str) -> str | None:
    """The day in a file's name, or in the names of its folders (2020-03/11/x.html).

    >>> from_name("20200311_x.html"), from_name("news/2020-03/11/content_12.htm"), from_name("a.txt")
    ('2020-03-11', '2020-03-11', None)
    """
    path = PurePath(unicodedata.normalize("NFKC", name))
    found: str | None = None
    end = 0
    for m in sorted([*_IN_NAME.finditer(path.stem), *DATE.finditer(path.stem)], key=lambda m: m.start()):
        if m.start() < end or not (day := day_of(m)):
            continue
        if found is None or _TO.match(path.stem[end : m.start()]):  # of a stretch of time the last day
            found = day
        end = m.end()
    if found:
        return found
    in_folders = _IN_FOLDERS.search("/".join(path.parts[-4:-1]))
    return day_of(in_folders) if in_folders else None


def labelled(line: str, ranks: int = len(_RANKS)) -> tuple[int, str] | None:
    """The day that a line gives as that of publication in so many words (发布时间：...).

    Returned with its rank: 0 if it was published then, 1 if it was written, 2 if it was changed. The first
    `ranks` are looked for.

    >>> labelled("成文日期：2022年2月28日 发布日期：2022年3月2日"), labelled("采样时间：2022年3月1日")
    ((0, '2022-03-02'), None)
    """
    if not _IN_LABELS.search(line):
        return None
    for rank, label in enumerate(_LABELS[:ranks]):
        for m in label.finditer(line):
            date = DATE.match(line, m.end()) or _TAIWAN.match(line, m.end())
            if date and (day := day_of(date)):
                return rank, day
    return None


def names_other_day(line: str) -> bool:
    """Whether a label in a line says that its day is another one than that of publication (采样时间：...)."""
    if not _ANY_LABEL.search(line):
        return False
    for label in (*_LABELS, _BARE):
        line = label.sub(" ", line)
    return _OTHER_DAY.search(line) is not None


def is_event(line: str, following: str = "") -> bool:
    """Whether 时间：... in a line is when something takes place: where it does stands beside it."""
    return _BARE.search(line) is not None and _PLACE.search(line + following) is not None


def is_bare(line: str) -> bool:
    """Whether a line calls its day just 时间 or 日期."""
    return _BARE.search(line) is not None


def infer(shadow: str) -> str | None:
    """The latest day that a text itself tells as past; it was published on that day or soon after.

    The day is a full date (2020年3月9日), or the month and day of a dateline (3月9日讯, 3月9日电) with the
    year that the text names. Days named as deadlines, plans, or beginnings do not count.
    """
    head = shadow[:100_000]
    days = [
        day
        for m in DATE.finditer(head)
        if not _planned(head, m)
        and not _BEGUN.search(head[max(0, m.start() - 4) : m.start()])
        and (day := day_of(m))
    ]
    line = _DATELINE.search(head[:300])
    if line and line["m"]:
        years = {m[1] for m in re.finditer(r"((?:19|20)\d\d)年", head)}
        near = [y for y in years if re.search(rf"{y}年{int(line['m'])}月", head)] or sorted(years)[-1:]
        if near:
            try:
                return datetime.date(int(max(near)), int(line["m"]), int(line["d"])).isoformat()
            except ValueError:
                return None
    return max((day for day in days if day >= _OLDEST), default=None)


def _planned(text: str, m: re.Match[str]) -> bool:
    return (
        _FUTURE.search(text[max(0, m.start() - 6) : m.start()] + "|" + text[m.end() : m.end() + 4])
        is not None
    )
