"""Candidates for what a number counts, with their features."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from ..records import Claim, Span
from .choice import Candidate, Chooser
from .clauses import clause_head, target
from .features import View, sort_of, steps
from .lexicon import roles
from .phrases import (
    DIMENSION,
    HEAD,
    MODIFIER,
    Bounds,
    Range,
    acts_apart,
    bounds,
    classifies,
    head_before,
    noun_after,
    only_links,
    skip_links,
    specified,
    standard_of,
    without_state,
)
from .subject import Subjects
from .tokens import Sentence

_ASPECT = roles()["aspect"]
_BORDERS = frozenset("PCTEHI")
_LEFT, _RIGHT = ("L0", "L1", "L2", "L3"), ("R0", "R1")  # the noun phrases before and after, nearest first
_BEFORE, _AFTER = ("B0", "B1", "B2", "B3"), ("A0", "A1", "A2", "A3")  # one token, two ...
_WEAK = frozenset({f"{n}last" for n in (*_LEFT[:3], *_RIGHT)} | {f"{n}noun" for n in (*_LEFT, "R0")})
"""Shorter forms that are never chosen where nothing else speaks for them."""
_EARLIER = 3
_LONG = 12  # of longer phrases the length says no more, in characters


class _Board:
    """The phrases that a number of one kind may count: their features, and their tokens."""

    def __init__(self, sent: Sentence, kind: str):
        self.sent, self.kind = sent, kind
        self.features: dict[Bounds, list[str]] = {}
        self.tokens: dict[Bounds, Range] = {}

    def add(self, phrase: Range | None, role: str, keep: str) -> None:
        """Add a phrase with its role; `keep` says which side of a stray quotation mark stays."""
        found = bounds(self.sent, phrase, keep) if phrase else None
        if found and phrase:
            self.put(found, phrase, role)

    def put(self, found: Bounds, phrase: Range, role: str) -> None:
        self.tokens.setdefault(found, phrase)
        fs = self.of(found)
        fs.append(role)
        fs.append(role + self.kind)

    def of(self, found: Bounds) -> list[str]:
        """The features of a phrase so far."""
        fs = self.features.get(found)
        if fs is None:
            fs = self.features[found] = []
        return fs


class SubjectRanker:
    """Chooses the subject of each number among the noun phrases around it."""

    def __init__(self, chooser: Chooser):
        self.chooser = chooser
        self.history: list[tuple[Claim, Bounds | None, int, int]] = []  # with sentence and token
        self.count = 0

    def sentence(self, view: View) -> None:
        self.view, self.subjects = view, Subjects(view.sent)
        self.count += 1
        self.runs = _runs(view)
        words = view.sent.words
        self.semicolons = [i for i in view.breaks if words[i] in "；;"]
        self.aspects = [] if _ASPECT.isdisjoint(words) else [i for i, w in enumerate(words) if w in _ASPECT]
        some = not DIMENSION.isdisjoint(words)
        self.inside = [i for i in range(len(words)) if specified(view.sent, i)] if some else []
        self.forms: dict[tuple[int, str], list[tuple[str, Range, Bounds]]] = {}
        self.history = self.history[-_EARLIER:]

    def choose(self, i: int, claim: Claim) -> Span | None:
        rule = self.subjects.of(i)
        chosen: Bounds | None
        if rule is not None and self.subjects.decided(i):
            chosen = (rule.start, rule.end)
        else:
            chosen = self.chooser.choose("subject", claim, self.candidates(i, claim, rule))
        self.history.append((claim, chosen, self.count, i))
        if chosen is None:
            self.subjects.found.pop(i, None)
            return None
        start, end = chosen
        found = Span(start, end, self.view.sent.text[start:end])
        self.subjects.found[i] = found
        return found

    def candidates(self, i: int, claim: Claim, rule: Span | None) -> list[Candidate]:
        """Bounds of the noun phrases that the claim at token `i` may count, and None at last."""
        view, sent, kind = self.view, self.view.sent, sort_of(claim)
        board = _Board(sent, kind)
        before = head_before(sent, i)
        board.add(noun_after(sent, i), "after", "left")
        board.add(before, "before", "right")
        board.add(without_state(sent, before), "bare", "right")
        board.add(clause_head(sent, i), "open", "left")
        board.add(target(sent, i), "target", "left")
        k = bisect_left(self.runs, (i, i))
        for n, role in enumerate(_LEFT[:k], 1):
            self._forms(k - n, role, "right", board)
        for n, role in enumerate(_RIGHT[: len(self.runs) - k], k):
            self._forms(n, role, "left", board)
        self._next_to(i, board)
        if rule is not None:
            fs = board.of((rule.start, rule.end))
            fs += ["rule", "rule" + kind]
        barred = self._barred(i, board)
        self._earlier(i, claim, board)
        for found in [
            found
            for found, fs in board.features.items()
            if (len(fs) == 2 and fs[0] in _WEAK) or ("rule" not in fs and found in barred)
        ]:
            del board.features[found]
        self._describe(i, str(claim.unit), board)
        rows: list[Candidate] = [*board.features.items()]
        left, right = view.tags[i - 1], view.tags[i + 1]
        none = ["N", "N" + kind, f"N{claim.unit}", f"N>{left}{kind}", f"N<{right}{kind}"]
        none += [f"Nr{rule is None}{kind}", f"Nb{before is None}{kind}", f"N>{left}<{right}"]
        rows.append((None, none))
        return rows

    def _barred(self, i: int, board: _Board) -> set[Bounds]:
        """The phrases that are no subject: a standard, what follows a semicolon, 新增, half of 种植面积."""
        first, last = standard_of(self.view.sent, i) or (0, 0)
        end = next((k for k in self.semicolons if k > i), 0)
        aspects, inside = self.aspects, self.inside
        if not (last or end or aspects or inside):
            return set()
        return {
            found
            for found, (a, b) in board.tokens.items()
            if (a < last and b > first)
            or (end and a > end)
            or a in inside
            or (a in aspects and all(k in aspects for k in range(a, b)))
        }

    def _forms(self, n: int, role: str, keep: str, board: _Board) -> None:
        """Add a noun phrase in full and shorter; its forms serve all numbers of the sentence."""
        forms = self.forms.get((n, role))
        if forms is None:
            phrases = ((role + form, p, bounds(self.view.sent, p, keep)) for form, p in self._variants(n))
            forms = self.forms[n, role] = [(name, p, found) for name, p, found in phrases if found]
        for name, phrase, found in forms:
            board.put(found, phrase, name)

    def _variants(self, n: int) -> Iterator[tuple[str, Range]]:
        """A noun phrase whole, its last word, its noun and its act, and with what it is listed with."""
        sent, (a, b) = self.view.sent, self.runs[n]
        yield "", (a, b)
        if b - a > 1:
            yield "last", (b - 1, b)
            c = b
            while c > a + 1 and sent.kinds[c - 1] == "w":
                c -= 1
            if c < b:
                yield "noun", (a, c)
                yield "act", (c, b)
        if a > 1 and sent.words[a - 1] in ("的", "、", "和") and sent.kinds[a - 2] in MODIFIER:
            c = a - 2
            while c > 0 and sent.kinds[c - 1] in MODIFIER:
                c -= 1
            yield sent.words[a - 1], (c, b)

    def _next_to(self, i: int, board: _Board) -> None:
        """Add the few tokens straight after the number, and before it, whatever their class."""
        words, kinds = self.view.sent.words, self.view.sent.kinds
        a = i + 2 if words[i + 1 : i + 2] == ["的"] else i + 1
        for b, role in zip(range(a, len(words)), _AFTER, strict=False):
            if kinds[b] in _BORDERS:
                break
            board.add((a, b + 1), role, "left")
        b = skip_links(self.view.sent, i)
        for a, role in zip(range(b, -1, -1), _BEFORE, strict=False):
            if kinds[a] in _BORDERS:
                break
            board.add((a, b + 1), role, "right")

    def _earlier(self, i: int, claim: Claim, board: _Board) -> None:
        """Add the subjects of the claims before."""
        view, kind = self.view, board.kind
        seen = 0
        done: set[Bounds] = set()
        for other, found, count, at in reversed(self.history[-6:]):
            if found is None or found in done:
                continue
            done.add(found)
            same = "u" if other.unit == claim.unit and other.kind == claim.kind else "-"
            gap = "same" if count == self.count else "far"
            fs = board.of(found)
            fs += [f"p{seen}", f"p{seen}{same}{gap}", f"p{seen}{kind}", f"p{same}{gap}{kind}"]
            if count == self.count:
                fs.append(f"p{seen}c{min(view.clauses[i] - view.clauses[at], 2)}{same}")
                if i - at < 5:
                    fs.append(f"p{seen}:{''.join(view.tags[at + 1 : i])}")
            seen += 1
            if seen == _EARLIER:
                break

    def _describe(self, i: int, unit: str, board: _Board) -> None:
        """Add what the words of each phrase say, and where it stands."""
        view, text, kind = self.view, self.view.sent.text, board.kind
        tags, clauses, kinds = view.tags, view.clauses, view.sent.kinds
        between: dict[tuple[int, int, str], list[str]] = {}  # shared by phrases that start or end together
        for found, fs in board.features.items():
            start, end = found
            length = end - start
            tail = text[end - 2 : end] if length > 1 else text[start]
            fs += (f"u{unit}{text[end - 1]}", f"k{kind}{tail}", f"l{length if length < _LONG else _LONG}")
            phrase = board.tokens.get(found)
            if phrase is None:
                fs.append("away")
                continue
            a, b = phrase
            left, right, head = tags[a - 1], tags[b], kinds[b - 1]
            after = a > i
            key = (a if after else b, clauses[a], head)
            shared = between.get(key)
            if shared is None:
                shared = between[key] = self._between(i, *key, kind)
            fs += shared
            if after:
                fs += (f"R>{right}{kind}", f"R{left}|{right}")
            else:
                fs += (f"L>{left}{kind}", f"L{left}|{right}")

    def _between(self, i: int, edge: int, clause: int, head: str, kind: str) -> list[str]:
        """What stands between the number and a phrase, in a `clause`, that starts or ends at token `edge`."""
        view, tags = self.view, self.view.tags
        if edge > i:
            side, other, gap = "R", tags[i - 1], tags[i + 1 : edge]
            owned = view.among(view.numbers, i, edge)
        else:
            side, other, gap = "L", tags[i + 1], tags[edge:i]
            owned = view.among(view.numbers, edge - 1, i)
        near = "".join(gap) if len(gap) < 5 else "#" + steps(len(gap))
        base = f"{side}{min(abs(clause - view.clauses[i]), 3)}"
        return [
            f"{side}w{other}{kind}",
            base + kind,
            f"{side}:{near}{kind}",
            f"{base}o{min(owned, 2)}{head}",
            f"h{head}{kind}",
        ]


def _runs(view: View) -> list[Range]:
    """The noun phrases of a sentence, and its persons, as token ranges in order; a place is no subject."""
    kinds = view.sent.kinds
    out: list[Range] = []
    i, n = 0, len(kinds)
    while i < n:
        if kinds[i] == "H":
            out.append((i, i + 1))
            i += 1
        elif kinds[i] in MODIFIER:
            a = i + 1 if classifies(view.sent, i) else i
            while i < n and kinds[i] in MODIFIER:
                i += 1
            b = i
            while b > a and (kinds[b - 1] not in HEAD or only_links(view.sent, b - 1)):
                b -= 1
            out += [(c, d) for c, d in acts_apart(view.sent, a, b) if c < d]
        else:
            i += 1
    return out
