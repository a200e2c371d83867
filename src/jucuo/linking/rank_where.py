"""Candidates for the place or body of a number, with their features."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from ..records import Claim, Entity, Span
from .choice import Candidate, Chooser
from .features import View, sort_of, steps
from .media import is_media
from .tokens import Sentence, class_of
from .where import Places, has_place
from .wholes import fits

_BEFORE, _AFTER, _RECENT = 6, 2, 4

Entries = dict[str, tuple[Entity, list[str]]]


class WhereRanker:
    """Follows an article and chooses the place of each number among the entities that it can be."""

    def __init__(self, text: str, owners: Sequence[Entity], chooser: Chooser):
        self.text, self.chooser = text, chooser
        self.view: View
        self.names = Counter(e.text for e in owners if class_of(e) == "E" and not is_media(e))
        self.top = max(self.names, key=lambda t: self.names[t]) if self.names else ""
        ranked = [t for t, _ in self.names.most_common()]
        label = {e.text: e.label for e in owners}
        self.tops = {
            lab: next((t for t in ranked if label[t] == lab), "") for lab in ("GPE", "ORG", "FAC", "LOC")
        }
        self.recent: dict[str, Entity] = {}
        self.people: dict[str, Entity] = {}  # where a person belongs
        self.previous: Entity | None = None
        self.opening: Entity | None = None  # the first of the paragraph
        self.count = self.run = 0  # sentences; claims in a row with one place
        self.at = -99  # sentence of the previous claim

    def sentence(self, new_paragraph: bool, topic: Entity | None, theme: Entity | None) -> None:
        """Go on to the next sentence; what the text speaks of before it is `topic`, and in all `theme`."""
        self.topic, self.theme = topic, theme
        self.count += 1
        if new_paragraph:
            self.opening = None

    def close(self, view: View) -> None:
        """Take what a sentence names into account for those that follow."""
        sent = view.sent
        for i in view.persons:
            self._employ(sent, i)
        for i in view.places:
            e = sent.marks[i]
            if isinstance(e, Entity) and not is_media(e):
                self.recent.pop(e.text, None)
                self.recent[e.text] = e
                self.opening = self.opening or e

    def _employ(self, sent: Sentence, i: int) -> None:
        """Remember the body named straight before a person: 恒达公司董事长李明."""
        j = i - 1
        while j >= max(0, i - 6) and sent.kinds[j] in "Inwxb":
            j -= 1
        e = sent.marks[j] if j >= 0 else None
        if isinstance(e, Entity) and sent.kinds[j] == "E" and not is_media(e):
            self.people[sent.words[i]] = e

    def _affiliation(self, i: int) -> Entity | None:
        view = self.view
        n = bisect_left(view.persons, i)
        if not n:
            return None
        p = view.persons[n - 1]
        self._employ(view.sent, p)
        return self.people.get(view.sent.words[p])

    def choose(self, i: int, claim: Claim, places: Places, subject: Span | None) -> Entity | None:
        if i in places.bound and has_place(self.text, claim, subject, explicit=True):
            found: Entity | None = places.found[i]  # a construction that leaves no choice
        else:
            rivals = self.candidates(i, claim, places, subject)
            found = self._nearest(self.chooser.choose("where", claim, rivals))
        same = found is not None and self.previous is not None and found.text == self.previous.text
        self.run = self.run + 1 if same else 0
        self.previous, self.at = found, self.count
        return found

    def _nearest(self, found: Entity | None) -> Entity | None:
        """The last mention of the same name, where the sentence itself has none."""
        if found is None or found.start >= self.view.sent.starts[0]:
            return found
        return self.recent.get(found.text, found)

    def candidates(self, i: int, claim: Claim, places: Places, subject: Span | None) -> list[Candidate]:
        """Entities that the claim at token `i` may belong to, one for each name, and none at last."""
        out: Entries = {}
        inside = self._before(i, out, places)
        after = self._after(i, out, alone=not inside)
        kind, state = sort_of(claim), "in" if inside else "out"
        rule = places.found.get(i)
        if rule is not None and not has_place(self.text, claim, subject, i in places.explicit):
            rule = None
        point = self._anaphor(i, places)
        self._roles(i, out, places, rule, point, (kind, state))
        self._previous(i, out, state)
        tail = subject.text[-2:] if subject else "-"
        rivals = self._rivals(i, out, places)
        for e, fs in rivals:
            if e.label == "ORG":  # 国家…, 中国…: its numbers are the country's, which is no place here
                fs.append(f"h{e.text[:2]}")
            if subject and 0 <= subject.start - e.end < 3:
                fs.append(f"owns{e.label}")
            count = self.names[e.text]
            fs.append(f"cnt{1 if count == 1 else 2 if count < 4 else 4}{state}")
            if self.tops.get(e.label) == e.text:
                fs += [f"top{e.label}{state}", f"top{e.label}{kind}"]
            if e.text == self.top:
                fs.append("top" + state)
            fs += [f"{e.label}{kind}", f"{e.label}{tail}", f"t{e.text[-1]}"]
            if point is not None and point.text != e.text:
                fs.append(f"notana{e.label}")
        tags, gap = self.view.tags, min(self.count - self.at, 3)
        none = ["N", "N" + kind, f"N{tail}", f"N{claim.unit}", f"N>{tags[i - 1]}", f"N<{tags[i + 1]}"]
        none += [f"Nin{min(inside, 2)}", f"Nnear{min(after, 1)}", "Nx" if i in places.explicit else "No"]
        none += [f"Nr{rule is None}", f"Ns{subject is None}{kind}", f"Np{self.previous is None}{gap}"]
        if "全国" in self.view.sent.words or "我国" in self.view.sent.words:
            none.append("Nnation")
        return [*rivals, (None, none)]

    def _rivals(self, i: int, out: Entries, places: Places) -> list[tuple[Entity, list[str]]]:
        """The entities that no construction rules out: parts for a total of the whole, those left out."""
        whole, sent = places.wholes.get(i), self.view.sent
        for p in places.excepted:
            if p < i and not any(sent.words[q] == sent.words[p] for q in self.view.places if p < q < i):
                out.pop(sent.words[p], None)
        for name in places.told:
            out.pop(name, None)
        if whole is None:
            return list(out.values())
        return [row for row in out.values() if fits(row[0], whole) and row[0].start < sent.starts[i]]

    def _before(self, i: int, out: Entries, places: Places) -> int:
        """Add the entities of the sentence before the claim; return how many."""
        view, near, labels = self.view, 0, set()
        first = bisect_left(view.places, i)
        for p in reversed(view.places[max(0, first - _BEFORE) : first]):
            e = view.sent.marks[p]
            if not isinstance(e, Entity) or is_media(e) or p in places.excepted:
                continue
            clause = min(view.clauses[i] - view.clauses[p], 3)
            fs = _entry(out, e)
            fs += [f">{view.tags[p - 1]}{e.label}", f"<{view.tags[p + 1]}{e.label}", f"b{near}c{clause}"]
            fs.append(f"b{near}{e.label}{'' if e.label in labels else '*'}")
            fs.append(f"bn{min(view.among(view.numbers, p, i), 3)}c{clause}")
            if clause == 0:
                fs.append(f"b<{view.tags[p + 1]}" if p + 1 < i else "b<|")
                fs.append(f"bd{steps(i - p)}")
                if i - p < 5:
                    fs.append(f"b:{''.join(view.tags[p + 1 : i])}")
            labels.add(e.label)
            near = min(near + 1, 4)
        return near

    def _after(self, i: int, out: Entries, alone: bool) -> int:
        """Add the next entities of the clause after the claim; return how many."""
        view, near = self.view, 0
        first = bisect_left(view.places, i)
        for p in view.places[first : first + _AFTER]:
            e = view.sent.marks[p]
            if not isinstance(e, Entity) or is_media(e):
                continue
            if view.clauses[p] > view.clauses[i]:
                break
            fs = _entry(out, e)
            fs += [f"a{near}", f"a{near}{e.label}", f"a>{view.tags[p - 1]}", f"a<{view.tags[p + 1]}"]
            if alone:
                fs.append(f"a{near}alone")
            near += 1
        return near

    def _roles(
        self,
        i: int,
        out: Entries,
        places: Places,
        rule: Entity | None,
        point: Entity | None,
        case: tuple[str, str],
    ) -> None:
        """Add what the rules say, what the text speaks of, and what was named or chosen last."""
        kind, state = case
        for role, e in (
            ("rule", rule),
            ("topic", self.topic),
            ("theme", self.theme),
            ("first", places.lead),
            ("par", self.opening),
            ("ana", point),
            ("aff", self._affiliation(i)),
        ):
            if e is None or is_media(e):
                continue
            fs = _entry(out, e)
            fs += [role + kind, f"{role}{e.label}", role + state]
            if role == "rule":
                fs += ["rule", _ground(i, places)]
        for k, e in enumerate(islice(reversed(self.recent.values()), _RECENT)):
            _entry(out, e).append(f"rec{k}{state}")

    def _previous(self, i: int, out: Entries, state: str) -> None:
        """Add the place of the claim before, with what has been named since."""
        e, view = self.previous, self.view
        if e is None:
            return
        fs = _entry(out, e)
        gap = min(self.count - self.at, 3)
        left = view.tags[i - 1]
        n = bisect_left(view.numbers, i)
        last = view.numbers[n - 1] if n else -1
        named = min(view.among(view.places, last, i), 2)
        clause = min(view.clauses[i] - view.clauses[max(last, 0)], 3)
        fs += [f"prev{gap}{state}", f"prev{e.label}", f"prev{gap}n{named}", f"prev>{left}n{named}"]
        fs += [f"prevn{named}c{clause}g{min(gap, 1)}", f"prevr{steps(self.run)}{state}n{named}"]

    def _anaphor(self, i: int, places: Places) -> Entity | None:
        """What the last word before the number that points back means: 全区, 该公司."""
        view = self.view
        n = bisect_left(view.anaphors, i)
        if not n:
            return None
        word = view.sent.words[view.anaphors[n - 1]]
        return places.back(word)


def _ground(i: int, places: Places) -> str:
    """What the rules rest on: a pair, another construction, a place in the sentence, or one before."""
    if i in places.paired:
        return "paired"
    return "bound" if i in places.bound else "ruleX" if i in places.explicit else "rule-"


def _entry(out: Entries, e: Entity) -> list[str]:
    """The features of the entity's name so far."""
    entry = out.get(e.text)
    if entry is None:
        out[e.text] = entry = (e, [])
    return entry[1]
