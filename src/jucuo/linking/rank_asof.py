"""Candidates for the date of a number, with their features."""

from __future__ import annotations

from bisect import bisect_left

from ..records import Claim
from .asof import Dates, whole_day
from .choice import Candidate, Chooser
from .features import View, sort_of, steps

_BEFORE, _AFTER = 4, 1
_SIGNS = ("目前", "每", "现有", "计划", "预计", "将", "同比", "累计", "已", "共", "新增")


class DateRanker:
    """Follows an article and chooses the date of each number."""

    def __init__(self, chooser: Chooser):
        self.chooser = chooser
        self.view: View
        self.previous: str | None = None
        self.count, self.at = 0, -99
        self.run = self.dated = self.total = 0  # claims with the date of the one before; with any; all
        self.last: list[str] = []  # the dates of the sentence before
        self.first: str | None = None
        self.seen: str | None = None  # the date named last, in any paragraph

    def sentence(self, new_paragraph: bool, carried: dict[str, str | None]) -> None:
        """Go on to the next sentence, which may take over one of the dates `carried`."""
        self.new, self.carried = new_paragraph, carried
        self.count += 1
        if new_paragraph:
            self.last = []

    def close(self, view: View, dates: Dates) -> None:
        """Take the dates of a sentence into account for those that follow."""
        apart = dates.barred | dates.since | dates.inner
        marks = [view.sent.marks[i] for i in view.dates if i not in apart]
        found = [t for m in marks if isinstance(m, Claim) and (t := whole_day(m.timex))]
        if found:
            self.last = found[-2:]
            self.first = self.first or found[0]
            self.seen = found[-1]

    def _timex(self, p: int) -> str | None:
        mark = self.view.sent.marks[p]
        return whole_day(mark.timex) if isinstance(mark, Claim) else None

    def choose(self, i: int, claim: Claim, dates: Dates) -> str | None:
        if i in dates.sure:
            found: str | None = dates.found[i]
        else:
            found = self.chooser.choose("as_of", claim, self.candidates(i, claim, dates))
        self.total += 1
        self.dated += found is not None
        if i not in dates.bases and (found is None or found not in self._apart(dates)):
            self.run = self.run + 1 if found == self.previous else 0
            self.previous, self.at = found, self.count
        return found

    def _apart(self, dates: Dates) -> set[str | None]:
        """The dates of the sentence that later numbers do not hold for: compared with, since when, 年末."""
        return {self._timex(p) for p in (*dates.barred, *dates.since, *dates.inner)}

    def candidates(self, i: int, claim: Claim, dates: Dates) -> list[Candidate]:
        """Dates for which the claim at token `i` may hold, and none at last."""
        view = self.view
        out: dict[str, list[str]] = {}
        inside = self._near(i, claim, out, dates)
        kind, state = sort_of(claim), "in" if inside else "new" if self.new else "out"
        rule = dates.found.get(i)
        roles = [("rule", rule), ("prev", self.previous), ("first", self.first), ("seen", self.seen)]
        roles += self.carried.items()
        roles += [(f"last{k}", t) for k, t in enumerate(reversed(self.last))]
        for role, t in roles:
            if t is None:
                continue
            fs = out.setdefault(t, [])
            fs += [role + state, f"{role}{shape_of(t)}{state}", role + kind]
            if role == "rule":
                fs.append(role)
            if role == "prev":
                fs += self._since(i, state)
        if not out:
            return [(None, [])]
        for t, fs in out.items():
            fs += [f"k{kind}{state}", shape_of(t) + ("+" if claim.trend else "")]
        none = ["N", "N" + kind, "N" + state, f"N{kind}{state}", f"Nr{rule is None}{state}"]
        none += [f"Np{self.previous is None}{min(self.count - self.at, 2)}{state}", f"N{claim.unit}"]
        none += [f"N>{view.tags[i - 1]}", f"N<{view.tags[i + 1]}"]
        none += [f"N{word}" for word in _SIGNS if word in view.sent.words]
        none.append(f"Nd{self._share()}{state}")
        none += [f"N^{view.sent.words[0]}", f"Ne{min(len(view.places), 2)}{state}"]
        rows: list[Candidate] = list(out.items())
        rows.append((None, none))
        return rows

    def _since(self, i: int, state: str) -> list[str]:
        """What stands between the claim before and this one."""
        view, gap = self.view, min(self.count - self.at, 3)
        n = bisect_left(view.numbers, i)
        last = view.numbers[n - 1] if n else -1
        named = min(view.among(view.dates, last, i), 2)
        clause = min(view.clauses[i] - view.clauses[max(last, 0)], 3)
        out = [f"prev{gap}{state}", f"prev{gap}n{named}", f"prevn{named}c{clause}g{min(gap, 1)}"]
        return [*out, f"prevr{steps(self.run)}{state}", f"prevd{self._share()}{state}"]

    def _share(self) -> str:
        """How many of the claims so far have a date, in quarters."""
        return str(4 * self.dated // self.total) if self.total > 4 else "-"

    def _near(self, i: int, claim: Claim, out: dict[str, list[str]], dates: Dates) -> int:
        """Add the dates of the sentence that can be the claim's; return how many stand before it."""
        view, near = self.view, 0
        first = bisect_left(view.dates, i)
        for p in reversed(view.dates[max(0, first - _BEFORE) : first]):
            t = self._timex(p)
            clause = min(view.clauses[i] - view.clauses[p], 4)
            if t is None or (p in dates.barred and dates.bases.get(i) != p):
                continue
            if p in dates.since and clause and view.among(view.numbers, p, i):  # ..., the rest is today's
                continue
            c, word = min(clause, 2), view.sent.words[p]
            before, after = view.tags[p - 1], view.tags[p + 1]
            out.setdefault(t, []).extend(
                (
                    f"b{near}c{clause}",
                    f"b{near}{shape_of(t)}",
                    f"b{near}>{before}",
                    f"b{near}<{after}",
                    f">{before}<{after}c{c}",
                    f"c{c}<{after}{'+' if claim.trend else ''}",
                    f"bn{min(view.among(view.numbers, p, i), 3)}c{c}",
                    f"be{min(view.among(view.places, p, i), 2)}",
                    f"bd{steps(i - p)}c{min(c, 1)}",
                    "sd" if word[0].isdigit() else "s" + word[:2],
                    "s" + word[-1],
                )
            )
            near += 1
        for p in view.dates[first : first + _AFTER]:
            t = self._timex(p)
            if t is not None and p not in dates.barred:
                clause = min(view.clauses[p] - view.clauses[i], 2)
                fs = out.setdefault(t, [])
                fs += [
                    f"ac{clause}",
                    f"a{shape_of(t)}",
                    f"a>{view.tags[p - 1]}",
                    f"a<{view.tags[p + 1]}c{clause}",
                ]
        return near


def shape_of(timex: str) -> str:
    """What sort of time a timex is: the length of its parts."""
    if "/" in timex:
        return "/" + ("y" if len(timex) == 9 else "m" if len(timex) == 15 else "d")
    if "T" in timex:
        return "T"
    return {4: "y", 7: "q" if timex[5:6] in tuple("QHSFW") else "m", 10: "d"}.get(len(timex), "e")
