"""The shadow has the length of the text and does not depend on width or script."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jucuo.shadow import character_rows, normalise
from jucuo.shadow.variants import full_width, half_width, traditional

CASES = [  # text, shadow
    # digits, letters and signs
    ("复工率９５．５％", "复工率95.5%"),
    ("Ａ区ｂ座", "A区b座"),
    ("１，２００人", "1,200人"),
    ("1，200，300元", "1,200,300元"),
    ("新增15，20人返岗", "新增15，20人返岗"),
    ("2020，300人", "2020，300人"),
    ("上午９：３０", "上午9:30"),
    ("比分３：２", "比分3:2"),
    ("３－５月", "3-5月"),
    ("３～５天", "3~5天"),
    ("￥１００", "¥100"),
    ("二○二○年", "二〇二〇年"),
    ("二OO八年", "二〇〇八年"),
    ("二0二0年三月", "二〇二〇年三月"),
    ("○ 2022年10月10日", "○ 2022年10月10日"),
    # half-width marks beside Chinese
    ("昨日,全区复工", "昨日，全区复工"),
    ("复工62家,增长5%", "复工62家，增长5%"),
    ("分别达到100%,90.7%", "分别达到100%，90.7%"),
    ("共1,200家", "共1,200家"),
    ("上午9:30开门", "上午9:30开门"),
    ("来源:青河日报", "来源：青河日报"),
    ("怎么办?干!", "怎么办？干！"),
    ("新冠肺炎(COVID-19)疫情", "新冠肺炎（COVID-19）疫情"),
    ("A公司(B)和C", "A公司（B）和C"),
    ("截至目前),已", "截至目前），已"),
    ("Hello, world (ok): 9:30!", "Hello, world (ok): 9:30!"),
    ("http://a.cn/?a=1;b", "http://a.cn/?a=1;b"),
    # full stops
    ("全部复工.\n下一步", "全部复工。\n下一步"),
    ("全部复工.下一步开工.", "全部复工。下一步开工。"),
    ("全部复工。阿卜杜.买买提说", "全部复工。阿卜杜.买买提说"),
    ("占3.5亩", "占3.5亩"),
    # quotation marks
    ('他说"复工了",就走', "他说“复工了”，就走"),
    ('he said "ok" then', 'he said "ok" then'),
    ('屏幕5"大,厚1"', "屏幕5“大，厚1”"),
    ("「寧可備而不用」", "“宁可备而不用”"),
    # spaces and breaks
    ("青河\u3000区\xa0a\u200bb\tc", "青河 区 a b c"),
    ("第一行\r\n第二行\r第三行\u2028四", "第一行 \n第二行\n第三行\n四"),
    ("\ufeff全区", " 全区"),
    # traditional characters, in context where simplified texts use them too
    ("複工企業與員工返崗", "复工企业与员工返岗"),
    ("隨著疫情,著名企業", "随着疫情，著名企业"),
    ("反覆排查、覆蓋全區、覆核", "反复排查、覆盖全区、复核"),
    ("乾隆年間,晾乾糧食", "乾隆年间，晾干粮食"),
    ("瞭解情況、瞭望塔", "了解情况、瞭望塔"),
    ("彷彿 慰藉 藉此", "仿佛 慰藉 借此"),
    ("照著名單、拿著名冊", "照着名单、拿着名册"),
    ("覆工、批覆、衞生院、揹著", "复工、批复、卫生院、背着"),
    ("貳佰參拾圓、參加、參佰參萬元", "贰佰叁拾圆、参加、叁佰叁万元"),
    ("⽉⽇", "月日"),
    ("𠀀字,好", "𠀀字，好"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "shadow"), CASES)
def test_shadow(text: str, shadow: str) -> None:
    assert normalise(text) == shadow


@given(st.text(max_size=300))
def test_length_is_kept(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(st.text(alphabet="中著,.:;!?()\"'“”%0123o○二年，：。a \n\r\u3000", max_size=80))
def test_shadow_of_a_shadow_keeps_its_length_and_is_stable_in_length(text: str) -> None:
    once = normalise(text)
    assert len(normalise(once)) == len(text)


@pytest.mark.parametrize("start", range(0, 4200, 300))
def test_every_row_of_the_table(start: int) -> None:
    for old, new in character_rows()[start : start + 300]:
        assert normalise(old) == new


def test_blocks_join_without_a_seam() -> None:
    piece = "截至3月5日,全区62家企业(含园区)复工率达95%,其中1,200人返岗."
    long = piece * 40_000  # more than one block
    assert normalise(long) == normalise(piece) * 40_000


STORY = "截至3月5日，全区规模以上企业62家，复工率达95.2%（含园区）。“随时来办！”县长说：共发放补贴1200万元。"


@pytest.mark.parametrize("variant", [traditional, full_width, half_width])
def test_variants_have_the_same_shadow(variant) -> None:
    assert len(variant(STORY)) == len(STORY)
    assert variant(STORY) != STORY
    assert normalise(variant(STORY)) == normalise(STORY)


def test_all_variants_at_once() -> None:
    assert normalise(half_width(full_width(traditional(STORY)))) == normalise(STORY)


def test_speed_is_linear() -> None:
    text = STORY * 10_000
    normalise(text)
    start = time.perf_counter()
    normalise(text)
    assert len(text) / (time.perf_counter() - start) > 2_000_000  # measured: 20 million a second
