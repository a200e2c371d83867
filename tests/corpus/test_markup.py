"""The inline markup: what it says, its faults with their places, and its round trip."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jucuo.corpus import markup
from jucuo.corpus.markup import AnnotatedText, MarkupError
from jucuo.records import BOUNDS, Claim, Entity, Measure, Record, Span

ARTICLES = sorted((Path(__file__).parents[2] / "assets" / "articles").glob("*.txt"))
HEAD = "id: a\npublished: 2020-03-11\nkind: report\n---\n"


def test_reads_every_field() -> None:
    item = markup.read(
        "id: a\npublished: 2020-03-11\nkind: report\ntags: half-width, byline\nrelation: part #p of #q\n---\n"
        "[甲县|GPE]{设立<超5个|count 5 个 over #p; s=检查站; w=甲县; t=2020-03>检查站|checkpoint; a=甲县},"
        "共<8至10个|count 8..10 个 #q>。增长<12%|percent 12 % up; b=同比>。\n"
    )
    assert item.text == "甲县设立超5个检查站,共8至10个。增长12%。"
    assert (item.kind, item.tags) == ("report", ("half-width", "byline"))
    assert item.record.entities == (Entity(0, 2, "甲县", "GPE"),)
    first, second, third = item.record.claims
    assert first == Claim(
        4,
        7,
        "超5个",
        "count",
        value=5,
        unit="个",
        bound="over",
        subject=Span(7, 10, "检查站"),
        where=Span(0, 2, "甲县"),
        as_of="2020-03",
    )
    assert (second.low, second.high, second.value, second.bound) == (8, 10, None, "range")
    assert (third.trend, third.base, third.unit) == ("up", "同比", "%")
    assert item.record.measures == (
        Measure(2, 10, "设立超5个检查站", "checkpoint", actor=Span(0, 2, "甲县")),
    )
    assert item.relations == (markup.Relation("part", ("p", "q")),)
    assert item.claim_ids == {"p": 0, "q": 1}


@pytest.mark.parametrize(
    ("body", "line", "column", "message"),
    [
        ("一\n[甲县|GPX]", 6, 5, "unknown entity label 'GPX'"),
        ("[甲县|GPE", 5, 1, "never closed"),
        ("[甲县", 5, 1, "never closed"),
        ("一[甲县]二", 5, 2, "has no |"),
        ("一]二", 5, 2, "unexpected ']'"),
        ("一|二", 5, 2, "unexpected '|'"),
        ("<5个|cuont 5 个>", 5, 5, "a claim starts with"),
        ("<5个|count>", 5, 5, "without a normal form"),
        ("<5个|count 5>", 5, 5, "needs a unit"),
        ("<5个|count five 个>", 5, 5, "not a number"),
        ("<5个|count 5 个 many>", 5, 5, "unexpected 'many'"),
        ("<5日|date morgen>", 5, 5, "not a timex"),
        ("<每天|frequency 1 次>", 5, 5, "needs its period"),
        ("<5个|count 5 个; s=桥>", 5, 5, "does not occur 1 time"),
        ("<5个|count 5 个; x=桥>", 5, 5, "cannot read 'x=桥'"),
        ("{消毒|desinfection}", 5, 5, "unknown measure category"),
        ("{消{毒|disinfection}|disinfection}", 5, 1, "no measure another measure"),
        ("[甲[县|GPE]|GPE]", 5, 1, "only a measure"),
        ("[ 甲县|GPE]", 5, 1, "white space"),
        ("[|GPE]", 5, 1, "may not be empty"),
        ("<5个|count 5 个 #a><6个|count 6 个 #a>", 5, 22, "used twice"),
        ("完\\", 5, 2, "backslash at the end"),
    ],
)
def test_faults_have_line_and_column(body: str, line: int, column: int, message: str) -> None:
    with pytest.raises(MarkupError) as caught:
        markup.read(HEAD + body + "\n", "a.txt")
    assert (caught.value.line, caught.value.column) == (line, column)
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"a.txt:{line}:{column}: ")


@pytest.mark.parametrize(
    ("head", "line", "message"),
    [
        ("id: a\nkind: report\n", 1, "no line '---'"),
        ("id: a\nkind: report\ntopic: x\n---\n", 3, "unknown header line"),
        ("id: a\nid: b\nkind: report\n---\n", 2, "stands twice"),
        ("kind: report\n---\n", 1, "lacks 'id'"),
        ("id: a\npublished: 11.3.2020\nkind: report\n---\n", 2, "no date"),
        ("id: a\nkind: report\nrelation: sum #a\n---\n", 3, "cannot read relation"),
        ("id: a\nkind: report\nrelation: part #a of #b\n---\n", 3, "no claim has the id #a"),
    ],
)
def test_faults_of_the_header(head: str, line: int, message: str) -> None:
    with pytest.raises(MarkupError) as caught:
        markup.read(head + "正文。\n")
    assert caught.value.line == line
    assert message in str(caught.value)


def test_all_faults_are_found_and_the_rest_is_read() -> None:
    head = "id: a\nsort: x\nkind: report\n---\n"
    source = head + "[甲|GPX]与[乙县|GPE]有<3个|count>村]。\n{消毒|disinfection; a=丙}\n"
    item, places, faults = markup.read_all(source, "a.txt")
    assert [(f.line, f.column) for f in faults] == [(2, 1), (5, 4), (5, 22), (5, 29), (6, 5)]
    assert item.record.entities == (Entity(2, 4, "乙县", "GPE"),)
    assert [m.text for m in item.record.measures] == ["消毒"]
    assert [source[p] for p in places] == list(item.text)


def test_nearest_occurrence_and_its_rank() -> None:
    text = HEAD + "[甲县|GPE]与[甲县|GPE]各<3个|count 3 个; w=甲县>、<4个|count 4 个; w=甲县~2>。\n"
    first, second = markup.read(text).record.claims
    assert first.where is not None and second.where is not None
    assert (first.where.start, second.where.start) == (3, 0)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_every_article_survives_the_round_trip(path: Path) -> None:
    item = markup.read(path.read_text("utf-8"), path.name)
    assert item.id == path.stem
    assert markup.read(markup.write(item)) == item


@st.composite
def annotated(draw: st.DrawFn) -> AnnotatedText:
    """A text cut into pieces, some of them marked, some marks held by a measure."""
    piece = st.text("县区[]<>{}|\\5𠮷。 \n", min_size=1, max_size=5).filter(lambda s: s == s.strip())
    text, entities, claims, measures = "", [], [], []
    for _ in range(draw(st.integers(0, 6))):
        start = len(text)
        for _ in range(draw(st.integers(1, 3))):
            s = draw(piece)
            span = (len(text), len(text) + len(s), s)
            kind = draw(st.sampled_from("ECN"))
            if kind == "E":
                entities.append(Entity(*span, draw(st.sampled_from(("GPE", "LAW")))))
            elif kind == "C":
                value = draw(st.integers(0, 10**20) | st.floats(0, 1e6).map(lambda x: round(x, 3)))
                if isinstance(value, float) and value.is_integer():
                    value = int(value)
                bound = draw(st.sampled_from(BOUNDS))
                claims.append(Claim(*span, "count", value=value, unit="", bound=bound))
            text += s
        if draw(st.booleans()):
            measures.append(Measure(start, len(text), text[start:], "testing"))
        text += draw(st.sampled_from(("", "，", "\n")))
    record = Record("a", published="2020-01-01", entities=tuple(entities), claims=tuple(claims))
    return AnnotatedText(text, Record(**{**_fields(record), "measures": tuple(measures)}), "report")


def _fields(record: Record) -> dict[str, object]:
    return {name: getattr(record, name) for name in Record.__dataclass_fields__}


@given(annotated())
def test_round_trip_of_any_text(item: AnnotatedText) -> None:
    assert markup.read(markup.write(item)) == item
