"""Candidates for what a number counts, with their features."""

from __future__ import annotations

from collections.abc import Callable

from ..records import Claim, Span
from .choice import Candidate, Chooser
from .features import View, sort_of, steps
from .phrases import (
    clause_head,
    compared,
    head_before,
    noun_after,
    share,
    skip_links,
    span,
    target,
    without_state,
)
from .subject import Subjects

_RUN = frozenset("nwxabILQ")
_HEADS = frozenset("nwxLQ")
_BORDERS = frozenset("PCTEHI")
_BEFORE, _AFTER, _EARLIER, _TOKENS = 4, 2, 3, 4

Range = tuple[int, int]
Add = Callable[["Range | None", str, str], None]
"""Adds a noun phrase with its role; the third says which side of a stray quotation mark stays."""


class SubjectRanker:
    """Chooses the subject of each number among the noun phrases around it."""

    def __init__(self, chooser: Chooser):
        self.chooser = chooser
        self.history: list[tuple[Claim, Span | None, int]] = []
        self.count = 0

    def sentence(self, view: View) -> None:
        self.view, self.subjects = view, Subjects(view.sent)
        self.count += 1
        self.runs = _runs(view)
        self.history = self.history[-_EARLIER:]

    def choose(self, i: int, claim: Claim) -> Span | None:
        rule = self.subjects.of(i)
        found = self.chooser.choose("subject", claim, self.candidates(i, claim, rule))
        if found is None:
            self.subjects.found.pop(i, None)
        else:
            self.subjects.found[i] = found
        self.history.append((claim, found, self.count))
        return found

    def candidates(self, i: int, claim: Claim, rule: Span | None) -> list[Candidate]:
        """Noun phrases that the claim at token `i` may count, one for each stretch, and none at last."""
        view, sent = self.view, self.view.sent
        kind = sort_of(claim)
        out: dict[tuple[int, int], tuple[Span, list[str]]] = {}
        where: dict[tuple[int, int], Range] = {}

        def add(tokens: Range | None, role: str, keep: str) -> None:
            found = span(sent, tokens, keep) if tokens else None
            if found and tokens:
                key = (found.start, found.end)
                where.setdefault(key, tokens)
                out.setdefault(key, (found, []))[1].append(role)

        before = head_before(sent, i)
        add(noun_after(sent, i), "after", "left")
        add(before, "before", "right")
        add(without_state(sent, before), "bare", "right")
        add(compared(sent, i), "compared", "right")
        add(share(sent, i), "share", "right")
        add(clause_head(sent, i), "open", "left")
        add(target(sent, i), "target", "left")
        self._around(i, add)
        self._next_to(i, add)
        if rule is not None:
            key = (rule.start, rule.end)
            fs = out.setdefault(key, (rule, []))[1]
            fs += ["rule", "rule" + kind]
            if i in self.subjects.settled or i in self.subjects.follows:
                fs.append("paired")
        self._earlier(i, claim, kind, out)
        for key, (found, fs) in out.items():
            self._describe(i, claim, kind, found, where.get(key), fs)
        rows: list[Candidate] = list(out.values())
        left, right = view.tags[i - 1], view.tags[i + 1]
        none = ["N", "N" + kind, f"N{claim.unit}", f"N>{left}{kind}", f"N<{right}{kind}"]
        none += [f"Nr{rule is None}{kind}", f"Nb{before is None}{kind}", f"N>{left}<{right}"]
        rows.append((None, none))
        return rows

    def _around(self, i: int, add: Add) -> None:
        """The noun phrases before and after the number, in full and shorter."""
        runs = self.runs
        k = len(runs)
        while k and runs[k - 1][0] > i:
            k -= 1
        for n, (a, b) in enumerate(reversed(runs[max(0, k - _BEFORE) : k])):
            self._variants(a, b, f"L{n}", add)
        for n, (a, b) in enumerate(runs[k : k + _AFTER]):
            self._variants(a, b, f"R{n}", add)

    def _next_to(self, i: int, add: Add) -> None:
        """The few tokens straight after the number, and before it, whatever their class."""
        words, kinds = self.view.sent.words, self.view.sent.kinds
        a = i + 2 if words[i + 1 : i + 2] == ["的"] else i + 1
        for n, b in enumerate(range(a + 1, min(a + _TOKENS, len(words)) + 1)):
            if kinds[b - 1] in _BORDERS:
                break
            add((a, b), f"A{n}", "left")
        b = skip_links(self.view.sent, i) + 1
        for n, a in enumerate(range(b - 1, max(b - _TOKENS, 0) - 1, -1)):
            if kinds[a] in _BORDERS:
                break
            add((a, b), f"B{n}", "right")

    def _variants(self, a: int, b: int, role: str, add: Add) -> None:
        sent = self.view.sent
        keep = "right" if role[0] == "L" else "left"
        add((a, b), role, keep)
        if b - a > 1:
            add((b - 1, b), role + "last", keep)
            c = b
            while c > a + 1 and sent.kinds[c - 1] == "w":
                c -= 1
            if c < b:
                add((a, c), role + "noun", keep)
                add((c, b), role + "act", keep)
        if a > 1 and sent.words[a - 1] in ("的", "、", "和") and sent.kinds[a - 2] in _RUN:
            c = a - 2
            while c > 0 and sent.kinds[c - 1] in _RUN:
                c -= 1
            add((c, b), role + sent.words[a - 1], keep)

    def _earlier(
        self, i: int, claim: Claim, kind: str, out: dict[tuple[int, int], tuple[Span, list[str]]]
    ) -> None:
        """The subjects of the claims before."""
        seen = 0
        done: set[tuple[int, int]] = set()
        for other, found, count in reversed(self.history[-6:]):
            if found is None or (found.start, found.end) in done:
                continue
            key = (found.start, found.end)
            done.add(key)
            same = "u" if other.unit == claim.unit and other.kind == claim.kind else "-"
            gap = "same" if count == self.count else "far"
            fs = out.setdefault(key, (found, []))[1]
            fs += [f"p{seen}", f"p{seen}{same}{gap}", f"p{seen}{kind}", f"p{same}{gap}{kind}"]
            if count == self.count:
                a = self._token(other)
                clause = min(self.view.clauses[i] - self.view.clauses[a], 2) if a is not None else 3
                fs.append(f"p{seen}c{clause}{same}")
                if a is not None and i - a < 5:
                    fs.append(f"p{seen}:{''.join(self.view.tags[a + 1 : i])}")
            seen += 1
            if seen == _EARLIER:
                break

    def _token(self, claim: Claim) -> int | None:
        marks = self.view.sent.marks
        return next((p for p in self.view.numbers if marks[p] is claim), None)

    def _describe(
        self, i: int, claim: Claim, kind: str, found: Span, tokens: Range | None, fs: list[str]
    ) -> None:
        view, sent = self.view, self.view.sent
        fs += [f + kind for f in fs if f[0] not in "pr"]
        tail = found.text[-2:]
        fs += [f"u{claim.unit}{tail[-1]}", f"k{kind}{tail}", f"l{min(len(found.text), 12)}"]
        if tokens is None:
            fs.append("away")
            return
        a, b = tokens
        head = sent.kinds[b - 1]
        left, right = view.tags[a - 1], view.tags[b]
        if a > i:
            side, between = "R", view.tags[i + 1 : a]
            clause = view.clauses[a] - view.clauses[i]
            owned = view.among(view.numbers, i, a)
            fs += [f"R>{right}{kind}", f"Rw{view.tags[i - 1]}{kind}"]
        else:
            side, between = "L", view.tags[b:i]
            clause = view.clauses[i] - view.clauses[a]
            owned = view.among(view.numbers, b - 1, i)
            fs += [f"L>{left}{kind}", f"Lw{view.tags[i + 1]}{kind}"]
        gap = "".join(between) if len(between) < 5 else "#" + steps(len(between))
        base = f"{side}{min(clause, 3)}"
        fs += [base + kind, f"{side}:{gap}{kind}", f"{base}o{min(owned, 2)}{head}"]
        fs += [f"h{head}{kind}", f"{side}{left}|{right}"]


def _runs(view: View) -> list[Range]:
    """The noun phrases of a sentence, and its persons, as token ranges in order."""
    kinds = view.sent.kinds
    out: list[Range] = []
    i, n = 0, len(kinds)
    while i < n:
        if kinds[i] in "HE":
            out.append((i, i + 1))
            i += 1
        elif kinds[i] in _RUN:
            a = i
            while i < n and kinds[i] in _RUN:
                i += 1
            b = i
            while b > a and kinds[b - 1] not in _HEADS:
                b -= 1
            if b > a:
                out.append((a, b))
        else:
            i += 1
    return out
