"""The inline markup in which annotated texts are written (described in ``assets/README.md``).

::

    id: report-001
    published: 2020-03-11
    kind: report
    ---
    [青河区|GPE]{设立<5个|count 5 个; s=检查站; w=青河区>检查站|checkpoint; a=青河区}。

``read`` turns such a file into an `AnnotatedText`, ``write`` does the reverse. Every fault is a
`MarkupError` that knows its line and column; ``read_all`` collects them all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ..records import Claim, Number, Record, Span
from .faults import MarkupError
from .parser import SPECIAL, Parser, occurrences, parse_claim

__all__ = ["AnnotatedText", "MarkupError", "Relation", "parse_claim", "read", "read_all", "write"]

_RULE = "\n---\n"
_UNWRITABLE = re.compile(r"[;\]>}]|^\s|\s$|~\d+$")  # in a link's surface
_HEADER_KEYS = ("id", "published", "kind", "tags", "relation")
RELATIONS = {  # name: pattern of its operands
    "sum": re.compile(r"#(\w+) = #(\w+)((?: \+ #\w+)+)"),
    "percent": re.compile(r"#(\w+) = #(\w+) / #(\w+)"),
    "growth": re.compile(r"#(\w+) = #(\w+) / #(\w+)"),
    "part": re.compile(r"#(\w+) of #(\w+)"),
}


@dataclass(frozen=True, slots=True)
class Relation:
    """Arithmetic that stands in a text between claims, given by their ids.

    ``sum``: the first is the sum of the others; ``percent``: the first is the second over the third;
    ``growth``: the first is the change from the third to the second, or, where the second is itself a
    change, the change that led to the third; ``part``: the first is contained in the second. `wrong` marks
    an error made on purpose.
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


def read(source: str, file: str | None = None) -> AnnotatedText:
    """Read one marked-up text.

    Raises
    ------
    MarkupError
        At the first fault, with file, line and column.
    """
    return _read(source, file, recover=False)[0]


def read_all(source: str, file: str) -> tuple[AnnotatedText, list[int], list[MarkupError]]:
    """Read a text as far as it can be read.

    Returns
    -------
    tuple
        The text, the offset in `source` of each of its characters, and every fault.
    """
    return _read(source, file, recover=True)


def _read(source: str, file: str | None, recover: bool) -> tuple[AnnotatedText, list[int], list[MarkupError]]:
    head, rule, _ = source.partition(_RULE)
    body = source[: -1 if source.endswith("\n") else None]
    parser = Parser(body, len(head) + len(rule) if rule else 0, file, recover)
    if not rule:
        parser.fail("no line '---' after the header", 0)
        head = ""
    header, relations = _header(head, parser)
    parser.parse()
    for at, relation in relations:
        for name in relation.claims:
            if name not in parser.claim_ids:
                parser.fail(f"no claim has the id #{name}", at)
    record = Record(
        id=header.get("id") or "?",
        published=header.get("published") or None,
        entities=tuple(parser.entities),
        claims=tuple(parser.claims),
        measures=tuple(parser.measures),
    )
    tags = tuple(t.strip() for t in header.get("tags", "").split(",") if t.strip())
    kept = tuple(r for _, r in relations if all(name in parser.claim_ids for name in r.claims))
    kind = header.get("kind") or "?"
    item = AnnotatedText("".join(parser.chars), record, kind, tags, kept, parser.claim_ids)
    return item, parser.places, parser.faults


def _header(head: str, parser: Parser) -> tuple[dict[str, str], list[tuple[int, Relation]]]:
    """The header's values, and its relations with their offsets."""
    header: dict[str, str] = {}
    relations: list[tuple[int, Relation]] = []
    at = 0
    for line in head.split("\n"):
        key, colon, value = (p.strip() for p in line.partition(":"))
        if not colon or key not in _HEADER_KEYS:
            parser.fail(f"unknown header line {line!r}; keys: {', '.join(_HEADER_KEYS)}", at)
        elif key == "relation":
            try:
                relations.append((at, _relation(value)))
            except ValueError as e:
                parser.fail(str(e), at)
        elif key in header:
            parser.fail(f"header {key!r} stands twice", at)
        else:
            header[key] = value
            if key == "published" and value and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                parser.fail(f"published is no date: {value!r}", at)
        at += len(line) + 1
    for key in ("id", "kind"):
        if not header.get(key):
            parser.fail(f"header lacks {key!r}", 0)
    return header, relations


def _relation(value: str) -> Relation:
    kind, _, rest = value.partition(" ")
    wrong = rest.endswith(" wrong")
    rest = rest.removesuffix(" wrong")
    if kind not in RELATIONS or not RELATIONS[kind].fullmatch(rest):
        raise ValueError(f"cannot read relation {value!r}")
    return Relation(kind, tuple(re.findall(r"#(\w+)", rest)), wrong)


def write(item: AnnotatedText) -> str:
    """Return the marked-up form of an annotated text; `read` gives the same text back.

    Raises
    ------
    ValueError
        If a link cannot be named: it stands inside its claim, or holds a sign of the markup.
    """
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
        out.append("\\" + ch if SPECIAL.match(ch) else ch)
    out += closes.get(len(item.text), [])
    return "".join(out) + "\n"


def bare(item: AnnotatedText) -> AnnotatedText:
    """The text without its annotation, for a second annotator."""
    record = replace(item.record, entities=(), claims=(), measures=())
    return AnnotatedText(item.text, record, item.kind, item.tags)


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
        default = "range" if c.kind == "duration" and "/" in words[-1] else None
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
            if _UNWRITABLE.search(span.text):
                raise ValueError(f"the markup cannot name the link {span.text!r}")
            nth = occurrences(text, span.text, item).index(span.start) + 1
            out.append(f"; {key}={span.text}" + (f"~{nth}" if nth > 1 else ""))
    return "".join(out)
