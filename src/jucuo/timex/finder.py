"""Find every date, time and length of time in a text, in one pass."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from ..records import Claim
from .lengths import BEFORE, LENGTH, length
from .model import Length, Point, Timex
from .patterns import CN, FESTIVALS, JOIN, PARTS, POINT, WORDS
from .points import Pair, build, to24
from .resolve import Context, Here, Named
from .tables import alternatives, rows

_HEADS = [*WORDS, *PARTS, *FESTIVALS, "新一年", "新的一年", "上世纪", "上个世纪", "本世纪", "年初", "年底", "年末", "月初", "月底"]
_HEADS += ["月末", "上半年", "下半年", "首季", "首个季度", "第一季", "第二季", "第三季", "第四季", "农历", "阴历", "夏历"]
_HEADS += ["旧历", "正月", "腊月", "腊八", "闰", "大年初", "公元", "今明", "明后", "昨今", "上旬", "中旬", "下旬", "上中旬", "中下旬"]
_HEADS += ["星期", "礼拜", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "上百", "上千", "元月"]
_HEADS += [a + n + b for a in "前头" for n in "两二三234四五六七八九" for b in ("个月", "季度", "个季度", "月")]


def _trigger() -> re.Pattern[str]:
    """Digits, Chinese numerals, or a word that can start an expression; the first character is a set."""
    words = sorted({w for w in _HEADS if w[0] not in CN and not w[0].isdigit()})
    by_first: dict[str, list[str]] = {}
    for w in words:
        by_first.setdefault(w[0], []).append(w[1:])
    branches = [r"(?<=[0-9])[0-9]*", rf"(?<=[{CN}])[{CN}]*"]
    for first, rest in by_first.items():
        branches.append(f"(?<={first})" + ("" if "" in rest else f"(?:{alternatives(rest)})"))
    return re.compile(f"[0-9{CN}{''.join(by_first)}](?:{'|'.join(branches)})")


_TRIGGER = _trigger()
_AFTER_NUMBER = frozenset("年月日号天时点周个多余来小分秒岁世载季星礼昼工刻钟、,.:/-—–－~～─至到 有百千万亿半" + CN) | set("年月日")
_NOT = re.compile(alternatives(r[0] for r in rows("not.tsv", 1)))
_JOIN = re.compile(rf"(?:[(（](?:星期|周)[一二三四五六日天][)）])?(?:起|开始|以来)?(?:{JOIN}|直?[至到])(?:本|该)?")
_TAIL = re.compile(r"(?:许(?!多|可)|左右|前后(?!方))")
_NO_DAY = re.compile(r"(?:假期|期间|假日|小?长假|黄金周|档|晚会|联欢|联谊|文化|旅游|市场|消费|民俗|习俗|庙会|活动|慰问|祝福|贺|放假|文艺|主题|系列|特别|大礼包|奖章|奖状|公园|广场|路|街|村|小区|学校|小学|中学|镇|社区|年货|习[俗惯]|诗会|扫墓|祭|传统|礼|大促|购物|调休|气象|出行|返程|客流|运输|车票|大考|加班|值班|值守|快乐|同欢|愉快|团圆饭|联播|来历)")
_EDGE = re.compile(r"(?:当[天日晚]|那天|这天|前夕|前(?!来|往|景|沿)|后(?!方|勤)|到来|将至|来临|以来|临近|之[前后])")
_QUOTED = re.compile(r"[”\"’](?:当[天日]|前夕|前|后|节)")
_TERM = re.compile(r"(?:节气|当[天日]|时节|[”\"’]节气|到来)")
_GENERIC = re.compile(r"每(?:天|日|晚|年|周|月|个?月|逢|个?工作日|周[一二三四五六日]|星期[一二三四五六日])?[^。，；,;\n]{0,3}$")
_CLOCK_WORD = re.compile(r"(?:[从自至到在于约为是每才就,，、:：(（—\-。\s]|开始|截至|截止|时间|早|晚|天|日|近|今|起|前|已|了|不到|将近|^)$")
_CLOCK_NEXT = re.compile(r"(?:[,，。、；;！)）起前后到至出开上下就才刚准来多，的\n—\-~左]|许|钟|集合|半|$)")
_ALONE = re.compile(r"[每第]$")
_SENTENCE_ENDS = ("。", "！", "？", "!", "?")
_PARAGRAPH_ENDS = ("。\n", "\n\n", "”\n", "！\n", "？\n", "）\n", ")\n", "\r\n\r")
_BASE = re.compile(r"(?:比|较|与|同|和|跟|于)$")


class _Scan:
    """The state of one pass over a text."""

    def __init__(self, text: str, published: date | None):
        self.text = text
        self.context = Context(published)
        self.claims: list[Claim] = []
        self.seen = 0  # where the counts below end
        self.sentence = 0
        self.paragraph = 0

    def run(self) -> list[Claim]:
        text = self.text
        search = _TRIGGER.search
        pos = 0
        while True:
            m = search(text, pos)
            if m is None:
                return self.claims
            pos = self.at(m.start(), m.end())

    def at(self, start: int, end: int) -> int:
        """Try to read an expression at a trigger; return where to go on."""
        text = self.text
        first = text[start]
        number = first.isdigit() or first in CN
        if number:
            nxt = text[end] if end < len(text) else ""
            if nxt not in _AFTER_NUMBER or not nxt:
                return self.plan(start, end) if text[end - 1] == "五" else end
            if end - start > 12:
                return end
        if _NOT.match(text, start):
            return max(end, _NOT.match(text, start).end())  # type: ignore[union-attr]
        before = text[start - 1] if start else ""
        if number and (before == "." and start > 1 and text[start - 2].isdigit()):
            return end
        done = self.point(start, before, number)
        if done:
            return done
        if number or first == "上":
            done = self.length(start, before)
            if done:
                return done
        if number and not first.isdigit() and end - start > 1:
            return start + 1
        return end

    def plan(self, start: int, end: int) -> int:
        """十四五 and the like, which no unit follows."""
        done = self.point(end - 3, self.text[end - 4] if end > 3 else "", True) if end - start == 3 else 0
        return done or end

    # points

    def point(self, start: int, before: str, number: bool) -> int:
        text = self.text
        m = POINT.match(text, start)
        if m is None or m.end() == start:
            return 0
        pair = build(m.groups())
        end = m.end()
        if pair is None:
            return 0
        if number and before and (before.isascii() and (before.isalnum() or before in "-%$¥")):
            return 0
        pair, end = self.checked(pair, m, start, end, before)
        if pair is None:
            return 0
        low, high = pair
        if high is None:
            high, end = self.span_end(low, end)
        tail = _TAIL.match(text, end) if low.is_time else None
        if tail:
            end = tail.end()
        self.emit(low, high, start, end)
        return end

    def checked(self, pair: Pair, m: re.Match[str], start: int, end: int, before: str) -> tuple[Pair | None, int]:
        """Turn down what the words around show to be no date; shorten where only the year is one."""
        text = self.text
        low, high = pair
        g = m.lastgroup
        if m["fest"]:
            if not self.names_day(m["fest"], end, m.end("fest")):
                return self.year_only(m)
        elif m["dian"] and low.minute is None and low.only_time and low.part is None:
            ok = _CLOCK_WORD.search(text[max(0, start - 2) : start]) and _CLOCK_NEXT.match(text, end)
            if not ok or m["dian"] == "点" and not text[start].isdigit() and text[end : end + 1] in "的来":
                return None, end
        elif m["hao"] and low.month is None:
            if not re.match(r"(?:上午|下午|晚|早|凌晨|中午|起|前|后|开始|那天|左右|，|。|\d+[点时])", text[end:end+4] or "。"):
                return None, end
            if re.match(r"[\u4e00-\u9fff]", before) and before not in "月至到从自在于的是了日号":
                return None, end
        if low.part and low.only_time and low.hour is None:
            word = m["p"]
            if PARTS[word][2] != "yes" or self.context._near(self.context.day, self.here(start, end)) is None:
                return None, end
            if self.context.day and self.context.day.span:
                return None, end
        if before == "第" and not low.sub:
            return None, end
        if before == "每" and (low.month is None or low.day is not None or m["wd"]):
            return None, end
        if m["wd"] and low.weekday and not low.is_time and low.deixis is None:
            if not self.weekday_stands(m["wd"], start, end, before):
                return None, end
        if m["third"] and low.month is None and low.deixis is None and low.year is None:
            if m["third"][0] in "初末底" or (self.context.last is None and m["third"][-1] == "旬"):
                return None, end
        if m["y1"] and low.month is None and low.sub is None and text[start:end].endswith("年"):
            if low.year in (1000, 2000) and re.match(r"历史|文明|前|以上|古|多|来", text[end:end+2]):
                return None, end
        del g
        return pair, end

    def weekday_stands(self, word: str, start: int, end: int, before: str) -> bool:
        if before and before in "每逢两三四一二几双本这下上个(（/／":
            return False
        nxt = self.text[end : end + 1]
        if nxt and nxt in "至到-—)）、~":
            return False
        if word[0] == "周":
            return bool(re.match(r"[，,。、的起前后上下晚早凌中将举开在召出发表说对至是正式（(\d\s]", nxt or "。")) and not (
                re.match(r"[姓叫是名]", before)
            )
        return not re.search(r"\d日\s*$", self.text[max(0, start - 4) : start])

    def names_day(self, name: str, end: int, name_end: int) -> bool:
        """Whether a festival names its day here."""
        text = self.text
        mode = FESTIVALS[name][2]
        if end > name_end:
            return True
        if mode == "day":
            return not _NO_DAY.match(text, end) and not _NO_DAY.match(text, end + (text[end : end + 1] in "”\"’"))
        if mode == "term":
            return bool(_TERM.match(text, end))
        if mode == "quoted":
            return bool(_QUOTED.match(text, end))
        return bool(_EDGE.match(text, end) or _QUOTED.match(text, end))

    def year_only(self, m: re.Match[str]) -> tuple[Pair | None, int]:
        """今年 of 今年春节 where 春节 is no day."""
        year = POINT.match(self.text, m.start(), m.start("fest"))
        if year is None or year.end() == m.start():
            return None, m.end()
        return build(year.groups()), year.end()

    def span_end(self, low: Point, end: int) -> tuple[Point | None, int]:
        """The end of a span that is written after 至, 到 or a dash."""
        text = self.text
        j = _JOIN.match(text, end)
        if j is None:
            return None, end
        m = POINT.match(text, j.end())
        if m is None or m.end() == j.end():
            return None, end
        pair = build(m.groups())
        if pair is None or pair[1] is not None or not self.joins(low, pair[0]):
            return None, end
        if m["fest"] and not self.names_day(m["fest"], m.end(), m.end("fest")):
            return None, end
        return pair[0], m.end()

    @staticmethod
    def joins(low: Point, high: Point) -> bool:
        """Whether two points can be the ends of one span."""
        if high.only_time and high.hour is None and low.only_time is False and low.is_time is False:
            return False
        if low.cycle or high.cycle:
            return bool(low.cycle and high.cycle)
        return not (low.only_time and not high.is_time)

    def here(self, start: int, end: int) -> Here:
        """Where an expression stands. Each character of the text is counted once."""
        text, seen = self.text, self.seen
        if start > seen:
            for sign in _SENTENCE_ENDS:
                self.sentence += text.count(sign, seen, start)
            for sign in _PARAGRAPH_ENDS:
                self.paragraph += text.count(sign, max(0, seen - 1), start)
            self.sentence += self.paragraph
            self.seen = start
        left = text[max(0, start - 14) : start]
        cut = max(left.rfind(c) for c in "。！？；\n")
        right = text[end : end + 14]
        stop = min((i for i in map(right.find, "。！？；\n") if i >= 0), default=14)
        return Here(start, self.sentence, self.paragraph, left[cut + 1 :], right[:stop])

    def emit(self, low: Point, high: Point | None, start: int, end: int) -> None:
        here = self.here(start, end)
        context = self.context
        kind = "time" if low.is_time or (high and high.is_time) else "date"
        if low.only_time and _GENERIC.search(here.before):
            saved, context.day = context.day, None
            value, named = context.resolve(low, here)
            context.day = saved
        else:
            value, named = context.resolve(low, here)
        if named is not None:
            named.sentence, named.paragraph, named.end = here.sentence, here.paragraph, end
            named.span = high is not None and not low.is_time
        if high is None:
            if not low.same and not _BASE.search(here.before) and not (low.only_time and named is None):
                context.note(named)
        else:
            value = self.span_value(value, named, low, high, here)
        self.claims.append(Claim(start, end, self.text[start:end], kind, timex=value))

    def span_value(self, value: str | None, named: Named | None, low: Point, high: Point, here: Here) -> str | None:
        """``A/B``, the end read in the light of the start."""
        context = self.context
        context.note(named)
        if high.only_time:
            high = self.later(low, high, value)
            if value and "T" in value and high.hour is not None:
                day, _, _ = value.partition("T")
                high_text = _with_day(day, low, high)
                return f"{value}/{high_text}"
        second, last = context.resolve(high, here)
        if last is not None:
            if named and (last.year, last.month or 0, last.day or 0) < (named.year, named.month or 0, named.day or 0):
                second, last, value = self.untangle(value, second, named, last, low, high, here)
            last.sentence, last.paragraph, last.end, last.span = here.sentence, here.paragraph, here.start, True
            context.note(last)
        if value is None or second is None:
            return None
        return f"{value}/{second}"

    def untangle(
        self, value: str | None, second: str | None, named: Named, last: Named, low: Point, high: Point, here: Here
    ) -> tuple[str | None, Named, str | None]:
        """Move the end of a span after its start: 12月25日至1月5日, 28日至3日."""
        context = self.context
        if high.month is None and high.day is not None and high.deixis is None:
            from .calendar import add_months

            year, month = add_months(named.year, named.month or 1, 1)
            second, moved = context.resolve(replace(high, year=year, month=month), here)
            return second, moved or last, value
        if high.year is None and high.deixis is None and (high.month or high.sub):
            second, moved = context.resolve(replace(high, year=named.year + 1), here)
            return second, moved or last, value
        if low.year is None and low.deixis is None and low.month:
            value, _ = context.resolve(replace(low, year=last.year - (low.month > (last.month or 12))), here)
        return second, last, value

    @staticmethod
    def later(low: Point, high: Point, value: str | None) -> Point:
        """下午2点至5点: the end shares the half of the day."""
        if high.part is None and high.hour is not None and low.part and low.hour is not None and high.hour <= 12:
            hour = to24(high.hour, low.part)
            if hour >= low.hour:
                return replace(high, hour=hour)
        return high

    # lengths

    def length(self, start: int, before: str) -> int:
        text = self.text
        m = LENGTH.match(text, start)
        if m is None:
            return 0
        if before and (before in "第." or (before.isascii() and before.isalnum())):
            return 0
        left = BEFORE.search(text, max(0, start - 4), start)
        word = ""
        begin = start
        if left:
            begin = left.start()
            word = next((k for k in ("approx", "over", "under") if left[k]), "")
        if before == "年" and not left and text[start - 2 : start - 1] in "今去明":
            pass
        found: Length | None = length(m.groups(), word)
        if found is None:
            return 0
        end = m.end()
        self.claims.append(
            Claim(begin, end, text[begin:end], "duration", bound=found.bound, timex=found.value)
        )
        return end


def _with_day(day: str, low: Point, high: Point) -> str:
    from datetime import timedelta

    from .resolve import clock

    if day and high.hour is not None and low.hour is not None and "X" not in day:
        early = (high.hour, high.minute or 0) < (low.hour, low.minute or 0)
        if early:
            day = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    return day + clock(high)


def _day(published: date | str | None) -> date | None:
    """The published date; a text such as ``2020-03-11`` or ``2020-03-11T06:15`` is read."""
    if published is None or isinstance(published, date):
        return published
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def find(text: str, published: date | str | None = None) -> list[Claim]:
    """Find dates, times and lengths of time.

    Parameters
    ----------
    text
        Normalised text (ASCII digits, simplified characters; see `jucuo.shadow`); offsets count its code points.
    published
        The day the text appeared, to resolve what is relative; None leaves unknown parts ``X``.

    Returns
    -------
    list of Claim
        In order, without overlaps; kind ``date``, ``time`` or ``duration``. `timex` is None for a day that
        does not exist.

    Examples
    --------
    >>> [(c.text, c.timex) for c in find("3月5日上午，封闭管理14天。", "2020-03-11")]
    [('3月5日上午', '2020-03-05TMO'), ('14天', 'P14D')]
    """
    return _Scan(text, _day(published)).run()


def parse(expression: str, published: date | str | None = None) -> Timex | None:
    """Read one expression; None if the whole of it is no date, time or length of time.

    Examples
    --------
    >>> parse("去年底", "2020-03-11")
    Timex(value='2019-E', kind='date', bound=None, problem=None)
    """
    expression = expression.strip()
    claims = find(expression, published)
    if len(claims) != 1 or claims[0].text != expression:
        return None
    c = claims[0]
    return Timex(c.timex, c.kind, c.bound, None if c.timex else "no such day")
