"""So many times per period: 每天两次, 一天三次, 两次/日, and 两次 whose period stands before."""

from __future__ import annotations

import re

from ..tables import alternatives, words
from .scan import value

UNITS = frozenset({"次", "遍", "回", "趟", "轮", "人次", "场", "顿", "期", "班"})
_LOOSE = frozenset({"次", "遍", "回", "趟", "轮"})
_NUMBER = "[0-9一二两三四五六七八九十]{1,3}|半"
_UNIT = "天|日|晚|早|周|星期|礼拜|个?月|季度|季|年|个?小时|分钟|个?学期"
_FEW = "[2-9]|[1-9][0-9]|[1-9]00|[两三四五六七八九]|[二三四五六]?十[二五]?"
_PERIOD = (
    rf"每(?:间?隔)?(?P<n>{_NUMBER})?个?(?P<u>{_UNIT}|旬)"
    r"|(?P<one>(?<![0-9十第月])[一1])个?(?P<v>天|日|周|星期|礼拜|月|年|小时|季度)"
    r"|(?P<apart>隔[日天])(?:[做测检采换送查巡来]|消毒|通风|核酸)"
    rf"|(?<![0-9十百第月每隔])(?P<some>{_FEW}|(?<![年个天上下])半(?=[年月个小]))"
    r"(?P<w>天|周|小时|(?<=[两三四五六七八九])日|(?P<long>分钟|年|个?月))(?:做|测|检|采)?"
    r"|(?P<day>早中晚|早、中、晚|早晚)(?:各)?"
    r"|(?P<ri>(?<![0-9一二三四五六七八九十每某近明昨今当])日[检测巡查扫消播报]|隔[日天])"
)
_BEFORE = re.compile(rf"(?:{_PERIOD})(?:至少|最少|最多|不少于|不得少于|约|平均|可|各|就|要|需)?$")
_DOES = "(?:(?<=[回过])来|[^来内间前后多半里以之中底度级了过的每各头初新，。；、0-9])"
"""What may stand between a period and its number: 一个月回家一趟, not 一年内两次, 两年办了一次."""
_NEW = "(?<![0-9零〇一二三四五六七八九十第这那近前后上下花用头])"
"""A number begins that is no part of another, and that says no stretch of time of its own."""
_EARLIER = re.compile(
    rf"每(?:间?隔)?(?P<n>{_NUMBER})?个?(?P<u>{_UNIT})(?!间|前|初|底)|{_NEW}(?P<one>一)"
    rf"(?P<v>[天日周](?=[一-龥]{{0,4}}$)|(?:个?星期|个?礼拜|个月|年|个?小时)(?={_DOES}{{1,4}}$))"
    rf"|{_NEW}(?<!时)(?P<some>[两三四五六七八九]|半|(?:{_FEW})(?=小时|分钟))"
    rf"(?P<w>天|周|年|个?星期|个?礼拜|个月|个?小时|分钟)(?={_DOES}{{1,3}}$)"
    r"|(?P<apart>隔[日天])|(?P<day>早中晚|早、中、晚|早晚(?=各))"
)
_AFTER = re.compile(r" ?[/／] ?(天|日|周|月|年|小时|时)|每(天|日|周|月|年|小时)(?![一-龥])")


ACTION = re.compile(
    r"(?:(?<!第)(?P<n>[一两三四五]|[1-9][0-9]?|半(?=[月年]))(?P<u>天|日|周|月|年|小时)"
    r"|每(?P<m>[一两三四五]|[1-9][0-9]?)?(?P<w>天|日|周|月))"
    rf"(?P<times>[一两三四五1-9])(?P<verb>{alternatives(words(__package__, 'acts.txt'))})(?![员点])"
)
"""一天一检, 每两天一测: so many acts per period without 次."""
POLICY = re.compile("[三3五5]天[两二2三3]检[”’、]")
"""The name of a policy, in quotation marks."""
_CODE = {
    "天": "P{}D", "日": "P{}D", "晚": "P{}D", "早": "P{}D", "旬": "P10D",
    "周": "P{}W", "星期": "P{}W", "礼拜": "P{}W", "月": "P{}M", "季": "P3M", "季度": "P3M", "学期": "P6M",
    "年": "P{}Y", "小时": "PT{}H", "时": "PT{}H", "分钟": "PT{}M",
}  # fmt: skip


def _timex(number: str | None, unit: str) -> str | None:
    unit = unit.removeprefix("个")
    if number == "半":
        return {"年": "P6M", "月": "P15D", "小时": "PT30M", "天": "PT12H", "日": "PT12H"}.get(unit)
    found = value(number) if number else (1, None)
    if found is None or found[1] is not None:
        return None
    return _CODE[unit].format(found[0])


def _read(m: re.Match[str]) -> str | None:
    groups = m.groupdict()
    if groups.get("apart"):
        return "P2D"
    if groups.get("ri"):
        return "P2D" if groups["ri"][0] == "隔" else "P1D"
    if groups.get("day"):
        return "P1D"
    if groups.get("some"):
        return _timex(groups["some"], groups["w"])
    return _timex(groups["n"], groups["u"]) if groups["u"] else _timex(None, groups["v"])


def period(text: str, start: int, end: int, classifier: str) -> tuple[int, int, str] | None:
    """Return start, end and period of a frequency whose number stands at `start`, None if it is none."""
    m = _AFTER.match(text, end)
    if m:
        timex = _timex(None, m[1] or m[2])
        return (start, m.end(), timex) if timex else None
    low = max(0, start - 12)
    m = _BEFORE.search(text, low, start)
    if m and (m["long"] or len(m["some"] or "") > 1):
        shift = classifier == "班" and m["w"] == "小时"
        if shift or text[start] not in "一1":  # 值守12小时一班, 历时三年两次获奖
            return None
    if m:
        timex = _read(m)
        apart = m["apart"] or m["day"] or (m["ri"] and m["ri"][0] != "隔")
        begin = start if apart else m.start()
        return (begin, end, timex) if timex else None
    if classifier not in _LOOSE:
        return None
    low = max(0, start - 30)
    low += max(map(text[low:start].rfind, "，。；,;\n！？：")) + 1
    periods = list(_EARLIER.finditer(text, low, start))
    if not periods or (periods[-1]["some"] and text[start] not in "一1"):
        return None
    timex = _read(periods[-1])
    return (start, end, timex) if timex else None


def action(m: re.Match[str]) -> tuple[int, str] | None:
    """Return number and period of a match of `ACTION`."""
    if m["w"] == "周" and not m["m"] and m["times"] in "二三四五六" and len(m["verb"]) > 1:  # 每周三例会
        return None
    timex = _timex(m["n"] or m["m"], m["u"] or m["w"])
    times = value(m["times"])
    return None if timex is None or times is None else (int(times[0]), timex)
