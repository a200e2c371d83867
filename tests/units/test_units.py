"""The tables of units: every row is read, and the conversion to SI."""

from __future__ import annotations

from importlib.resources import files

import pytest

from jucuo import quantities, units


def rows(name: str) -> list[list[str]]:
    text = files("jucuo.units").joinpath("data").joinpath(name).read_text("utf-8")
    return [
        (line.split("\t") + [""] * 6)[:6] for line in text.splitlines() if line and not line.startswith("#")
    ]


def follower(needed: str) -> str:
    return needed.split()[0] if needed else "。"


@pytest.mark.parametrize("row", rows("classifiers.tsv"), ids=lambda r: r[0])
def test_classifier(row: list[str]) -> None:
    surface, unit, _, need, *_ = row
    before = {"口": "" if unit else "灶", "块": "木板"}.get(surface, "")
    [claim] = quantities.find(f"{before}62{surface}{follower(need)}")
    assert (claim.text, claim.kind, claim.value) == (f"62{surface}", "count", 62)
    if surface != "口":
        assert claim.unit == (unit or surface)


@pytest.mark.parametrize("row", rows("physical.tsv"), ids=lambda r: r[0])
def test_physical(row: list[str]) -> None:
    surface, symbol, factor, _, need, _ = row
    before = "气温" if surface == "度" else ""
    [claim] = quantities.find(f"{before}62{surface}{follower(need)}")
    assert (claim.text, claim.kind, claim.value) == (f"62{surface}", "quantity", 62 * int(factor or 1))
    assert claim.unit == ("℃" if surface == "度" else symbol)


@pytest.mark.parametrize("row", [r for r in rows("money.tsv") if r[5] != "only"], ids=lambda r: r[0])
def test_money(row: list[str]) -> None:
    surface, code, factor, _, need, _ = row
    [claim] = quantities.find(f"花了62{surface}{follower(need)}")
    assert (claim.text, claim.kind, claim.unit) == (f"62{surface}", "money", code)
    assert claim.value == pytest.approx(62 * float(factor or 1))
    assert len(code) == 3 and code.isupper()


@pytest.mark.parametrize("row", rows("percent.tsv"), ids=lambda r: r[0])
def test_percent(row: list[str]) -> None:
    [claim] = quantities.find(f"7{row[0]}。")
    assert (claim.kind, claim.unit, claim.value) == ("percent", row[1], pytest.approx(7 * float(row[2] or 1)))


@pytest.mark.parametrize("row", [r for r in rows("money.tsv") if r[5]], ids=lambda r: r[0])
def test_sign(row: list[str]) -> None:
    [claim] = quantities.find(f"价值{row[0]}300，")
    assert (claim.text, claim.kind, claim.unit, claim.value) == (f"{row[0]}300", "money", row[1], 300)


@pytest.mark.parametrize("row", rows("nouns.tsv"), ids=lambda r: r[0])
def test_noun(row: list[str]) -> None:
    [claim] = quantities.find(f"共有62{row[0]}。")
    assert (claim.text, claim.kind, claim.unit, claim.value) == ("62", "count", "", 62)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("名医生", "名"), ("千瓦时", "千瓦时"), ("千瓦", "千瓦"), ("个百分点", "个百分点"), ("人次", "人次"),
        ("平方公里", "平方公里"), ("公里/小时", "公里/小时"), ("立方米", "立方米"), ("元人民币", "元人民币"),
        ("个人", "个人"), ("大类", "大类"), ("标准箱", "标准箱"),
    ],
)  # fmt: skip
def test_the_longest_unit_is_taken(text: str, surface: str) -> None:
    found = units.match(text, 0)
    assert found is not None and found.surface == surface


@pytest.mark.parametrize(
    "text", ["家庭", "部门", "元旦", "亩产", "户籍", "个月", "个小时", "场所", "次于", "台风", ""]
)
def test_other_words_are_no_units(text: str) -> None:
    assert units.match(text, 0) is None


def test_lookup() -> None:
    assert units.lookup("位").unit == "人"
    assert units.lookup("角钱").factor * 10 == 1
    assert units.lookup("没有") is None


@pytest.mark.parametrize("unit", ["个", "CNY", "CNY/t", "", "公斤"])
def test_no_si_form(unit: str) -> None:
    with pytest.raises(ValueError, match="no SI form"):
        units.to_si(3, unit)


@pytest.mark.parametrize(
    ("value", "unit", "expected", "symbol"),
    [
        (15, "mu", 10000, "m²"), (3, "jin", 1.5, "kg"), (2, "li", 1000, "m"), (1, "kWh", 3.6e6, "kg·m²/s²"),
        (100, "km/h", 100 / 3.6, "m/s"),
        (37, "℃", 310.15, "K"), (2, "ha", 20000, "m²"), (300, "kg/mu", 0.45, "kg/m²"),
        (5, "kW", 5000, "kg·m²/s³"), (1, "顷", 200000 / 3, "m²"), (1, "t", 1000, "kg"), (3, "m3", 3, "m³"),
    ],
)  # fmt: skip
def test_to_si(value: float, unit: str, expected: float, symbol: str) -> None:
    pytest.importorskip("pint")
    magnitude, base = units.to_si(value, unit)
    assert magnitude == pytest.approx(expected)
    assert base == symbol


def test_every_symbol_with_an_si_form_is_known_to_pint() -> None:
    pytest.importorskip("pint")
    for symbol, *_ in rows("si.tsv"):
        units.to_si(1, symbol)
