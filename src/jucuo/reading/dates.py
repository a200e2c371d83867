"""The day a text was published: as its page, its file's name or its own words show it."""

from __future__ import annotations

import datetime
import email.utils
import re
from pathlib import PurePath

_DIGIT = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))
DATE = re.compile(
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)\s?(?P<sep>[-/.]|年)\s?(?P<m>1[0-2]|0?[1-9])\s?(?:(?P=sep)|月)\s?"
    r"(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)日?"
    r"|(?P<cy>[一二][〇零一二三四五六七八九]{3})年(?P<cm>十[一二]?|[一二三四五六七八九])月"
    r"(?P<cd>三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])日"
)
_RUN = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?=\D|$|\d{4}(?:\d\d)?(?!\d))")
_AMERICAN = re.compile(r"(?P<m>\d\d?)/(?P<d>\d\d?)/(?P<y>(?:19|20)\d\d)(?!\d)")
_MINGUO = re.compile(r"(?<!\d)(?P<roc>\d{2,3})年(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12]\d|0?[1-9])日")
_SECONDS = re.compile(r"1\d{9}(?:\d{3})?")  # since 1970, or thousandths of them
_MAIL = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} (?:19|20)\d\d\b")
_CHINA = datetime.timedelta(hours=8)
_LABELLED = re.compile(
    r"(?:发布|发表|发稿|出版|上传|公开|录入|添加|印发|成文|来稿)?(?:时间|日期)[:：]\s*|发布[于:：]\s*|刊发于\s*|"
    r"(?:更新)(?:时间|日期)?[:：]\s*"
)
_IN_LABELS = re.compile("时间|日期|发布|刊发于|更新")
OTHER_DAY = re.compile(
    r"(?:截止|截至|截稿|有效|生效|施行|实施|失效|废止|会议|活动|报名|考试|开标|到期|出生)(?:时间|日期)[:：]"
)
_IN_NAME = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-_.年]?)(?P<m>0[1-9]|1[0-2]|[1-9](?=[-_.月]))(?:(?P=s)|月)(?P<d>0[1-9]|[12]\d|3[01]|[1-9](?!\d))(?!\d{1,3}(?!\d))"
)
_IN_FOLDERS = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/]?(?P<m>0[1-9]|1[0-2])[-/]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)
_DATELINE = re.compile(r"(?:(?P<m>1[0-2]|[1-9])月)?(?P<d>3[01]|[12]\d|[1-9])日(?:讯|电|消息)")
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
    if m := _RUN.match(text) or DATE.search(text[:64]) or _AMERICAN.match(text) or _MINGUO.search(text[:64]):
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
    else:
        year = int(g["y"]) if g.get("y") else int(g["roc"]) + 1911
        month, day = int(g["m"]), int(g["d"])
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
    path = PurePath(name)
    for m in _IN_NAME.finditer(path.stem):
        if day := day_of(m):
            return day
    folders = "/".join(path.parts[-4:-1])
    found = _IN_FOLDERS.search(folders)
    return day_of(found) if found else None


def labelled(line: str) -> str | None:
    """The day that a line gives as that of publication in so many words (发布时间：...)."""
    if not _IN_LABELS.search(line):
        return None
    for m in _LABELLED.finditer(line):
        if OTHER_DAY.search(line[max(0, m.start() - 2) : m.end()]):
            continue
        date = DATE.match(line, m.end())
        if date and (day := day_of(date)):
            return day
    return None


def infer(shadow: str) -> str | None:
    """The latest day that a text itself tells as past; it was published on that day or soon after.

    The day is a full date (2020年3月9日), or the month and day of a dateline (3月9日讯, 3月9日电) with the
    year that the text names. Days named as deadlines or plans do not count.
    """
    head = shadow[:100_000]
    days = [day for m in DATE.finditer(head) if not _planned(head, m) and (day := day_of(m))]
    line = _DATELINE.search(head[:300])
    if line and line["m"]:
        years = {m[1] for m in re.finditer(r"((?:19|20)\d\d)年", head)}
        near = [y for y in years if re.search(rf"{y}年{int(line['m'])}月", head)] or sorted(years)[-1:]
        if near:
            try:
                return datetime.date(int(max(near)), int(line["m"]), int(line["d"])).isoformat()
            except ValueError:
                return None
    return max(days, default=None)


def _planned(text: str, m: re.Match[str]) -> bool:
    return (
        _FUTURE.search(text[max(0, m.start() - 6) : m.start()] + "|" + text[m.end() : m.end() + 4])
        is not None
    )
