"""Constructions that decide by themselves what a number counts; the weights have no say there."""

from __future__ import annotations

from ..records import Claim, Span
from .lexicon import roles
from .phrases import (
    AND,
    BACK,
    MODIFIER,
    SHARE,
    Range,
    clause_start,
    phrase_ending,
    series,
    skip_links,
    span,
    standard_of,
)
from .tokens import Sentence

_ROLES = roles()
_LINK = _ROLES["link"]
_CASUALTY = _ROLES["casualty"]
_PROPORTION = _ROLES["proportion"]
_STATISTIC, _MEASURE = _ROLES["statistic"], _ROLES["measure"]
_ACT = frozenset("wv")
_BY, _RECKONED = _ROLES["by"], _ROLES["reckoned"]


class Settled:
    """What the constructions of a sentence say of its numbers, by token.

    ``nouns``: the subject of a number; ``follows``: the earlier number whose subject it has; ``acts``: the
    earlier number of a list, for one that has an act alone before it.
    """

    def __init__(self, sent: Sentence):
        self.sent = sent
        self.nouns: dict[int, Span] = {}
        self.follows: dict[int, int] = {}
        self.acts: dict[int, int] = {}
        self.numbers = [i for i, kind in enumerate(sent.kinds) if kind == "C"]
        harmed = not _CASUALTY.isdisjoint(sent.words)
        shares = not SHARE.isdisjoint(sent.words)
        for n, i in enumerate(self.numbers):
            claim = sent.marks[i]
            assert isinstance(claim, Claim)
            if claim.kind == "percent" and shares:
                self._share(n, i, claim)
            elif claim.kind == "count":
                self._country(i, claim)
                if harmed:
                    self._casualties(i)
                if n:
                    self._item(n, i)
        if len(self.numbers) > 1 and "分别" in sent.words:
            for i, word in enumerate(sent.words):
                if word == "分别":
                    self._dealt_out(i)

    def subject(self, i: int, found: dict[int, Span]) -> Span | None:
        """The subject of the number at token `i`, if settled, where those `found` before are known."""
        before = self.acts.get(i, -1)
        earlier = found.get(before)
        if (
            earlier
            and earlier.end == self.sent.starts[before]
            and earlier.text in self.sent.words[before - 1]
        ):
            return span(self.sent, (i - 1, i), "right")
        return self.nouns.get(i) or found.get(self.follows.get(i, -1))

    def _settle(self, i: int, tokens: Range | None, keep: str = "right") -> None:
        found = span(self.sent, tokens, keep) if tokens else None
        if found:
            self.nouns[i] = found

    def _share(self, n: int, i: int, claim: Claim) -> None:
        """民营企业占进出口的78%; 税收6亿元，占收入的68%: the part has the share, not the whole."""
        sent = self.sent
        standard = standard_of(sent, i)
        if claim.trend or standard is None or sent.words[standard[0]] not in SHARE:
            return
        if standard[1] - standard[0] < 2 or not _PROPORTION.isdisjoint(sent.words[slice(*standard)]):
            return  # 占七成; 占进出口的比重为七成
        last = skip_links(sent, standard[0])
        if last >= 0:
            self._settle(i, phrase_ending(sent, last))
        elif n:
            self.follows[i] = self.numbers[n - 1]

    def _country(self, i: int, claim: Claim) -> None:
        """两国人民: the number is of countries."""
        text = self.sent.text
        if (
            not claim.unit
            and text[claim.end : claim.end + 1] == "国"
            and text[claim.end + 1 : claim.end + 2] != "家"
        ):
            self.nouns[i] = Span(claim.end, claim.end + 1, "国")

    def _casualties(self, i: int) -> None:
        """3人死亡、2人失踪; 死亡3人，失踪2人: each kind of harm is counted for itself."""
        words, kinds = self.sent.words, self.sent.kinds
        before, after = skip_links(self.sent, i), i + 1
        while after < len(words) and kinds[after] == "d":
            after += 1
        if before >= 0 and words[before] in _CASUALTY:
            self._settle(i, (before, before + 1))
        elif (
            after < len(words)
            and words[after] in _CASUALTY
            and (after + 1 == len(words) or kinds[after + 1] not in MODIFIER)
        ):
            self._settle(i, (after, after + 1))

    def _item(self, n: int, i: int) -> None:
        """签约12个、开工9个: each has its own act, if no noun before is what all of them count."""
        words, kinds = self.sent.words, self.sent.kinds
        if self.numbers[n - 1] != i - 3 or words[i - 2] not in "、，," or i < 4:
            return
        if kinds[i - 1] in _ACT and kinds[i - 4] in _ACT and kinds[i + 1 : i + 2] in ([], ["P"]):
            self.acts[i] = i - 3

    def _dealt_out(self, i: int) -> None:
        """口罩和手套分别为300只和80副: each number has its own noun.

        With no noun before it (货运量3吨，客运量8人，分别增长5%和7%) each has that of an earlier number.
        """
        sent = self.sent
        numbers = series(sent, i)
        if len(numbers) < 2 or any(self._noun(k) for k in range(i + 1, numbers[0])):
            return
        last = skip_links(sent, i)
        heads = heads_of_list(sent, last + 1)
        if len(heads) == len(numbers):
            if _shared(sent, heads):
                heads = [(heads[0][0], heads[-1][1])] * len(numbers)
            for j, tokens in zip(numbers, heads, strict=True):
                self._settle(j, tokens, "left")
        elif not any(self._noun(k) for k in range(self._from(i), i)):
            earlier = self._levels(i)[-len(numbers) :]
            if len(earlier) == len(numbers) and all(map(self._alike, earlier, numbers)):
                self.follows.update(zip(numbers, earlier, strict=True))

    def _from(self, i: int) -> int:
        """Where the clause of 分别 at `i` begins, without what it is reckoned by: 按可比口径[分别增长]."""
        start = clause_start(self.sent, i)
        ends = [k for k in range(start, i) if self.sent.words[k] in _RECKONED]
        return ends[-1] + 1 if ends and self.sent.words[start] in _BY else start

    def _noun(self, k: int) -> bool:
        return self.sent.kinds[k] in MODIFIER and self.sent.words[k] not in _LINK

    def _levels(self, i: int) -> list[int]:
        """The numbers before token `i` that are not themselves the rate of a change."""
        marks = self.sent.marks
        return [
            j
            for j in self.numbers
            if j < i and isinstance(c := marks[j], Claim) and not (c.trend and c.kind == "percent")
        ]

    def _alike(self, j: int, i: int) -> bool:
        """Whether the number at `i` is a change, or counts in the same unit as the one at `j`."""
        a, b = self.sent.marks[j], self.sent.marks[i]
        assert isinstance(a, Claim)
        assert isinstance(b, Claim)
        words = self.sent.words
        shares = b.kind == "percent" and not SHARE.isdisjoint(words[clause_start(self.sent, i) : i])
        return bool(b.trend) or shares or (a.kind, a.unit) == (b.kind, b.unit)


def heads_of_list(sent: Sentence, i: int) -> list[Range]:
    """Return the nouns of the list that ends before token `i`, in order: 口罩和手套."""
    out: list[Range] = []
    b = j = i
    while j > max(i - BACK, 0):
        j -= 1
        joins = sent.words[j] in AND
        if joins or sent.kinds[j] not in MODIFIER:
            if b > j + 1:
                out.append((j + 1, b))
            b = j
            if not joins and (sent.kinds[j] != "v" or sent.words[j - 1] not in AND):  # 利润和上缴税金
                break
    else:
        if b > j:
            out.append((j, b))
    return out[::-1] if len(out) > 1 else []


def _shared(sent: Sentence, heads: list[Range]) -> bool:
    """Whether the last noun of a list has the head of all: 一产、二产复工率, but 产量、产值."""
    figures = [_statistic(sent, item) for item in heads]
    return figures[-1] and not all(figures)


def _statistic(sent: Sentence, tokens: Range) -> bool:
    """Whether a noun names a figure (产量, 利润总额, 进口) and not a thing that has figures."""
    last = sent.words[tokens[1] - 1]
    return last[-3:] in _STATISTIC or last[-2:] in _STATISTIC or last[-1] in _MEASURE
