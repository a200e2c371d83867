"""Whether a number is the size of a change (增长12%, 比上年多3个), and against what it is measured."""

from __future__ import annotations

import re
from collections import defaultdict

from ..numerals import spellings
from ..tables import alternatives, lists, longest_first, rows, words


def _read() -> dict[tuple[str, str], list[str]]:
    """Map trend and use to the words of change, each as a pattern."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for written, trend, uses, before, after in rows(__package__, "changes.tsv", 5):
        head = f"(?<![{before}])" if before else ""
        tail = "" if not after else f"(?!{after})" if "|" in after else f"(?![{after}])"
        for word in spellings(written):
            for use in uses.split(","):
                found[trend, use].append(word if use == "reached" else f"{head}{word}{tail}")
            found[trend, "any"].append(word)
    return found


_WORDS = _read()
_BESIDE = lists(__package__, "context.txt")


def _either(use: str) -> str:
    """Two groups: the words that go up, and those that go down."""
    return "({})|({})".format("|".join(_WORDS["up", use]), "|".join(_WORDS["down", use]))


_KEPT = ("保持在", "维持在", "稳定在")
_AFTER = "|".join((*_KEPT, _BESIDE["then"]))
_ANY = longest_first({*_WORDS["up", "any"], *_WORDS["down", "any"]})
_STARTS = f"(?=[{''.join(sorted({word[0] for word in _ANY}))}])"  # for speed: most characters start none
_CHANGE = re.compile(rf"{_STARTS}(?:{_either('size')}|{_either('compared')})(?:{_AFTER}){{0,3}}$")
_CHANGE_ENDS = frozenset(word[-1] for word in (*_ANY, *_AFTER.split("|")))
_OBJECT = re.compile(f"{_STARTS}(?:{_either('object')})了?([一-龥“”]{{1,8}})$")
_OF_POINTS = re.compile(f"{_STARTS}(?:{_either('points')})了?[^，。；、至到为达\\d]{{0,10}}$")
_LEVEL = re.compile("[达到至为成于是有的了从由把将]|其中|每|约|近|超|逾|计|共|等(?!级)|率$|^[^“]*”")
"""What in an object shows that the number is none of the change but a level (减少到, 提高效率达)."""
_HARMLESS = re.compile(alternatives(words(__package__, "objects.txt")))
_THAN = re.compile(
    "(?:(高于|快于|多于)|(低于|慢于|少于))"
    "((?:上|去|前)[年月]?[^，。；、的]{0,6}|[^，。；、全的]{0,6}[年月季同][期度]?)$"
)
_CUES = re.compile(
    "[增减升降涨跌提调多少高低快慢扩缩压窄落削缓产排浮收延优便早攀弹激速拓强弱扬跃挫贬退萎骤亏裁招行息免偏温滑价胖瘦]"
)
"""Each word of change holds one of these."""
_NOT_CHANGE = re.compile(f"(?:{_BESIDE['not_change']})$")
_LOOSE_END = re.compile("(?:相比|[同环]比|偏|最|[大小]幅|明显|显著|略)$")
_STANDARD = re.compile("全[国省市区县州球]|(?<!年)平均|同行")
_ENDS = rf"(?:{_STARTS}(?:{'|'.join(_ANY)})|分别|[升下上缩加净压还])"
_THING = rf"(?!{'|'.join(word for word in _ANY if len(word) > 1)})[^，。；、,;:：（）()\n]{{1,16}}?"
_NOT_COMPARED = words(__package__, "not_compared.txt")
_FIRST = "".join(sorted({word[0] for word in _NOT_COMPARED} | set("同环与和跟比较")))
_COMPARED = re.compile(
    rf"(?=[{_FIRST}])(?:{'|'.join(_NOT_COMPARED)}"
    r"|(?P<base>同比|环比|[与和同跟](?:(?![与和跟])[^，。；、,;:：（）()\n]){1,16}?相[比较]"
    rf"|[比较]{_THING}(?={_ENDS}|[、和及][比较])))"
)
_RATIO = frozenset({"同比", "环比"})
_PACE = re.compile(f"(?:[增降升减涨跌]幅|增速)[^，,]*(?:{_BESIDE['paced']})[^，,]*$")
"""A change of a change (降幅扩大0.1个百分点): 同比 of an earlier clause is not its base."""
_ROW = frozenset("、和及与")


def change(text: str, start: int, unit: str = "") -> tuple[str | None, str | None]:
    """Return the trend of the number that starts at `start`, and the base of the change.

    Numbers in percentage points (`unit` pp or 基点) are changes also behind 率: 下调贷款利率0.5个百分点.
    """
    window = text[max(0, start - 14) : start].rstrip()
    if not _CUES.search(window):
        return None, None
    if window[-1] in _CHANGE_ENDS and (m := _CHANGE.search(window)) and m.lastindex:
        up = m.lastindex in (1, 3)
        word = m.end(m.lastindex)
        if not _is_level(window, m) and not _NOT_CHANGE.search(window, 0, word):
            base = _base(text, start)
            if m.lastindex < 3 or window[word : word + 1] == "了" or (base and not _STANDARD.search(base)):
                return ("up" if up else "down"), base
    if "于" in window and (m := _THAN.search(window)):
        return ("up" if m[1] else "down"), m[3]
    if (m := _OBJECT.search(window)) and not _LEVEL.search(_HARMLESS.sub("", m[3])):
        return ("up" if m[1] else "down"), _base(text, start)
    if unit in ("pp", "基点") and (m := _OF_POINTS.search(window)):
        return ("up" if m[1] else "down"), _base(text, start)
    return None, None


_AMOUNTS = frozenset(_WORDS["up", "reached"] + _WORDS["down", "reached"])
"""Verbs whose number is the size of the change also behind 达: 增收达300元."""


def _is_level(window: str, m: re.Match[str]) -> bool:
    verb = m[m.lastindex or 0]
    rest = window[m.end(m.lastindex or 0) :]
    if verb[-1] == "幅" or verb in _AMOUNTS or (verb == "增长" and rest.endswith(_KEPT)):
        return False
    return bool(re.search("达|为|在", rest)) and "幅" not in rest


def _base(text: str, start: int) -> str | None:
    """同比, 环比 or the expression of comparison in the clause before a change; of a row, the first."""
    clause = text[max(0, start - 40) : start]
    clause = clause[max(map(clause.rfind, "。；;\n")) + 1 :]
    row = _row(clause)
    if not row:
        return None
    found, last = row[0], row[-1]
    after = clause[last.end() :].replace(",", "，")
    if "，" in (after[1:] if last[0].endswith(("相比", "相较")) else after) and (
        last[0] not in _RATIO or _PACE.search(clause)
    ):
        return None
    return _LOOSE_END.sub("", found[0]) or found[0]


def _row(clause: str) -> list[re.Match[str]]:
    """The last expression of comparison in a clause, with those in a row before it (同比、环比)."""
    row: list[re.Match[str]] = []
    if "比" not in clause and "较" not in clause:
        return row
    for m in _COMPARED.finditer(clause):
        if m["base"]:
            row = [*row, m] if row and clause[row[-1].end() : m.start()] in _ROW else [m]
    return row


def next_base(text: str, start: int, base: str | None) -> str | None:
    """Return what the second of two numbers is measured against (同比、环比分别增长2%和1%).

    `start` and `base` are those of the first.
    """
    names = [m[0] for m in _row(text[max(0, start - 40) : start])]
    at = names.index(base) + 1 if base in names else 0
    return names[at] if 0 < at < len(names) else base
