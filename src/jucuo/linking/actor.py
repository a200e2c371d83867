"""Who takes a measure: candidates among the names and nouns around it, with their features."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ..records import Entity, Measure, Span
from .choice import Candidate, Chooser
from .features import View, steps
from .lexicon import anaphors, roles
from .media import is_media
from .phrases import Bounds, bounds
from .tokens import Sentence

_RUN = frozenset("nwxabILQr")
_HEADS = frozenset("nwxLQIr")
_NAMES = frozenset("EHI")
_POINTING = roles()["group"] | frozenset(anaphors())
_LISTS = frozenset("、等和")
_NO_ACTOR = roles()["happening"] | roles()["orders"]
_REPORTS, _SAYS = roles()["reports"], roles()["says"]
_LABELS = frozenset("一二三四五六七八九十、（）()：:.．")  # beside the name in a heading: （一）青河区：
_FIRST = attrgetter("a")
_BEFORE, _INSIDE, _EARLIER = 7, 2, 3
_LONG = 8  # the longest list of nouns, in tokens


@dataclass(slots=True)
class Mention:
    """A name or noun phrase, tokens ``[a, b)`` of its sentence; `sort` is a label, or ``M N n r``."""

    found: Bounds
    sort: str
    a: int
    b: int


Entries = dict[Bounds, tuple[Bounds, list[str]]]


class ActorRanker:
    """Follows an article and chooses the actor of each measure among those named before it."""

    def __init__(self, chooser: Chooser):
        self.chooser = chooser
        self.previous: Bounds | None = None
        self.theme: Mention | None = None  # the first body or place that an article names
        self.heading: Mention | None = None  # the name that is all of the line before
        self.opening: Sentence | None = None  # the first sentence of the paragraph
        self.last: Sentence | None = None
        self.known: tuple[Sentence | None, list[Mention]] = (None, [])  # a sentence and its mentions
        self.count, self.at, self.end = 0, -99, 0  # sentences, and where the measure before ends

    def sentence(self, new_paragraph: bool) -> None:
        """Go on to the next sentence."""
        self.new = new_paragraph
        self.count += 1
        if new_paragraph:
            self.opening = None

    def read(self, view: View, measures: Sequence[Measure]) -> Iterator[tuple[Measure, Span | None]]:
        """Return the measures of a sentence, in order, each with its actor."""
        starts, text = view.sent.starts, view.sent.text
        self.view = view
        self.mentions = mentions(view.sent, frozenset(bisect_left(starts, m.start) for m in measures))
        self.starts = [m.a for m in self.mentions]
        self.earlier = self._earlier()
        headed = self._headed(measures[0])
        for measure in measures:
            if headed and not any(
                m.sort not in "MNnr" and m.found[1] <= measure.start for m in self.mentions
            ):
                found: Bounds | None = headed
            else:
                found = self.chooser.choose("actor", measure, self.candidates(measure))
            self.previous = found
            self.at, self.end = self.count, measure.end
            yield measure, Span(found[0], found[1], text[found[0] : found[1]]) if found else None

    def _headed(self, first: Measure) -> Bounds | None:
        """Who the heading says acts in a paragraph that begins with what is done, its first measure."""
        if not self.heading or not self.new or any(m.found[1] <= first.start for m in self.mentions):
            return None
        return self.heading.found

    def close(self, view: View | None) -> None:
        """Take a sentence, None if it names nothing, into account for those that follow."""
        self.last = sent = view.sent if view else None
        self.heading = _heading(view) if view else None
        self.opening = self.opening or sent
        if view and sent and self.theme is None:
            for i in view.places:
                mark = sent.marks[i]
                if isinstance(mark, Entity) and mark.label in ("GPE", "ORG") and not is_media(mark):
                    self.theme = Mention((mark.start, mark.end), mark.label, i, i + 1)
                    break

    def candidates(self, measure: Measure) -> list[Candidate]:
        """Bounds of what may do what the measure says, and None at last."""
        view, sent = self.view, self.view.sent
        first = bisect_left(sent.starts, measure.start)
        end = bisect_left(sent.starts, measure.end)
        lim = bisect_right(sent.ends, measure.start, 0, first)
        out: Entries = {}
        k = bisect_left(self.starts, lim)
        before = [m for m in self.mentions[:k] if m.b <= lim][-_BEFORE:]
        self._before(measure, before, lim, out)
        for n, m in enumerate(self.mentions[bisect_left(self.starts, first) : bisect_left(self.starts, end)]):
            if n == _INSIDE:
                break
            fs = _entry(out, m.found)
            tags = view.tags
            fs += [f"i{n}{m.sort}", f"i{steps(m.a - first)}{m.sort}", f"i>{tags[m.a - 1]}<{tags[m.b]}"]
            fs += [f"i{measure.category}", f"i{sent.text[m.found[1] - 1]}", f"ib{min(len(before), 2)}"]
        if self.previous is not None:
            new = sum(m.found[0] >= self.end for m in before)
            case = f"{min(self.count - self.at, 3)}n{min(new, 2)}"
            left = view.tags[lim - 1] if lim else "^"
            _entry(out, self.previous).extend((f"prev{case}", f"prev{case}>{left}", f"prev>{left}"))
        state = "in" if before else "new" if self.new else "out"
        for role, m in self.earlier:
            _entry(out, m.found).extend((role + state, f"{role}{m.sort}{state}"))
        return [*out.values(), (None, self._none(measure, before, lim, state))]

    def _before(self, measure: Measure, before: list[Mention], lim: int, out: Entries) -> None:
        view, sent = self.view, self.view.sent
        verb = sent.words[lim] if lim < len(sent) else "^"
        clause = view.clauses[lim] if lim < len(sent) else view.clauses[-1]
        for n, m in enumerate(reversed(before)):
            fs = _entry(out, m.found)
            left, right = view.tags[m.a - 1], view.tags[m.b] if m.b < lim else "|"
            c = min(clause - view.clauses[m.a], 3)
            gap = view.tags[m.b : lim]
            verbs = min(sum(kind in "vw" for kind in sent.kinds[m.b : lim]), 3)
            near = "".join(gap) if len(gap) < 4 else "#" + steps(len(gap))
            start, end = m.found
            head = sent.text[max(start, end - 2) : end] if m.sort in "MNnr" else m.sort
            fs += [
                f"b{min(n, 4)}c{c}",
                f"b{min(n, 4)}{m.sort}",
                f"{m.sort}c{c}v{verbs}",
                f">{left}{m.sort}",
                f"<{right}{m.sort}",
                f">{left}<{right}",
                f">{left}c{c}",
                f"<{right}c{c}",
                f":{near}{m.sort}",
                f"w{head}",
                f"w{head}c{min(c, 1)}",
                f"t{sent.text[end - 1]}",
                f"{m.sort}{measure.category}",
                f"{m.sort}{verb}",
            ]
            if m.sort == "PERSON" and m.b < lim and sent.words[m.b] in _SAYS:
                fs.append("says")
            if m is before[0] and len(before) < _BEFORE:
                fs += [f"first{m.sort}", f"firstc{c}"]
            if view.among(view.numbers, m.a, lim):
                fs.append(f"num{m.sort}")

    def _earlier(self) -> list[tuple[str, Mention]]:
        """What earlier sentences speak of, by its role."""
        out = [("theme", self.theme)] if self.theme else []
        out += [("par", m) for m in self._mentions(self.opening)[:1]]
        last = self._mentions(self.last)
        out += [("first", m) for m in last[:1]]
        return out + [(f"last{n}", m) for n, m in enumerate(reversed(last[-_EARLIER:]))]

    def _mentions(self, sent: Sentence | None) -> list[Mention]:
        """The mentions of an earlier sentence; those of the one asked for last are at hand."""
        if sent is not self.known[0]:
            self.known = (sent, mentions(sent) if sent else [])
        return self.known[1]

    def _none(self, measure: Measure, before: list[Mention], lim: int, state: str) -> list[str]:
        """What speaks for nobody being named."""
        view, sent = self.view, self.view.sent
        left = view.tags[lim - 1] if lim else "^"
        none = ["N", f"N{measure.category}", f"N{state}", f"N>{left}", f"N>{left}{state}"]
        none.append(f"Nb{min(len(before), 3)}")
        none.append(f"Np{self.previous is None}{min(self.count - self.at, 2)}{state}")
        none += [f"Nw{sent.words[lim] if lim < len(sent) else '^'}", f"N${sent.words[-1]}{state}"]
        names = sum(m.sort not in "MNnr" for m in before)
        none.append(f"Nn{min(names, 2)}{min(len(before) - names, 2)}")
        return none


def mentions(sent: Sentence, cuts: frozenset[int] = frozenset()) -> list[Mention]:
    """The names of a sentence and the noun phrases between them, in order; none goes on over a cut."""
    kinds, marks = sent.kinds, sent.marks
    out: list[Mention] = []
    i, n = 0, len(kinds)
    while i < n:
        kind, mark = kinds[i], marks[i]
        if mark is not None:
            if kind in _NAMES and isinstance(mark, Entity) and not _reports(sent, i, mark):
                out.append(Mention((mark.start, mark.end), mark.label, i, i + 1))
            i += 1
        elif kind not in _RUN:
            i += 1
        else:
            a = i
            i += 1
            while i < n and kinds[i] in _RUN and marks[i] is None and i not in cuts and kinds[i] != "r":
                i += 1
            out += _phrases(sent, a, i)
    return sorted(out, key=_FIRST)


def _reports(sent: Sentence, i: int, mark: Entity) -> bool:
    """Whether the name at `i` is the paper or station that tells of it: 据青河电视台报道."""
    if not is_media(mark):
        return False
    after = sent.words[i + 1 : i + 3]
    return sent.words[i - 1 : i] == ["据"] or not _REPORTS.isdisjoint(after)


def _heading(view: View) -> Mention | None:
    """The name in a line of nothing else: 一、青河区."""
    sent = view.sent
    if len(view.places) != 1 or len(sent) > 6:
        return None
    (i,) = view.places
    mark = sent.marks[i]
    rest = "".join(sent.words[:i] + sent.words[i + 1 :])
    if not isinstance(mark, Entity) or not _LABELS.issuperset(rest) or is_media(mark):
        return None
    return Mention((mark.start, mark.end), mark.label, i, i + 1)


def _phrases(sent: Sentence, a: int, b: int) -> list[Mention]:
    """The noun phrases in a run of tokens: with a list before it, whole, shorter, and what it opens with."""
    kinds, words = sent.kinds, sent.words
    pointing = kinds[a] == "r" or words[a] in _POINTING
    while b > a + pointing and kinds[b - 1] not in _HEADS:
        b -= 1
    if words[b - 1] in _NO_ACTOR:
        b = a + pointing
    if a == b or (b == a + 1 and kinds[a] == "x" and len(words[a]) == 1):
        return []
    ranges = [(a, b, "r" if pointing and b == a + 1 else "N")]
    if (c := _list_start(sent, a)) < a:
        ranges.append((c, b, "M"))
    c = b
    while c > a + 1 and kinds[c - 1] in "wx":
        c -= 1
        if kinds[c - 1] in _HEADS:
            ranges.append((a, c, "n"))
    if pointing and b > a + 1:
        ranges.append((a, a + 1, "r"))
    found = [(bounds(sent, (first, end), "left"), sort, first, end) for first, end, sort in ranges]
    return [Mention(x, sort, first, end) for x, sort, first, end in found if x]


def _list_start(sent: Sentence, a: int) -> int:
    """Where the list of nouns starts that goes on at token `a`: 应急、住建等部门."""
    c = a
    while c > 1 and a - c < _LONG and sent.marks[c - 1] is None:
        if sent.words[c - 1] not in _LISTS and sent.kinds[c - 1] not in "nxrb":
            break
        c -= 1
    while c < a and sent.words[c] in _LISTS:
        c += 1
    return c


def _entry(out: Entries, found: Bounds) -> list[str]:
    """The features of a stretch so far."""
    return out.setdefault(found, (found, []))[1]
