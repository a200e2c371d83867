"""The inline markup in which annotated texts are written (described in ``assets/README.md``).

::

    id: report-001
    published: 2020-03-11
    kind: report
    ---
    [青河区|GPE]{设立<5个|count 5 个; s=检查站; w=青河区>检查站|checkpoint; a=青河区}。

``read`` turns such a file into an `AnnotatedText`, ``write`` does the reverse. Every fault is a
`MarkupError` that knows its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..records import BOUNDS, CLAIM_KINDS, ENTITY_LABELS, Claim, Entity, Measure, Number, Record, Span
from ..taxonomy import CATEGORIES

_OPEN = {"[": "]", "<": ">", "{": "}"}
_SPECIAL = re.compile(r"[\[\]<>{}|\\]")
_HEADER_KEYS = ("id", "published", "kind", "tags", "relation")
_TIMEX = re.compile(r"[0-9X]{2,4}(-|/|T|$)|T\d\d|P(T?\d|X)|P?\d|\d{4}")
RELATIONS = {  # name: pattern of its operands
    "sum": re.compile(r"#(\w+) = #(\w+)((?: \+ #\w+)+)"),
    "percent": re.compile(r"#(\w+) = #(\w+) / #(\w+)"),
    "growth": re.compile(r"#(\w+) = #(\w+) / #(\w+)"),
    "part": re.compile(r"#(\w+) of #(\w+)"),
}


class MarkupError(ValueError):
    """A fault in a marked-up text, with its 1-based line and column."""

    def __init__(self, message: str, line: int, column: int, file: str | None = None):
        super().__init__(message)
        self.message, self.line, self.column, self.file = message, line, column, file

    def __str__(self) -> str:
        return f"{self.file or '<text>'}:{self.line}:{self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Relation:
    """Arithmetic that stands in a text between claims, given by their ids.

    ``sum``: the first is the sum of the others; ``percent`` and ``growth``: the first is the second
    over the third; ``part``: the first is contained in the second. `wrong` marks an error made on purpose.
    """

    kind: str
    claims: tuple[str, ...]
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text with its annotation. `claim_ids` maps ids used in `relations` to positions in the claims."""

    text: str
    record: Record
    kind: str
    tags: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    claim_ids: dict[str, int] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.record.id


class _Parser:
    """One pass over the body; links by surface are resolved at the end."""

    def __init__(self, source: str, offset: int, file: str | None):
        self.source, self.pos, self.file = source, offset, file
        self.chars: list[str] = []
        self.entities: list[Entity] = []
        self.claims: list[Claim] = []
        self.measures: list[Measure] = []
        self.claim_ids: dict[str, int] = {}
        self.links: list[tuple[Claim | Measure, dict[str, str], int]] = []

    def fail(self, message: str, at: int | None = None) -> MarkupError:
        at = self.pos if at is None else at
        line = self.source.count("\n", 0, at) + 1
        return MarkupError(message, line, at - (self.source.rfind("\n", 0, at)), self.file)

    def parse(self) -> None:
        self.content(None, self.pos)
        text = "".join(self.chars)
        for item, links, at in self.links:
            changes: dict[str, Span] = {}
            for key, surface in links.items():
                changes[key] = self.resolve(text, item, surface, at)
            new = replace(item, **changes)  # type: ignore[arg-type]
            bag = self.claims if isinstance(item, Claim) else self.measures
            bag[next(i for i, x in enumerate(bag) if x is item)] = new  # type: ignore[index,call-overload]

    def resolve(self, text: str, item: Span, surface: str, at: int) -> Span:
        """The occurrence of `surface` nearest to `item`; ``~n`` takes the n-th nearest."""
        m = re.fullmatch(r"(.+?)~(\d+)", surface, re.S)
        nth = 1
        if m:
            surface, nth = m[1], int(m[2])
        found = occurrences(text, surface, item)
        if len(found) < nth:
            raise self.fail(f"link {surface!r} does not occur {nth} time(s) outside its claim", at)
        start = found[nth - 1]
        return Span(start, start + len(surface), surface)

    def content(self, close: str | None, opened: int) -> None:
        src = self.source
        while True:
            m = _SPECIAL.search(src, self.pos)
            end = m.start() if m else len(src)
            self.chars.extend(src[self.pos : end])
            self.pos = end
            if m is None:
                if close is not None:
                    raise self.fail("mark is never closed", opened)
                return
            ch = m[0]
            if ch == "\\":
                if self.pos + 1 >= len(src):
                    raise self.fail("backslash at the end")
                self.chars.append(src[self.pos + 1])
                self.pos += 2
            elif ch in _OPEN:
                self.mark(ch)
            elif ch == "|" and close is not None:
                return
            else:
                raise self.fail(f"unexpected {ch!r} (write \\{ch} for the character itself)")

    def mark(self, opener: str) -> None:
        opened, start = self.pos, len(self.chars)
        inside_entity = opener == "["
        before = (len(self.entities), len(self.claims), len(self.measures))
        self.pos += 1
        self.content(_OPEN[opener], opened)
        after = (len(self.entities), len(self.claims), len(self.measures))
        if after[2] > before[2] or (opener != "{" and after != before):
            raise self.fail("only a measure {...} may hold other marks, and no measure another measure", opened)
        at = self.pos + 1
        end = self.source.find(_OPEN[opener], at)
        if end < 0:
            raise self.fail("mark is never closed", opened)
        spec = self.source[at:end]
        self.pos = end + 1
        surface = "".join(self.chars[start:])
        if not surface.strip() or surface != surface.strip():
            raise self.fail(f"a mark may not be empty or start or end in white space: {surface!r}", opened)
        span = (start, len(self.chars), surface)
        if inside_entity:
            if spec not in ENTITY_LABELS:
                raise self.fail(f"unknown entity label {spec!r}", at)
            self.entities.append(Entity(*span, spec))
            return
        head, *rest = [p.strip() for p in spec.split(";")]
        allowed = {"a": "actor"} if opener == "{" else {"s": "subject", "w": "where", "t": "as_of", "b": "base"}
        links: dict[str, str] = {}
        plain: dict[str, str] = {}
        for part in filter(None, rest):
            key, eq, value = part.partition("=")
            if not eq or key not in allowed or not value:
                raise self.fail(f"cannot read {part!r}; allowed: {', '.join(k + '=' for k in allowed)}", at)
            (plain if key in "tb" else links)[allowed[key]] = value
        item: Claim | Measure
        if opener == "{":
            if head not in CATEGORIES:
                raise self.fail(f"unknown measure category {head!r}", at)
            item = Measure(*span, head)
            self.measures.append(item)
        else:
            try:
                claim, name = parse_claim(span, head)
            except ValueError as e:
                raise self.fail(str(e), at) from None
            if name:
                if name in self.claim_ids:
                    raise self.fail(f"claim id #{name} is used twice", at)
                self.claim_ids[name] = len(self.claims)
            item = replace(claim, **plain)  # type: ignore[arg-type]
            self.claims.append(item)
        if links:
            self.links.append((item, links, at))


def occurrences(text: str, surface: str, item: Span) -> list[int]:
    """Starts of `surface` outside `item`, nearest first (for a measure, inside it as well)."""
    found = [m.start() for m in re.finditer(f"(?={re.escape(surface)})", text)]
    n = len(surface)
    if isinstance(item, Claim):
        found = [s for s in found if s + n <= item.start or s >= item.end]
    return sorted(found, key=lambda s: (max(s - item.end, item.start - s - n, 0), s))


def parse_claim(span: tuple[int, int, str], head: str) -> tuple[Claim, str | None]:
    """Read the normal form of a claim, e.g. ``count 80 人 over up #a``; return it and its id."""
    words = head.split()
    name = words.pop()[1:] if words and words[-1].startswith("#") else None
    if not words or words[0] not in CLAIM_KINDS:
        raise ValueError(f"a claim starts with one of {', '.join(CLAIM_KINDS)}, not {head!r}")
    kind, words = words[0], words[1:]
    if not words:
        raise ValueError(f"{kind} without a normal form")
    out: dict[str, object] = {}
    if kind in ("date", "time", "duration"):
        out["timex"] = _timex(words.pop(0))
    else:
        low, dots, high = words.pop(0).partition("..")
        if dots:
            out["low"], out["high"], out["bound"] = _number(low), _number(high), "range"
        else:
            out["value"], out["bound"] = _number(low), "exact"
        if kind == "ordinal":
            out["bound"] = None
        elif kind == "percent":
            out["unit"] = words.pop(0) if words and words[0] in ("%", "pp") else "%"
        else:
            if not words:
                raise ValueError(f"{kind} needs a unit ('-' for none)")
            unit = words.pop(0)
            out["unit"] = "" if unit == "-" else unit
        if kind == "frequency":
            if not words:
                raise ValueError("frequency needs its period, such as P1D")
            out["timex"] = _timex(words.pop(0))
    for word in words:
        if word in BOUNDS:
            out["bound"] = word
        elif word in ("up", "down"):
            out["trend"] = word
        else:
            raise ValueError(f"unexpected {word!r} in {head!r}")
    return Claim(*span, kind, **out), name  # type: ignore[arg-type]


def _number(word: str) -> Number:
    if not re.fullmatch(r"-?\d+(\.\d+)?", word):
        raise ValueError(f"not a number: {word!r} (write 12345.6)")
    return float(word) if "." in word else int(word)


def _timex(word: str) -> str:
    if not _TIMEX.match(word):
        raise ValueError(f"not a timex: {word!r}")
    return word


def read(source: str, file: str | None = None) -> AnnotatedText:
    """Read one marked-up text.

    Raises
    ------
    MarkupError
        At the first fault, with file, line and column.
    """
    head, sep, _ = source.partition("\n---\n")
    if not sep:
        raise MarkupError("no line '---' after the header", 1, 1, file)
    header: dict[str, str] = {}
    relations: list[tuple[int, Relation]] = []
    for i, line in enumerate(head.split("\n"), 1):
        key, colon, value = (p.strip() for p in line.partition(":"))
        if not colon or key not in _HEADER_KEYS:
            raise MarkupError(f"unknown header line {line!r}; keys: {', '.join(_HEADER_KEYS)}", i, 1, file)
        if key == "relation":
            try:
                relations.append((i, _relation(value)))
            except ValueError as e:
                raise MarkupError(str(e), i, 1, file) from None
        elif key in header:
            raise MarkupError(f"header {key!r} stands twice", i, 1, file)
        else:
            header[key] = value
    for key in ("id", "kind"):
        if not header.get(key):
            raise MarkupError(f"header lacks {key!r}", 1, 1, file)
    published = header.get("published") or None
    if published and not re.fullmatch(r"\d{4}-\d\d-\d\d", published):
        raise MarkupError(f"published is no date: {published!r}", 1, 1, file)
    body = source[: -1 if source.endswith("\n") else None]
    parser = _Parser(body, len(head) + len(sep), file)
    parser.parse()
    for i, rel in relations:
        for name in rel.claims:
            if name not in parser.claim_ids:
                raise MarkupError(f"no claim has the id #{name}", i, 1, file)
    record = Record(
        id=header["id"],
        published=published,
        entities=tuple(parser.entities),
        claims=tuple(parser.claims),
        measures=tuple(parser.measures),
    )
    tags = tuple(t.strip() for t in header.get("tags", "").split(",") if t.strip())
    return AnnotatedText(
        "".join(parser.chars), record, header["kind"], tags, tuple(r for _, r in relations), parser.claim_ids
    )


def _relation(value: str) -> Relation:
    kind, _, rest = value.partition(" ")
    wrong = rest.endswith(" wrong")
    rest = rest.removesuffix(" wrong")
    if kind not in RELATIONS or not RELATIONS[kind].fullmatch(rest):
        raise ValueError(f"cannot read relation {value!r}")
    return Relation(kind, tuple(re.findall(r"#(\w+)", rest)), wrong)


def write(item: AnnotatedText) -> str:
    """Return the marked-up form of an annotated text; `read` gives the same text back."""
    lines = [f"id: {item.id}", f"published: {item.record.published or ''}".rstrip(), f"kind: {item.kind}"]
    if item.tags:
        lines.append(f"tags: {', '.join(item.tags)}")
    lines += [f"relation: {_write_relation(r)}" for r in item.relations]
    names = {i: n for n, i in item.claim_ids.items()}
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    rec = item.record
    for m in rec.measures:
        opens.setdefault(m.start, []).insert(0, "{")
        spec = m.category + _write_links(item.text, m, {"a": m.actor})
        closes.setdefault(m.end, []).append(f"|{spec}}}")
    for e in rec.entities:
        opens.setdefault(e.start, []).append("[")
        closes.setdefault(e.end, []).insert(0, f"|{e.label}]")
    for i, c in enumerate(rec.claims):
        opens.setdefault(c.start, []).append("<")
        spec = _write_claim(c) + (f" #{names[i]}" if i in names else "")
        spec += _write_links(item.text, c, {"s": c.subject, "w": c.where})
        spec += "".join(f"; {k}={v}" for k, v in (("t", c.as_of), ("b", c.base)) if v)
        closes.setdefault(c.end, []).insert(0, f"|{spec}>")
    out = ["\n".join(lines), "\n---\n"]
    for i, ch in enumerate(item.text):
        out += closes.get(i, [])
        out += opens.get(i, [])
        out.append("\\" + ch if _SPECIAL.match(ch) else ch)
    out += closes.get(len(item.text), [])
    return "".join(out) + "\n"


def _write_relation(r: Relation) -> str:
    names = [f"#{n}" for n in r.claims]
    if r.kind == "sum":
        body = f"{names[0]} = {' + '.join(names[1:])}"
    elif r.kind == "part":
        body = f"{names[0]} of {names[1]}"
    else:
        body = f"{names[0]} = {names[1]} / {names[2]}"
    return f"{r.kind} {body}" + (" wrong" if r.wrong else "")


def _write_number(x: Number) -> str:
    return str(x) if isinstance(x, int) else repr(x)


def _write_claim(c: Claim) -> str:
    words = [c.kind]
    default = None
    if c.kind in ("date", "time", "duration"):
        words.append(c.timex or "X")
    else:
        default = "exact" if c.value is not None else "range"
        if c.value is not None:
            words.append(_write_number(c.value))
        else:
            words.append(f"{_write_number(c.low or 0)}..{_write_number(c.high or 0)}")
        if c.kind != "ordinal":
            words.append(c.unit or "-")
        if c.kind == "frequency":
            words.append(c.timex or "X")
    if c.bound and c.bound != default:
        words.append(c.bound)
    if c.trend:
        words.append(c.trend)
    return " ".join(words)


def _write_links(text: str, item: Span, links: dict[str, Span | None]) -> str:
    out = []
    for key, span in links.items():
        if span is not None:
            nth = occurrences(text, span.text, item).index(span.start) + 1
            out.append(f"; {key}={span.text}" + (f"~{nth}" if nth > 1 else ""))
    return "".join(out)


def read_folder(paths: Iterable[str]) -> list[AnnotatedText]:
    """Read several files; the first fault raises."""
    out = []
    for path in paths:
        with open(path, encoding="utf-8") as f:
            out.append(read(f.read(), str(path)))
    return out
