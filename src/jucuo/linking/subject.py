"""What a number counts or measures: the noun after it, the head before it, or that of a number before."""

from __future__ import annotations

from ..records import Claim, Span
from .clauses import clause_head, target
from .lexicon import roles
from .phrases import (
    Range,
    clause_start,
    ends_clause,
    head_before,
    noun_after,
    phrase_ending,
    skip_links,
    span,
    verbal,
    without_state,
)
from .settled import Settled
from .tokens import Sentence

_ROLES = roles()
_POINT = _ROLES["point"]
_FEW = 12  # how many claims back a subject is looked for


class Subjects:
    """Finds the subjects of the claims of one sentence, in order, remembering earlier ones."""

    def __init__(self, sent: Sentence):
        self.sent = sent
        self.found: dict[int, Span] = {}
        self.settled = Settled(sent)

    def decided(self, i: int) -> Span | None:
        """The subject of the claim at token `i` where the construction leaves no choice."""
        return self.settled.subject(i, self.found)

    def of(self, i: int) -> Span | None:
        """Return the subject of the claim at token `i`; call in order."""
        claim = self.sent.marks[i]
        assert isinstance(claim, Claim)
        if claim.kind == "ordinal":
            return None
        found: Span | None = self.decided(i) or getattr(self, f"_{claim.kind}")(i, claim)
        if found is not None:
            self.found[i] = found
        return found

    def _after(self, tokens: Range | None) -> Span | None:
        return span(self.sent, tokens, "left") if tokens else None

    def _before(self, tokens: Range | None) -> Span | None:
        return span(self.sent, tokens, "right") if tokens else None

    def _count(self, i: int, claim: Claim) -> Span | None:
        sent = self.sent
        before, after = without_state(sent, head_before(sent, i)), noun_after(sent, i)
        people = claim.unit == "人次" or claim.text.endswith("人")
        if people and before and not verbal(sent, before):
            return self._before(before)
        if after and not (people and verbal(sent, after)):
            return self._after(after)
        if before and not verbal(sent, before):
            return self._before(before)
        agent = self._before(phrase_ending(sent, skip_links(sent, before[0]))) if before else None
        if before and (
            claim.unit in _ROLES["event"] or (people and sent.words[before[1] - 1] in _ROLES["state"])
        ):
            return self._before(before)
        if agent or (self._total(i) and people):
            return agent
        if people and i and sent.kinds[i - 1] in "vw":
            near = self._after(target(sent, i, clause_start(sent, i)))
            return near or self._inherit(i, claim) or self._after(target(sent, i))
        return self._inherit(i, claim) or self._fronted(i) or self._opening(i, people)

    def _opening(self, i: int, people: bool = False) -> Span | None:
        """What the clause opens with: 客人就回来了七八成."""
        tokens = clause_head(self.sent, i)
        moving = i > 0 and self.sent.words[i - 1 - (self.sent.words[i - 1] == "了")] in _ROLES["motion"]
        return self._after(tokens) if tokens and not people and not moving else None

    def _percent(self, i: int, claim: Claim) -> Span | None:
        sent = self.sent
        before = head_before(sent, i)
        if before and verbal(sent, before) and sent.words[before[1] - 1] in _ROLES["state"]:
            return self._earlier(i) or self._before(before)
        if not claim.trend and i + 1 < len(sent) and sent.words[i + 1] == "的":
            return self._after(noun_after(sent, i)) or self._before(before)
        found = self._before(before) or (None if i and sent.words[i - 1] == "的" else self._opening(i))
        return found or self._earlier(i) or self._after(noun_after(sent, i))

    def _money(self, i: int, claim: Claim) -> Span | None:
        sent = self.sent
        before, after = head_before(sent, i), noun_after(sent, i)
        if before and not verbal(sent, before):
            return self._before(before)
        if after and not verbal(sent, after):
            return self._after(after)
        if before and sent.kinds[before[0] - 1] == "d" and (opening := self._opening(i)):
            return opening
        return self._before(before) or self._after(after) or self._opening(i) or self._earlier(i)

    def _quantity(self, i: int, claim: Claim) -> Span | None:
        sent = self.sent
        before = head_before(sent, i)
        if before and not verbal(sent, before):
            return self._before(before)
        after = noun_after(sent, i)
        if after and not verbal(sent, after):
            return self._after(after)
        return (
            self._before(before)
            or self._opening(i)
            or self._inherit(i, claim)
            or self._earlier(i, only_alone=True)
        )

    def _duration(self, i: int, claim: Claim) -> Span | None:
        sent = self.sent
        if "岁" in claim.text:
            return self._aged(i)
        if i + 1 < len(sent) and sent.text[sent.ends[i]] in _POINT:
            return None
        if "周年" in claim.text:
            return self._before(head_before(sent, i)) or self._after(noun_after(sent, i))
        return (
            self._after(noun_after(sent, i))
            or self._during(i)
            or self._before(self._activity(head_before(sent, i)))
        )

    def _activity(self, tokens: Range | None) -> Range | None:
        """The verbal nouns that a phrase ends in, which are what lasts: 中小学[停课]3天."""
        if tokens is None:
            return None
        a = tokens[1]
        while a > tokens[0] and self.sent.kinds[a - 1] == "w":
            a -= 1
        return (a, tokens[1]) if a < tokens[1] else tokens

    def _during(self, i: int) -> Span | None:
        """The activity straight after a length of time: 24小时轮流值守."""
        sent = self.sent
        j = i + 1
        while j < len(sent) and sent.kinds[j] in "dv" and j < i + 3:
            j += 1
        if j < len(sent) and j > i + 1 and sent.kinds[j] == "w":
            return span(sent, (j, j + 1), "left")
        return None

    def _aged(self, i: int) -> Span | None:
        """The person or people of an age."""
        sent = self.sent
        if i and sent.kinds[i - 1] == "H":
            return span(sent, (i - 1, i), "left")
        for j in range(i + 1, len(sent)):
            if ends_clause(sent, j):
                break
            if sent.kinds[j] == "H":
                return span(sent, (j, j + 1), "left")
        after = noun_after(sent, i)
        if after:
            return self._after(after)
        for j in range(i - 1, clause_start(sent, i) - 1, -1):
            if sent.kinds[j] == "H":
                return span(sent, (j, j + 1), "left")
        return None

    def _frequency(self, i: int, claim: Claim) -> Span | None:
        sent = self.sent
        j = i + 1
        if j < len(sent) and sent.kinds[j] in "vw":
            after = noun_after(sent, j)
            return span(sent, (j, after[1] if after and after[0] == j + 1 else j + 1), "left")
        return self._after(noun_after(sent, i)) or self._before(self._done(i))

    def _done(self, i: int) -> Range | None:
        """The act straight before a frequency: 每天消毒防疫两次."""
        sent = self.sent
        b = skip_links(sent, i) + 1
        a = b
        while a > 0 and sent.kinds[a - 1] in "vwn" and sent.ends[b - 1] - sent.starts[a - 1] <= 6:
            a -= 1
        return (a, b) if a < b else None

    def _earlier_claims(self, i: int) -> list[int]:
        """The claims before token `i` that have a subject, the last few of them."""
        return list(self.found)[-_FEW:]

    def _total(self, i: int) -> bool:
        return i > 0 and self.sent.words[i - 1] in _ROLES["sum"]

    def _inherit(self, i: int, claim: Claim) -> Span | None:
        """The subject of an earlier claim that counts in the same unit."""
        for j in reversed(self._earlier_claims(i)):
            other = self.sent.marks[j]
            if (
                j in self.found
                and isinstance(other, Claim)
                and (other.kind, other.unit) == (claim.kind, claim.unit)
            ):
                return self.found[j]
        return None

    def _earlier(self, i: int, only_alone: bool = False) -> Span | None:
        """What the clause before speaks of, for a clause that says only how much of it: …，同比增长12%."""
        sent = self.sent
        if skip_links(sent, i) >= 0 and only_alone:
            return None
        for j in reversed(self._earlier_claims(i)):
            if (
                j in self.found
                and self._lasting(j)
                and not (only_alone and clause_start(sent, i) > j + 1 and self._gap(j, i))
            ):
                return self.found[j]
        start = clause_start(sent, i)
        return self._fronted(i) if start else None

    def _lasting(self, j: int) -> bool:
        """Whether the claim at `j` is of a kind whose subject later clauses take over."""
        claim = self.sent.marks[j]
        return isinstance(claim, Claim) and claim.kind not in ("duration", "frequency", "ordinal")

    def _gap(self, j: int, i: int) -> bool:
        return any(self.sent.kinds[k] in "nw" for k in range(j + 1, clause_start(self.sent, i)))

    def _fronted(self, i: int) -> Span | None:
        """The head of the clause before when that clause only names a thing: 这样的专车，该县开了18趟."""
        sent = self.sent
        end = clause_start(sent, i) - 1
        if end <= 0 or sent.words[end] not in "，,":
            return None
        start = clause_start(sent, end - 1)
        if "C" in sent.kinds[start:end]:
            return None
        kinds = sent.kinds[start:end]
        if not any(k in "vpc" for k in kinds):
            j = end - 1
            while j > start and sent.kinds[j] in "ad":
                j -= 1
            return self._before(phrase_ending(sent, j))
        j = start
        while j < end and sent.kinds[j] in "nwxab":
            j += 1
        return (
            self._after((start, j))
            if j > start and sent.kinds[j - 1] in "nx" and skip_links(sent, i) < 0
            else None
        )
