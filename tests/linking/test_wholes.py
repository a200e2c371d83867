"""Which names a whole can stand for, and where a dateline ends."""

import pytest

from jucuo.linking.dateline import skip_dateline
from jucuo.linking.wholes import fits, level_of
from jucuo.records import Entity


@pytest.mark.parametrize(
    ("name", "level"),
    [("云岭区", "区"), ("云岭市", "市"), ("安徽", "省"), ("西藏", "省"), ("云岭", ""), ("朝阳社区", "社区")],
)
def test_levels(name, level):
    assert level_of(name) == level


@pytest.mark.parametrize(
    ("whole", "name", "label", "expected"),
    [
        ("全市", "云岭市", "GPE", True),
        ("全市", "云岭", "GPE", True),
        ("全市", "郑州", "GPE", True),
        ("全市", "云岭县", "GPE", False),
        ("全市", "湖北", "GPE", False),
        ("全市", "云岭市教育局", "ORG", True),
        ("全市", "市教育局", "ORG", False),
        ("全市", "县教育局", "ORG", False),
        ("全市", "恒信粮库", "FAC", False),
        ("全县", "云岭县一中", "ORG", True),
        ("全县", "县一中", "ORG", False),
        ("全县", "大通超市", "ORG", False),
        ("全区", "宁夏", "GPE", True),
        ("全区", "朝阳社区", "GPE", False),
        ("全省", "湖南", "GPE", True),
        ("全省", "兰州", "GPE", False),
        ("我国", "中国", "GPE", False),
    ],
)
def test_fits(whole, name, label, expected):
    assert fits(Entity(0, len(name), name, label), whole) is expected


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("新华社云岭7月20日电 ", "全省复工。"),
        ("中新社云岭7月20日电（记者 李明）", "全省复工。"),
        ("本报讯（记者 李明 通讯员 王立新）", "全省复工。"),
        ("《云岭日报》讯 ", "全省复工。"),
        ("云岭讯 ", "全省复工。"),
        ("县融媒体中心讯 ", "全县复工。"),
        ("云岭网消息：", "全县复工。"),
        ("", "全县通电 复工62家。"),
        ("", "好消息：全县复工。"),
        ("", "据统计，全县用电 62万度。"),
        ("", "复工。本报讯 全县复工。"),
    ],
)
def test_datelines(head, body):
    text = head + body
    assert text[skip_dateline(text, 0, len(text)) :] == body
