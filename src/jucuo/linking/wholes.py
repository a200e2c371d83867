"""Totals of a whole that is only pointed at, 全市 or 我县 or 全国, and the names that it can stand for."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from ..records import Entity
from .features import View
from .lexicon import anaphors, roles
from .phrases import clause_start

_ROLES = roles()
_AGAINST, _PROVINCES, _REGIONS = _ROLES["against"], _ROLES["province"], _ROLES["region"]
_TELLS, _SUPERLATIVE = _ROLES["tells"] | _ROLES["opening"], _ROLES["superlative"]
_WHOLE = re.compile("[全我本该][国省市州县区旗镇乡村]")
_LEVEL = re.compile("自治区|自治州|[省县旗镇乡]|(?<![超城])市(?!场)|(?<![社小园街景校])区|(?<!农)村")
OPENING, CLOSING = frozenset("（("), frozenset("）)")
_PLACE = re.compile(f"(?:{_LEVEL.pattern}|街道|社区|小区|街区|国)$")


def is_whole(word: str) -> bool:
    return _WHOLE.fullmatch(word) is not None


def wholes(view: View, carried: str | None = None) -> dict[int, str]:
    """The whole of which each number of a sentence is a total, by its word: 全市新增病例5例，治愈8例.

    It goes on, also from the sentence before (`carried`), until another place is named or pointed at. What is
    only compared with it (占全市的两成, 高于全省) is not its total.
    """
    out: dict[int, str] = {}
    words = view.sent.words
    pointing = [j for j in view.anaphors if _points(view, j) and not _against(view, j)]
    if not pointing and not carried:
        return out
    inside = _bracketed(view)
    places = [j for j in view.places if j not in inside]
    for i in view.numbers:
        n = bisect_left(pointing, i)
        at = pointing[n - 1] if n else -1
        if view.among(view.places if i in inside else places, at, i):
            continue
        if at < 0 and carried:
            out[i] = carried
        elif at >= 0 and is_whole(words[at]) and _opens(view, at):
            out[i] = words[at]
    return out


def _bracketed(view: View) -> set[int]:
    """The tokens in brackets, which add to the clause around them: 全省新增12例（甲市7例），治愈3例."""
    out: set[int] = set()
    opened = -1
    for i in view.breaks:
        if view.sent.words[i] in OPENING:
            opened = i
        elif view.sent.words[i] in CLOSING and opened >= 0:
            out.update(range(opened, i))
    return out


def goes_on(view: View, found: dict[int, str], carried: str | None, parts: set[int]) -> str | None:
    """The whole that a sentence leaves to the next: that of its last number, if it names no place after it.

    `parts` are places each with a number of its own (甲区31例、乙区22例), and these numbers.
    """
    place = max((i for i in view.places if i not in parts), default=-1)
    number = max((i for i in view.numbers if i not in parts), default=-1)
    if place < 0 and number < 0 and not view.anaphors:
        return carried
    return found.get(number) if number > place else None


def _against(view: View, at: int) -> bool:
    """Whether a number is only compared with the whole or a part of it, or it is acted on: 占全市的两成."""
    return not _AGAINST.isdisjoint(view.sent.words[clause_start(view.sent, at) : at])


def _opens(view: View, at: int) -> bool:
    """Whether the whole is what its clause speaks of, and not an object or a part of a name.

    No total: 甲县实施全市项目12个, 建成全省最大的车站, 获全国先进, 首个全国产10万卡集群.
    """
    sent = view.sent
    start = clause_start(sent, at)
    if at + 1 < len(sent) and sent.words[at + 1] in _SUPERLATIVE:
        return False
    before = zip(sent.kinds[start:at], sent.words[start:at], strict=True)
    return not any(kind == "E" or (kind in "vw" and word not in _TELLS) for kind, word in before)


def _points(view: View, j: int) -> bool:
    """Whether the word at `j` points to a place or body rather than being part of a compound (电力市场)."""
    word = view.sent.words[j]
    if j - 1 in view.anaphors:  # 全县[县域]内
        return False
    return anaphors()[word] == "GPE" or word[0] in "全我本该" or j == 0 or view.sent.kinds[j - 1] == "P"


@lru_cache(maxsize=4096)
def level_of(name: str) -> str:
    """The level of a place by its name: the last character of 青河区, 省 for 安徽, none for 青河."""
    if name in _PROVINCES or name in _REGIONS:
        return "省"
    found = _PLACE.search(name)
    return found[0] if found else ""


def fits(entity: Entity, whole: str) -> bool:
    """Whether an entity can be the whole: 青河市 or 青河 or 青河市教育局 for 全市, no 青河区, no 市教育局.

    全国 stands for none.
    """
    return _fits(entity.text, entity.label, whole[-1])


@lru_cache(maxsize=4096)
def _fits(name: str, label: str, level: str) -> bool:
    if level == "国":
        return False
    if label == "ORG":
        first = _LEVEL.search(name)
        return first is not None and first.start() > 0 and first[0][-1] == level
    if label != "GPE":
        return False
    own = level_of(name)
    if level == "省":  # a province is known by its short name too
        return own in ("省", "自治区")
    return own in ("", level, "自治" + level) or (level == "区" and name in _REGIONS)
