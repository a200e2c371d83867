"""Numbers whose unit shows only from their surroundings.

级 of winds and earthquakes, levels of administration (市、县、乡三级), parties (政府、银行、企业三方),
medals, the dead and the wounded, 两 before a noun that takes no other number, 个 of people, and 个 that
stands for 个百分点.
"""

from __future__ import annotations

import re

from .. import units
from ..tables import alternatives, lists, words
from ..units import Unit
from .words import NEAR, is_watts

FORCE = Unit("级", "quantity", "级")
LEVEL = Unit("级", "count", "级")
PARTIES = Unit("方", "count", "方")
FOLDS = Unit("重", "count", "重")
TIMES = Unit("度", "count", "度")
DEGREES = units.lookup("度")
POINTS = Unit("个", "percent", "pp")
PEOPLE = Unit("个", "count", "人")
GIGABYTES = Unit("G", "quantity", "GB")
WATTS = Unit("w", "quantity", "W")

_FORCE_AFTER = re.compile(
    r"(?:以上|及以上|以下|左右)?的?(?:超强|特强|特大|强|大|浅源|破坏性)?(?:地震|余震|风|阵风|台风|强震|[东南西北偏]{1,4}风|震级)"
)
_FORCE_BEFORE = re.compile(
    rf"(?:(?:风力|阵风|[东南西北偏]{{1,4}}风|里氏|震级|风级){NEAR}{{0,8}}|风(?:速|刮)?(?:约?为|有|达到?|最大)*)$"
)
_ALARM = re.compile("(?:应急|以上|防[一-龥]{1,3})?(?:响应|应急|预警|警报)")
_OFFICES = re.compile(
    r"(?:、[^，。；、\n0-9]{1,6}|[省市州旗区县乡镇村组街]{2,6}|[—–-][^，。；、\n0-9—–-]{1,6})(?:[（(][^（()）]{1,4}[）)])?[”’]?的?$"
)
_LISTED = re.compile(f"、{NEAR}{{1,6}}[”’]?的?$")
_GRADE = re.compile("[甲乙丙注翻风响应预警保职地标]")
_BESIDE = lists(__package__, "context.txt")
_FOLDED = re.compile(_BESIDE["folds"])
_WARM = re.compile(f"(?:[气体水室低高地油]温|温度|零[下上]){NEAR}{{0,8}}$")
"""What shows that 三度 is said of heat, not that something is done for the third time."""
_STORED = re.compile(f"(?:流量|内存|硬盘|[存云]储|手机){NEAR}{{0,3}}$")
_NETWORKS = frozenset("23456")
"""2G to 6G are generations of mobile networks."""
_GIGA = re.compile("G(?![A-Za-z0-9])")
_NEAR = re.compile("以[上下]|左右|上下")
_AGAIN = re.compile("[一-龥](?<![电以左])")
_OTHER_POINTS = re.compile(r"(?:和|及|与|以及|、)(?:[0-9.]+个?(?:和|及|与|以及|、)){0,6}[0-9.]+个?百分点")


def _people() -> re.Pattern[str]:
    nouns = words(__package__, "people.txt")
    first = "".join(sorted({noun[0] for noun in nouns} | set("老小女男外本返务困新")))
    return re.compile(
        f"(?=[{first}])(?:老|小|女|男|新|外地|本地|外省|返乡|务工|困难)?"
        f"(?:{alternatives(nouns)})(?!{_BESIDE['not_people']})"
    )


_PEOPLE = _people()
_SIDES = re.compile("国(?![内家际])|[军党](?![员委支组])")
_MEDAL = re.compile(r"[金银铜](?=[0-9一二两三四五六七八九十，。、；！的\s]|$)")
_WON = frozenset("夺获揽摘得添收")
_CASUALTY = re.compile(r"死(?=[0-9两一二三四五六七八九十]{1,4}伤)|伤(?=[，。、；！”】）\s]|$)")


def unit(text: str, start: int, end: int, since: int) -> Unit | None:
    """Return the unit of the numeral from `start` to `end` that only its surroundings show, if any.

    `since` is where the range starts whose second number it is, else `start`.
    """
    run, sign = text[start:end], text[end : end + 1]
    if sign == "级":
        if _ALARM.match(text, end + 1):
            return None
        if (
            "." in run
            or _FORCE_AFTER.match(text, end + 1)
            or _FORCE_BEFORE.search(text, max(0, since - 14), since)
        ):
            return FORCE
        if run in "两二三四五" and not _GRADE.match(text, end + 1):
            return LEVEL if _OFFICES.search(text, max(0, start - 16), start) else None
    elif sign == "方":
        if text[end + 1 : end + 2] == "面":  # 三方面 counts 方面
            return None
        return PARTIES if run in "两三四五" and _LISTED.search(text, max(0, start - 10), start) else None
    elif sign == "重":
        return FOLDS if run in "两三四五" and _FOLDED.match(text, end + 1) else None
    elif sign == "度":
        if run == "两" and _AGAIN.match(text, end + 1):
            return TIMES
        warm = _WARM.search(text, max(0, since - 12), since)
        return DEGREES if warm or (run == "零" and _NEAR.match(text, end + 1)) else None
    elif sign == "G":
        stored = (
            run not in _NETWORKS and _GIGA.match(text, end) and _STORED.search(text, max(0, start - 8), start)
        )
        return GIGABYTES if stored else None
    elif sign == "w":
        return WATTS if is_watts(text, start, end) else None
    elif sign == "个":
        if _OTHER_POINTS.match(text, end + 1):
            return POINTS
        return PEOPLE if _PEOPLE.match(text, end + 1) else None
    return None


def noun(text: str, start: int, end: int) -> bool:
    """Whether the numeral from `start` to `end` counts the noun that follows, though few numbers would."""
    run, sign = text[start:end], text[end : end + 1]
    if run == "两" and sign not in ("死", "伤"):
        return bool(_SIDES.match(text, end))
    if sign in ("金", "银", "铜") and _MEDAL.match(text, end):
        return run.isascii() or text[start - 1 : start] in _WON
    if sign == "伤" and not run.isdigit() and text[start - 1 : start] != "死":  # 斗则两伤
        return False
    return sign in ("死", "伤") and bool(_CASUALTY.match(text, end))
