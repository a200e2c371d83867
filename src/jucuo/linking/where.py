"""The place or body a number belongs to."""

from __future__ import annotations

import re

from ..records import Entity, Span
from .lexicon import SORTS, anaphors, roles
from .phrases import ends_clause
from .tokens import Sentence

_ASIDE = roles()["aside"]
_LEVELS = "国省市州盟县区旗镇乡村"
_MEDIA = re.compile(r"(?:[日晚早周时商]报|报社?|网|融媒体?中心|融媒|电视台|新闻社?|资讯|在线|发布|县闻|客户端|记者站)$")
_HEADLINE = 45  # a headline is shorter than this, in characters


class Places:
    """Follows the entity a text speaks of, sentence by sentence."""

    def __init__(self) -> None:
        self.theme: Entity | None = None  # of the article
        self.topic: Entity | None = None  # of the sentences just read
        self.seen: list[Entity] = []
        self.found: dict[int, Entity | None] = {}

    def skip(self, entities: list[Entity]) -> None:
        """Remember the entities of a sentence without numbers."""

    def read(self, sent: Sentence, new_paragraph: bool) -> None:
        """Decide the places of all claims of `sent`, and remember what it speaks of."""
        self.found = {}
        if new_paragraph:
            self.topic = self.theme
        current: Entity | None = None
        start = 0
        while start < len(sent):
            end = start
            while end < len(sent) and not ends_clause(sent, end):
                end += 1
            current = self._clause(sent, start, end, current)
            start = end + 1
        if current is not None:
            self._settle(sent, current, new_paragraph)
        self._look_ahead(sent)

    def _settle(self, sent: Sentence, current: Entity, new_paragraph: bool) -> None:
        self.topic = current
        line = sent.text[sent.starts[0] : sent.ends[-1]]
        headline = new_paragraph and len(line) < _HEADLINE and line[-1] not in "。！？!?”…)）:："
        if headline or self.theme is None:
            self.theme = current

    def _look_ahead(self, sent: Sentence) -> None:
        """Give numbers that still have no place the next entity of their sentence."""
        if None in self.found.values():
            later = None
            for i in range(len(sent) - 1, -1, -1):
                mark = sent.marks[i]
                if sent.kinds[i] == "E" and isinstance(mark, Entity) and not _aside(sent, i):
                    later = mark
                elif i in self.found and self.found[i] is None:
                    self.found[i] = later

    def _clause(self, sent: Sentence, start: int, end: int, current: Entity | None) -> Entity | None:
        """Go through one clause; return the entity that it and what follows speak of."""
        near: Entity | None = None
        pending: list[int] = []
        for i in range(start, end):
            kind = sent.kinds[i]
            if kind == "E":
                mark = sent.marks[i]
                assert isinstance(mark, Entity)
                if _MEDIA.search(mark.text):
                    continue
                self.seen.append(mark)
                if pending and sent.word(i - 1) in ("的", "“"):
                    self.found.update(dict.fromkeys(pending, mark))
                    near = near or mark
                elif not _aside(sent, i):
                    near = mark
            elif kind == "C":
                self.found[i] = near or current or self.topic
                if near is None:
                    pending.append(i)
            elif sent.word(i) in anaphors() and (kind != "n" or i == start or sent.word(i - 1) in ("在", "对")):
                near = self._back(sent.word(i)) or near
        return near or current

    def _back(self, word: str) -> Entity | None:
        """The last entity an anaphor such as 全区 or 该公司 can mean."""
        sort = anaphors()[word]
        labels = SORTS[sort]
        level = ""
        if sort == "GPE" and (word[0] in "全该我本" or word[-1] in "里上内域"):
            level = next((c for c in word[::-1] if c in _LEVELS), "")
        fits = [e for e in self.seen if e.label in labels]
        for e in reversed(fits):
            if not level or e.text.endswith(level) and not e.text.endswith(("社区", "小区", "街区")):
                return e
        if self.theme and self.theme.label in labels:
            return self.theme
        return fits[-1] if fits else None


def _aside(sent: Sentence, i: int) -> bool:
    """Whether the entity at `i` is only a source, a goal or a companion."""
    j = i - 1
    while j >= 0 and (sent.kinds[j] == "E" or sent.word(j) == "、"):
        j -= 1
    if j >= 0 and sent.word(j) in _ASIDE:
        return True
    return i + 1 < len(sent) and sent.word(i + 1)[0] == "籍"


def as_span(entity: Entity | None) -> Span | None:
    return Span(entity.start, entity.end, entity.text) if entity else None
