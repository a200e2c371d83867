"""Each word of the roles plays its part."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest

from jucuo.linking.actor import mentions
from jucuo.linking.asof import Dates
from jucuo.linking.dateline import skip_dateline
from jucuo.linking.features import View
from jucuo.linking.lexicon import roles
from jucuo.linking.link import link_all
from jucuo.linking.media import is_media
from jucuo.linking.phrases import acts_apart, span, specified, standard_of
from jucuo.linking.settled import Settled
from jucuo.linking.tokens import Sentence, tokenise
from jucuo.linking.where import Places, has_place
from jucuo.linking.wholes import fits, level_of, wholes
from jucuo.records import Claim, Entity, Measure, Span


def of(role: str) -> object:
    return pytest.mark.parametrize("word", sorted(roles()[role]))


def sentence(marked: str, kind: str = "count") -> Sentence:
    """A sentence with its numbers in < >, dates (of 2023) in { }, and names of places in [ ]."""
    text, marks = "", []
    opened = 0
    for c in marked:
        if c in "<[{":
            opened = len(text)
        elif c == "}":
            timex = "2021/2025" if "五" in text[opened:] else "2023"
            marks.append(Claim(opened, len(text), text[opened:], "date", timex=timex))
        elif c == ">":
            marks.append(Claim(opened, len(text), text[opened:], kind, value=3, unit="", bound="exact"))
        elif c == "]":
            label = "ORG" if text.endswith(("局", "报")) else "GPE"
            marks.append(Entity(opened, len(text), text[opened:], label))
        else:
            text += c
    return tokenise(text, 0, len(text), marks)


def read(sent: Sentence) -> Places:
    places = Places([])
    places.read(View(sent), True)
    return places


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
    assert read(sentence(f"[青河]{word}省份<3例>。")).excepted


@of("besides")
def test_who_is_left_out_before_the_rest(word: str) -> None:
    assert read(sentence(f"{word}[青河]外，各区<3例>。")).excepted


@of("tells")
def test_who_only_publishes(word: str) -> None:
    assert read(sentence(f"[国家统计局]{word}，<3例>。")).excepted


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


def dates(marked: str, kind: str = "count") -> tuple[Dates, Sentence]:
    """What is made of the dates of a sentence."""
    out, sent = Dates(), sentence(marked, kind)
    out.read(sent, True)
    return out, sent


def body(name: str) -> Entity:
    return Entity(0, len(name), name, "ORG")


@of("shift")
def test_a_date_that_is_only_a_limit(word: str) -> None:
    assert not dates(f"{{2023年}}{word}，企业<3家>。")[0].found
    assert dates("{2023年}，企业<3家>。")[0].found


@of("lasting")
def test_a_date_till_which_something_lasts(word: str) -> None:
    assert dates(f"期限{word}至{{2023年}}，企业<3家>。")[0].barred
    assert dates("截至{2023年}，企业<3家>。")[0].found


@of("since")
def test_a_date_since_when_something_is_counted(word: str) -> None:
    assert dates(f"自{{2023年}}{word}，企业<3家>。")[0].since


@of("so_far")
def test_a_period_so_far(word: str) -> None:
    found, _ = dates(f"{{{word}}}以来，企业<3家>。")
    assert not found.since


@of("beside")
def test_what_a_date_is_compared_with(word: str) -> None:
    assert dates(f"企业{word}{{2023年}}相比增加<3家>。")[0].barred


@of("alike")
def test_a_date_that_is_compared_with(word: str) -> None:
    assert dates(f"企业与{{2023年}}{word}增加<3家>。")[0].barred


@of("equals")
def test_a_date_that_names_the_whole_of_a_share(word: str) -> None:
    assert dates(f"投资{word}{{2023年}}计划的<3%>。", "percent")[0].barred


@of("fulfils")
def test_a_date_that_names_what_is_fulfilled(word: str) -> None:
    assert dates(f"投资{word}{{2023年}}计划的<3%>。", "percent")[0].barred


@of("during")
def test_the_years_of_a_plan(word: str) -> None:
    assert dates(f"{{十四五}}{word}，企业<3家>。")[0].found
    assert not dates("{十四五}规划，企业<3家>。")[0].found


@of("until")
def test_a_report_as_of_a_date(word: str) -> None:
    assert dates(f"{word}{{2023年}}，企业<3家>。")[0].report
    assert not dates("{2023年}，企业<3家>。")[0].report


@of("statistics")
def test_a_report_of_figures(word: str) -> None:
    assert dates(f"{{2023年}}，{word}<3家>。")[0].period == "2023"


@of("by")
def test_what_growth_is_reckoned_by(word: str) -> None:
    assert Settled(sentence(f"货运量<3吨>，客运量<8吨>，{word}可比口径分别为<5吨>和<7吨>。")).follows


@of("reckoned")
def test_what_ends_the_way_of_reckoning(word: str) -> None:
    assert Settled(sentence(f"货运量<3吨>，客运量<8吨>，按可比{word}分别为<5吨>和<7吨>。")).follows


@of("reports")
def test_a_paper_that_reports(word: str) -> None:
    sent = sentence(f"[青河日报]{word}")
    assert "ORG" not in [m.sort for m in mentions(sent)]
    assert "ORG" in [m.sort for m in mentions(sentence("[青河日报]捐款"))]


@of("says")
def test_who_is_quoted_does_not_act(word: str) -> None:
    text = f"市商务局局长李明{word}，今年将整治市场。"
    names = [Entity(0, 4, "市商务局", "ORG"), Entity(4, 6, "局长", "TITLE"), Entity(6, 8, "李明", "PERSON")]
    action = Measure(text.index("整治"), len(text) - 1, "整治市场", "supervision")
    (found,) = link_all(text, [], [action], names)[1]
    assert found.actor is not None and found.actor.text == "市商务局"


@of("orders")
def test_an_order_does_not_act(word: str) -> None:
    assert word not in [sent.text[slice(*m.found)] for sent in [sentence(word)] for m in mentions(sent)]


@of("locating")
def test_a_place_that_only_locates(word: str) -> None:
    places = read(sentence(f"{word}[青河]的[东坪]有企业<3家>。"))
    assert [e and e.text for e in places.found.values()] == ["东坪"]


@of("quarter")
def test_a_quarter_is_no_district(word: str) -> None:
    places = Places([])
    places.seen = [Entity(0, 3, "东坪区", "GPE"), Entity(9, 13, f"朝阳{word}", "GPE")]
    found = places.back("区里")
    assert found is not None and found.text == "东坪区"


@of("point")
def test_a_point_in_time_has_no_place(word: str) -> None:
    claim = Claim(0, 2, "3天", "duration", timex="P3D")
    assert not has_place("3天" + word, claim, None, True)
    assert has_place("3天多", claim, None, True)


@of("firm")
def test_a_firm_has_figures_of_its_own(word: str) -> None:
    text = f"国家青河{word}公布，<3例>。"
    marks = [body(text[: text.index("公布")]), Claim(text.index("<"), text.index(">") + 1, "<3例>", "count")]
    assert not read(tokenise(text, 0, len(text), marks)).told


@pytest.mark.parametrize("word", sorted(roles()["medium"] | roles()["channel"]))
def test_names_of_media(word: str) -> None:
    assert is_media(body("青河" + word))


def test_a_power_grid_is_no_medium() -> None:
    assert not is_media(body("国家电网"))


@pytest.mark.parametrize("word", sorted(roles()["medium"] | roles()["agency"]))
def test_datelines_of_media(word: str) -> None:
    text = f"青河{word}讯（记者 李明）全县复工。"
    assert text[skip_dateline(text, 0, len(text)) :] == "全县复工。"


@pytest.mark.parametrize("role", sorted(role for role in roles() if role.startswith("body:")))
def test_the_body_that_an_anaphor_means(role: str) -> None:
    for ending in roles()[role]:
        places = Places([])
        places.seen = [body("东坪" + ending), body("青河所")]
        found = places.back("该" + role[5:])
        assert found is not None and found.text == "东坪" + ending
