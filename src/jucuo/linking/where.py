"""The place or body a number belongs to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from ..records import Claim, Entity, Span
from .features import View
from .lexicon import SORTS, anaphors, roles
from .media import is_media
from .phrases import AND, ends_clause, series, skip_links
from .settled import heads_of_list
from .tokens import Sentence, class_of
from .wholes import CLOSING, OPENING, fits, goes_on, is_whole, level_of, wholes

_ROLES = roles()
_ASIDE, _HOMEWARD, _REST = _ROLES["aside"], tuple(_ROLES["homeward"]), _ROLES["rest"]
_EXCEPT, _BESIDES = _ROLES["except"], _ROLES["besides"]
_TELLS = _ROLES["tells"]
_TELLING = 10  # how far from its source the verb of telling stands, in tokens
_NATIONAL = re.compile(
    "^(?:国家|全国|国务院|海关(?:总署)?$|中国人民银行$|央行$|中国[^省市县区]{0,12}(?:协会|联合会|学会)$)"
    "|^[^省市县区]{1,10}(?:(?<![党团总支干门医分])部|总局|总署)$"
)
_CHAIN = 24  # the longest row of places that is looked through, in tokens
_LEVELS = "国省市州盟县区旗镇乡村"
_LOCATING, _QUARTERS, _POINT = _ROLES["locating"], tuple(_ROLES["quarter"]), _ROLES["point"]
_FIRMS = tuple(_ROLES["firm"])
_BODIES = {role[5:]: tuple(ends) for role, ends in _ROLES.items() if role.startswith("body:")}
_BACK = 60  # how many mentions back an anaphor is resolved
_HEADLINE = 45  # a headline is shorter than this, in characters


class Places:
    """Follows the entity a text speaks of, sentence by sentence."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        owners = (e for e in entities if class_of(e) == "E" and not is_media(e))
        self.first = next(owners, None)
        self.lead: Entity | None = None  # it, where it stands before the sentence or under a headline
        self.theme: Entity | None = None  # of the article
        self.topic: Entity | None = None  # of the sentences just read
        self.seen: list[Entity] = []
        self.found: dict[int, Entity | None] = {}
        self.paired: set[int] = set()
        self.before: View | None = None  # the sentence before, in the same paragraph
        self.bound: set[int] = set()  # claims that a construction ties to their place
        self.explicit: set[int] = set()  # claims whose place stands in their own sentence
        self.wholes: dict[int, str] = {}  # by claim, the word for the whole whose total it is: 全市
        self.whole: str | None = None  # the whole that the paragraph so far gives totals of
        self.told: set[str] = set()  # bodies of the state that have so far only published figures
        self.excepted: set[int] = set()  # entities that own none of its numbers: 湖北以外, 海关总署统计

    def pause(self, new_paragraph: bool) -> None:
        """Pass over a sentence that names nothing."""
        self.before = None
        if new_paragraph:
            self.topic, self.whole = self.theme, None

    def read(self, view: View, new_paragraph: bool) -> None:
        """Decide the places of all claims of a sentence, and remember what it speaks of."""
        sent = view.sent
        self.found, self.explicit, self.bound = {}, set(), set()
        if new_paragraph:
            self.whole = self.before = None
        self.wholes = wholes(view, self.whole)
        sources = {i for i in view.places if _source(sent, i)}
        self.excepted = sources | {i for i in view.places if _excepted(sent, i)}
        for i in view.places:
            if i in sources:
                self.told.add(sent.words[i])
            else:
                self.told.discard(sent.words[i])
        headline = new_paragraph and _headline(sent)
        under = self.first is not None and (headline or self.first.start < sent.starts[0])
        self.lead = self.first if under else None
        self._pair(view)
        self.whole = goes_on(view, self.wholes, self.whole, self.paired)
        if new_paragraph:
            self.topic = self.theme
        current: Entity | None = None
        outer: list[Entity | None] = []
        start, opened = 0, False
        points = sorted({*view.places, *view.numbers, *view.anaphors})
        for end in (*view.breaks, len(sent)):
            whole = outer[-1] if outer else None
            if start < end and sent.words[start] in _REST and opened:
                current = whole
            here = points[bisect_left(points, start) : bisect_left(points, end)]
            current = self._clause(sent, start, here, current)
            mark = sent.words[end] if end < len(sent) else ""
            if mark in OPENING:
                outer.append(current)
                opened = True
            elif mark in CLOSING and outer:
                current = outer.pop()
                opened = bool(outer)
            start = end + 1
        if current is not None:
            self.topic = current
            if headline or self.theme is None:
                self.theme = current
        self._look_ahead(view)
        for i, word in self.wholes.items():
            e = self.found.get(i)
            if e is not None and i not in self.paired and not fits(e, word):
                self.found[i] = self.back(word)

    def _look_ahead(self, view: View) -> None:
        """Give numbers that still have no place the next entity of their clause, or the first of the text."""
        if None not in self.found.values():
            return
        sent, later, clause = view.sent, self.lead, -1
        for i in sorted((*view.places, *view.numbers), reverse=True):
            mark = sent.marks[i]
            if sent.kinds[i] == "E" and isinstance(mark, Entity) and not self._stands_aside(sent, i):
                later, clause = mark, view.clauses[i]
            elif i in self.found and self.found[i] is None:
                self.found[i] = later if clause in (-1, view.clauses[i]) else self.lead

    def _stands_aside(self, sent: Sentence, i: int) -> bool:
        return i in self.excepted or _aside(sent, i)

    def _clause(self, sent: Sentence, start: int, points: list[int], current: Entity | None) -> Entity | None:
        """Go through the names and numbers of a clause; return what it and what follows speak of."""
        near: Entity | None = None
        spot: Entity | None = None  # a road, river or the like: for the numbers of this clause alone
        pending: list[int] = []
        for i in points:
            if i in self.paired:
                continue
            kind = sent.kinds[i]
            if kind == "E":
                mark = sent.marks[i]
                assert isinstance(mark, Entity)
                if is_media(mark):
                    continue
                self.seen.append(mark)
                if pending and _head_of_relative(sent, i):
                    mark = _last_of_chain(sent, i)
                    self.found.update(dict.fromkeys(pending, mark))
                    self.bound.update(pending)
                    near = near or mark
                elif self._stands_aside(sent, i) or _listed(sent, i) or (near and _partner(sent, i)):
                    continue
                elif mark.label != "LOC":
                    near, spot = mark, None
                elif near is None and (i == start or sent.kinds[i - 1] in "TdP") and not _beside(sent, i):
                    spot = mark
            elif kind == "C":
                self.found[i] = spot or near or current or self.topic
                if spot or near or current:
                    self.explicit.add(i)
                if near is None:
                    pending.append(i)
            elif kind != "n" or i == start or sent.words[i - 1] in ("在", "对"):
                near = self.back(sent.words[i]) or near
        return near or current or (spot if self.topic is None else None)

    def _pair(self, view: View) -> None:
        """Settle the numbers that each stand next to a place of their own.

        渝水区61例、分宜县18例: each after its place; 乙、丙两区分别达到88%和91%: in the order of the places,
        and so on for a second list (，分别增长3%和5%).
        """
        sent, kinds = view.sent, view.sent.kinds
        self.paired = set()
        for i in view.places if view.numbers else ():
            if kinds[i + 1 : i + 2] == ["C"] and _neighbour(kinds, i):
                self._own(sent.marks[i], i + 1)
                self.paired.add(i)
        if "分别" in sent.words:
            self._share_out(view)
        self.before = view

    def _share_out(self, view: View) -> None:
        """Give the numbers after each 分别 to the places listed before it, or in the sentence before."""
        sent = view.sent
        owners = earlier = _listed_last(self.before)
        for i in (i for i, word in enumerate(sent.words) if word == "分别"):
            row = _shared_out(sent, i)
            numbers = series(sent, i)
            if row:
                owners = [sent.marks[j] for j in row]
            elif owners is earlier and not _refers_back(view, i, len(owners)):
                continue
            if len(owners) == len(numbers) > 1:
                self.paired.update(row)
                for owner, number in zip(owners, numbers, strict=True):
                    self._own(owner, number)

    def _own(self, mark: Span | None, number: int) -> None:
        if isinstance(mark, Entity) and not is_media(mark):
            self.found[number] = mark
            self.seen.append(mark)
            self.explicit.add(number)
            self.bound.add(number)
            self.paired.add(number)

    def back(self, word: str) -> Entity | None:
        """The last entity an anaphor such as 全区 or 该公司 can mean."""
        sort = anaphors()[word]
        labels = SORTS[sort]
        seen = [e for e in self.seen[-_BACK:] if e.label in labels]
        if is_whole(word):
            return self._whole(word, seen)
        endings = _endings(sort, word)
        for e in reversed(seen):
            if e.text.endswith(endings) and not e.text.endswith(_QUARTERS):
                return e
        if self.theme and self.theme.label in labels:
            return self.theme
        return seen[-1] if seen else None

    def _whole(self, word: str, seen: list[Entity]) -> Entity | None:
        """The last place that is of the level of 全市 by its name, else one whose name does not say it."""
        able = [e for e in seen if fits(e, word)]
        known = [e for e in able if level_of(e.text)]
        if not known and self.theme and self.theme.label == "GPE" and fits(self.theme, word):
            return self.theme
        return (known or able)[-1] if able else None


def has_place(text: str, claim: Claim, subject: Span | None, explicit: bool) -> bool:
    """Whether a claim can belong to a place.

    An ordinal or an age does not; lengths, distances and the like do when they measure something named,
    or when their own sentence names the place.
    """
    if claim.kind == "ordinal" or (claim.kind == "duration" and "岁" in claim.text):
        return False
    if claim.kind == "duration":
        moment = text[claim.end : claim.end + 1] in _POINT
        return not moment and (explicit or subject is not None)
    return claim.kind != "quantity" or explicit or subject is not None


def _endings(sort: str, word: str) -> tuple[str, ...]:
    """Endings of a name that an anaphor can stand for; the empty one fits all."""
    if word in ("开发区", "高新区", "新区"):
        return (word,)
    if sort == "ORG":
        return next((ends for key, ends in _BODIES.items() if key in word), ("",))
    if sort == "GPE" and word[-1] in "里上内域":
        return (next((c for c in word[::-1] if c in _LEVELS), ""),)
    return ("",)


def _head_of_relative(sent: Sentence, i: int) -> bool:
    """Whether the clause before the entity at `i` modifies it: 由13名农户组成的合作社."""
    j = i - 1
    if j > 0 and (sent.kinds[j] == "Q" or sent.words[j] == "“"):
        j -= 1
    return j >= 0 and sent.words[j] == "的"


def _headline(sent: Sentence) -> bool:
    """Whether a line is a headline, if it stands alone."""
    last = sent.text[sent.ends[-1] - 1]
    return sent.ends[-1] - sent.starts[0] < _HEADLINE and last not in "。！？!?”…)）:："


def _excepted(sent: Sentence, i: int) -> bool:
    """Whether the entity at `i` is left out: 湖北以外, 除湖北、河南外."""
    a = b = i
    last = min(i + _CHAIN, len(sent) - 1)
    while b < last and (sent.kinds[b + 1] == "E" or sent.words[b + 1] in AND):
        b += 1
    if b == last:
        return False
    if sent.words[b + 1] in _EXCEPT:
        return True
    while a > max(i - _CHAIN, 0) and (sent.kinds[a - 1] == "E" or sent.words[a - 1] in AND):
        a -= 1
    return a > 0 and sent.words[a - 1] in _BESIDES and sent.words[b + 1] in ("外", "，", ",")


def _source(sent: Sentence, i: int) -> bool:
    """Whether the entity at `i` is a body of the state that only publishes the country's figures."""
    mark = sent.marks[i]
    if not isinstance(mark, Entity) or mark.label != "ORG" or not _NATIONAL.search(mark.text):
        return False
    if mark.text.endswith(_FIRMS) and mark.text != "中国人民银行":
        return False
    for j in range(i + 1, min(i + _TELLING, len(sent))):
        if ends_clause(sent, j) and sent.words[j] not in "（）()":
            return False
        if sent.words[j] in _TELLS:
            return True
    return False


def _shared_out(sent: Sentence, i: int) -> list[int]:
    """The places among which 分别 at `i` shares out the numbers that follow it, in order.

    They are a list in its clause (甲区、乙区上半年分别), else before it (甲省10县、乙省7县受灾，面积分别).
    """
    out: list[int] = []
    joined = ended = False
    for j in range(i - 1, max(i - 2 * _CHAIN, -1), -1):
        if sent.kinds[j] == "E":
            if out and not joined:
                if out[-1] == j + 1:  # 甲市[乙区]、
                    continue
                break
            out.append(j)
            joined = False
        elif sent.words[j] in AND:
            joined = True
        elif ends_clause(sent, j):
            if out or ended or sent.words[j] not in ",，":
                break
            ended, joined = True, False
    return out[::-1]


def _listed_last(view: View | None) -> list[Span | None]:
    """The places of the list in the last clause of a sentence, or in the one before."""
    if view is None or len(view.places) < 2:
        return []
    return [view.sent.marks[j] for j in _shared_out(view.sent, len(view.sent) - 1)]


def _refers_back(view: View, i: int, several: int) -> bool:
    """Whether 分别 at `i` deals out to the `several` of the sentence before: 两县面积分别达到."""
    sent, before = view.sent, [j for j in (*view.numbers, *view.places) if j < i]
    marks = [sent.marks[j] for j in before]
    named = all(isinstance(c, Claim) and c.kind == "count" and c.value == several for c in marks)
    return named and not heads_of_list(sent, skip_links(sent, i) + 1)


def _neighbour(kinds: list[str], i: int) -> bool:
    """Whether the place at `i` with its number stands beside another such pair."""
    return kinds[i + 2 : i + 5] == ["P", "E", "C"] or kinds[max(i - 3, 0) : i] == ["E", "C", "P"]


def _last_of_chain(sent: Sentence, i: int) -> Entity:
    last = min(i + _CHAIN, len(sent) - 1)
    while i < last and sent.kinds[i + 1] == "E":
        i += 1
    mark = sent.marks[i]
    assert isinstance(mark, Entity)
    return mark


def _listed(sent: Sentence, i: int) -> bool:
    """Whether the entity at `i` is one of the things counted: 甲厂、乙厂等9家企业."""
    last = min(i + _CHAIN, len(sent) - 1)
    while i < last and (sent.kinds[i + 1] == "E" or sent.words[i + 1] in ("、", "和")):
        i += 1
    return i + 2 < len(sent) and sent.words[i + 1] == "等" and sent.kinds[i + 2] == "C"


def _beside(sent: Sentence, i: int) -> bool:
    """Whether what follows is only near the entity at `i`: 老君山下."""
    return sent.kinds[i + 1 : i + 2] == ["f"]


def _partner(sent: Sentence, i: int) -> bool:
    """Whether the entity at `i` is an organ run together with the one before: 青河县委、县政府."""
    mark = sent.marks[i]
    assert mark is not None
    return sent.words[i - 1] == "、" and mark.text.endswith(("政府", "人大", "政协")) and len(mark.text) < 6


def _aside(sent: Sentence, i: int) -> bool:
    """Whether the entity at `i` is only a source, a goal or a companion."""
    j, first = i - 1, max(i - _CHAIN, 0)
    of = False
    while j >= first and (
        sent.kinds[j] == "E" or sent.words[j] == "、" or (sent.words[j] == "的" and sent.kinds[j - 1] == "E")
    ):
        of = of or sent.words[j] == "的"
        j -= 1
    if of and sent.words[j] in _LOCATING:
        return False
    if j >= 0 and sent.words[j] in _ASIDE:
        return True
    if i + 1 >= len(sent):
        return False
    following = sent.words[i + 1]
    counted = following == "的" and sent.kinds[i + 2 : i + 3] == ["C"]  # 在新疆的12人
    return following.startswith(_HOMEWARD) or (counted and j >= 0 and sent.words[j] == "在")
