"""What a text said before decides what a partial date means."""

from __future__ import annotations

import datetime
import itertools
import re

import pytest

from jucuo.timex import Timex, find, parse
from jucuo.timex.calendar import festival, lunar_day, solar_terms
from jucuo.timex.figures import amount
from jucuo.timex.patterns import FESTIVALS, PARTS, WORDS
from jucuo.timex.tables import rows


def values(text: str, published: str | datetime.date | None = "2020-03-11") -> list[tuple[str, str | None]]:
    return [(c.text, c.timex) for c in find(text, published)]


def test_a_day_is_carried_through_a_report():
    text = (
        "本报讯 3月4日清晨，榕江镇卡口迎来第一批返岗工人。\n"
        "7时20分，首辆大巴进站，当天共到站12辆。次日，工人们领到防护包。"
    )
    assert values(text) == [
        ("3月4日清晨", "2020-03-04TMO"),
        ("7时20分", "2020-03-04T07:20"),
        ("当天", "2020-03-04"),
        ("次日", "2020-03-05"),
    ]


def test_hours_line_by_line_keep_their_day():
    text = "8月29日，跟访社区书记。\n早上6:30，开门。她说8月25日才复工。\n晚上9点，收工。"
    assert values(text, "2022-08-29")[1:] == [
        ("早上6:30", "2022-08-29T06:30"),
        ("8月25日", "2022-08-25"),
        ("晚上9点", "2022-08-29T21:00"),
    ]


def test_today_in_speech_is_the_day_reported():
    text = "3月9日，复工第一天。“今天来了300人，明天还要多。”车间主任说。"
    assert values(text) == [("3月9日", "2020-03-09"), ("今天", "2020-03-09"), ("明天", "2020-03-10")]


def test_a_comparison_does_not_move_the_day():
    text = "3月10日新增2例，比3月9日少3例，当日出院5例。"
    assert values(text)[-1] == ("当日", "2020-03-10")


def test_headline_month_does_not_catch_a_bare_day():
    text = "10月出口下降\n海关总署8日公布的数据显示"
    assert values(text, "2022-12-09") == [("10月", "2022-10"), ("8日", "2022-12-08")]


def test_plan_periods_lend_no_year():
    assert values("列入“十四五”规划，3月18日开工", "2022-05-27") == [
        ("十四五", "2021/2025"),
        ("3月18日", "2022-03-18"),
    ]


def test_lunar_month_is_a_span_of_days():
    assert values("正月里封村") == [("正月", "2020-01-25/2020-02-22")]


def test_offsets_count_code_points():
    text = "😀3月5日，封闭管理14天。"
    for claim in find(text, "2020-03-11"):
        assert text[claim.start : claim.end] == claim.text


def test_published_forms():
    day = datetime.date(2020, 3, 11)
    assert find("昨日", day) == find("昨日", "2020-03-11") == find("昨日", "2020-03-11T06:15")
    assert find("昨日", datetime.datetime(2020, 3, 11, 6, 15)) == find("昨日", day)
    assert values("昨日", "9999-12-31") == [("昨日", "XXXX-XX-XX")]
    assert values("昨日", "unknown") == [("昨日", "XXXX-XX-XX")]


def test_empty_and_blank():
    assert find("") == []
    assert find(" \n\u3000") == []
    assert parse("") is None
    assert parse("口罩") is None


def test_parse_tells_the_problem():
    assert parse("2月30日", "2020-03-11") == Timex(None, "date", None, "no such day")


@pytest.mark.parametrize(
    ("year", "month", "day", "leap", "expected"),
    [
        (2020, 1, 1, False, "2020-01-25"),
        (2019, 12, 0, False, "2020-01-24"),
        (2020, 4, 1, True, "2020-05-23"),
        (2024, 1, 1, False, "2024-02-10"),
        (2021, 8, 15, False, "2021-09-21"),
        (2020, 5, 1, True, None),
        (2020, 1, 31, False, None),
    ],
)
def test_lunar_days(year, month, day, leap, expected):
    found = lunar_day(year, month, day, leap)
    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize("year", range(1990, 2036))
def test_there_are_24_solar_terms_in_order(year):
    terms = solar_terms(year)
    assert len(terms) == 24
    days = sorted(terms.values())
    assert all(13 <= (b - a).days <= 17 for a, b in itertools.pairwise(days))


@pytest.mark.parametrize("name", sorted(FESTIVALS))
def test_every_festival_has_a_day_every_year(name):
    _, rule, mode, _ = FESTIVALS[name]
    assert mode in ("day", "edge", "term", "quoted")
    for year in (1998, 2019, 2020, 2021, 2026):
        found = festival(rule, year)
        assert found is not None
        assert found.year in (year, year + 1)


@pytest.mark.parametrize("word", sorted(WORDS))
def test_every_word_is_read(word):
    row = WORDS[word]
    text = f"2020年3月9日，共到站。\n{word}" if row[2] == "ref" else word
    if word == "即日":
        text = "即日至3月20日"
    if word in ("今", "明"):
        text = f"{word}起"
    last = find(text, "2020-03-11")[-1]
    assert last.text.startswith(word)
    assert last.timex
    assert last.kind == ("time" if row[4] in PART_CODES else "date")


PART_CODES = {row[1] for row in PARTS.values()}


@pytest.mark.parametrize("word", [w for w in PARTS if w != "零时"])
def test_every_part_of_the_day_is_read(word):
    assert values(f"3月9日{word}") == [(f"3月9日{word}", f"2020-03-09T{PARTS[word][1]}")]


BESIDE = [row for row in rows("lengths.tsv", 2) if row[1].isalpha()]  # the others are patterns


@pytest.mark.parametrize("word", [word for name, word in BESIDE if name == "led"])
def test_days_are_a_length_after(word):
    assert find(f"规定{word}15日。", "2020-03-11")[-1].timex == "P15D"


@pytest.mark.parametrize("word", [word for name, word in BESIDE if name == "days"])
def test_days_are_a_length_before(word):
    assert values(f"给予15日{word}。") == [("15日", "P15D")]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("十几", 11, 19),
        ("数百", 200, 900),
        ("两三", 2, 3),
        ("四五十", 40, 50),
        ("十五六", 15, 16),
        ("几", 2, 9),
    ],
)
def test_vague_amounts(text, low, high):
    found = amount(text)
    assert found is not None
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize("text", ["三一", "六二", "几几", "十几几", "数数"])
def test_no_amounts(text):
    assert amount(text) is None


BESIDE_A_DATE = list(rows("context.tsv", 2))


@pytest.mark.parametrize("word", [word for name, word in BESIDE_A_DATE if name == "notice"])
def test_a_day_in_a_notice_is_still_to_come(word):
    assert values(f"3月15日{word}。", "2020-12-08") == [("3月15日", "2021-03-15")]
    assert values("3月15日排练。", "2020-12-08") == [("3月15日", "2020-03-15")]


@pytest.mark.parametrize("word", [word for name, word in BESIDE_A_DATE if name == "nth"])
def test_the_second_day_of_what_lasts_is_no_date(word):
    assert values(f"3月5日到场。{word}第二天来了很多人。") == [("3月5日", "2020-03-05")]
    assert values("3月5日到场。第二天来了很多人。")[-1] == ("第二天", "2020-03-06")


@pytest.mark.parametrize("word", [word for name, word in BESIDE_A_DATE if name == "hours"])
def test_hours_of_any_day_have_none(word):
    assert values(f"3月5日复市。9时至17时{word}。")[-1] == ("9时至17时", "T09:00/T17:00")
    assert values(f"3月5日复市，{word}时间为9时至17时。")[-1] == ("9时至17时", "T09:00/T17:00")
    assert values("3月5日复市。9时至17时降雨。")[-1] == ("9时至17时", "2020-03-05T09:00/2020-03-05T17:00")


def beside(name: str) -> list[str]:
    """A text for each row of a list: the first of the characters in brackets, without what may not follow."""
    found = [re.sub(r"\(\?[^)]*\)|[?^$+]", "", word) for row, word in BESIDE_A_DATE if row == name]
    return [re.sub(r"\[(.)[^]]*\]", r"\1", word).replace(r"\d", "3") for word in found]


@pytest.mark.parametrize("after", beside("hao"))
def test_a_day_of_the_month_as_people_say_it(after):
    assert values(f"他5号{after}")[0] == ("5号", "2020-03-05")
    assert values(f"三塘路5号{after}")[:1] != [("5号", "2020-03-05")]


@pytest.mark.parametrize("after", beside("oclock"))
def test_an_hour_as_people_say_it(after):
    assert values(f"全家6点{after}到")[0][1] == "T06:00"
    assert not values(f"谈了这6点{after}到")


@pytest.mark.parametrize("after", beside("closed"))
def test_the_weekday_on_which_a_place_is_closed(after):
    assert not values(f"本馆周一{after}。")


@pytest.mark.parametrize("word", beside("soon"))
def test_a_weekday_that_people_speak_of_is_to_come(word):
    assert values(f"周五{word}") == [("周五", "2020-03-13")]
    assert values(f"上周五{word}") == [("上周五", "2020-03-06")]
    assert values("周五收盘") == [("周五", "2020-03-06")]


@pytest.mark.parametrize("word", [word for (word,) in rows("events.tsv", 1)])
def test_the_year_of_an_event(word):
    assert values(f"参加2020云溪{word}。") == [("2020", "2020")]


PLANS = {"一": 1953, "二": 1958, "三": 1966, "十": 2001, "十二": 2011, "十六": 2031}


@pytest.mark.parametrize("number", [*"一二三四五六七八九十", *(f"十{n}" for n in "一二三四五六")])
def test_a_five_year_plan_by_its_number(number):
    ((text, value),) = values(f"制定第{number}个五年计划。")
    assert text == f"第{number}个五年"
    assert number not in PLANS or value == f"{PLANS[number]}/{PLANS[number] + 4}"


@pytest.mark.parametrize("month", "二三四五六七八九十冬腊")
def test_a_leap_month(month):
    assert [text for text, _ in values(f"生于闰{month}月初五。")] == [f"闰{month}月初五"]
