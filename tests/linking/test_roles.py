"""Each word of the roles plays its part."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest

from jucuo.linking.actor import mentions
from jucuo.linking.features import View
from jucuo.linking.lexicon import roles
from jucuo.linking.phrases import acts_apart, span, specified, standard_of
from jucuo.linking.settled import Settled
from jucuo.linking.tokens import Sentence, tokenise
from jucuo.linking.where import Places
from jucuo.linking.wholes import fits, level_of, wholes
from jucuo.records import Claim, Entity, Span


def of(role: str) -> object:
    return pytest.mark.parametrize("word", sorted(roles()[role]))


def sentence(marked: str, kind: str = "count") -> Sentence:
    """A sentence with its numbers in < >, and names of places in [ ]."""
    text, marks = "", []
    opened = 0
    for c in marked:
        if c in "<[":
            opened = len(text)
        elif c == ">":
            marks.append(Claim(opened, len(text), text[opened:], kind, value=3, unit="", bound="exact"))
        elif c == "]":
            label = "ORG" if text.endswith("局") else "GPE"
            marks.append(Entity(opened, len(text), text[opened:], label))
        else:
            text += c
    return tokenise(text, 0, len(text), marks)


def words_of(sent: Sentence, found: list[tuple[int, int]]) -> list[str]:
    spans: Iterator[Span | None] = (span(sent, tokens, "left") for tokens in found)
    return [s.text for s in spans if s]


def test_no_role_has_a_word_twice() -> None:
    for line in files("jucuo.linking").joinpath("data/roles.txt").read_text("utf-8").splitlines():
        role, *items = line.split()
        assert role == "#" or sorted(items) == sorted(set(items)), role


NEEDED = (
    "against",
    "aspect",
    "casualty",
    "degree",
    "dimension",
    "exceeding",
    "happening",
    "proportion",
    "tells",
)


@pytest.mark.parametrize("role", (*NEEDED, "besides", "except", "transitive"))
def test_a_role_is_played_by_words_that_are_read_as_one(role: str) -> None:
    assert [w for w in sorted(roles()[role]) if tokenise(w, 0, len(w), []).words != [w]] == []


@of("casualty")
def test_casualties_are_counted(word: str) -> None:
    sent = sentence(f"火灾致<3人>{word}。")
    assert [s.text for s in Settled(sent).nouns.values()] == [word]


@of("exceeding")
def test_what_is_exceeded_is_a_standard(word: str) -> None:
    sent = sentence(f"水位{word}汛限水位<3米>。", "quantity")
    found = standard_of(sent, sent.kinds.index("C"))
    assert found is not None and sent.words[found[0]] == word


@of("degree")
def test_a_degree_ends_the_standard(word: str) -> None:
    sent = sentence(f"河面比往常{word}<3米>。", "quantity")
    found = standard_of(sent, sent.kinds.index("C"))
    assert found is not None and sent.words[found[1]] == word


@of("proportion")
def test_a_proportion_is_a_figure_of_its_own(word: str) -> None:
    assert not Settled(sentence(f"民企占进出口{word}<3%>。", "percent")).nouns


@of("except")
def test_who_is_left_out(word: str) -> None:
    places = Places([])
    places.read(View(sentence(f"[青河]{word}省份<3例>。")), True)
    assert places.excepted


@of("besides")
def test_who_is_left_out_before_the_rest(word: str) -> None:
    places = Places([])
    places.read(View(sentence(f"{word}[青河]外，各区<3例>。")), True)
    assert places.excepted


@of("tells")
def test_who_only_publishes(word: str) -> None:
    places = Places([])
    places.read(View(sentence(f"[国家统计局]{word}，<3例>。")), True)
    assert places.excepted


@of("against")
def test_a_whole_that_is_compared_with(word: str) -> None:
    assert wholes(View(sentence("全市<3例>。")))
    assert not wholes(View(sentence(f"{word}全市<3例>。")))


@of("province")
def test_provinces(word: str) -> None:
    assert level_of(word) == "省"


@of("region")
def test_regions(word: str) -> None:
    assert fits(Entity(0, len(word), word, "GPE"), "全区")


@of("happening")
def test_what_happens_does_not_act(word: str) -> None:
    assert word not in [sent.text[slice(*m.found)] for sent in [sentence(word)] for m in mentions(sent)]


@of("dimension")
def test_figures_of_which_there_are_several(word: str) -> None:
    sent = sentence(f"种植{word}")
    assert specified(sent, 1)


@of("aspect")
def test_an_aspect_does_not_specify(word: str) -> None:
    sent = sentence(f"{word}面积")
    assert sent.words[0] == word
    assert sent.kinds[0] == "b" or not specified(sent, 1)


@of("transitive")
def test_an_act_between_two_nouns(word: str) -> None:
    sent = sentence(f"房东{word}管道")
    assert words_of(sent, acts_apart(sent, 0, len(sent))) == ["房东", "管道"]


@of("nominal")
def test_an_act_within_a_compound(word: str) -> None:
    sent = sentence(f"房东救助{word}")
    assert len(acts_apart(sent, 0, len(sent))) == 1


@of("statistic")
def test_figures_with_numbers_of_their_own(word: str) -> None:
    found = Settled(sentence(f"产量、{word}分别为<3万>、<2万>。")).nouns
    assert [s.text for s in found.values()] == ["产量", word]
