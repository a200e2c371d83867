"""What stands before a number: words that bound it, the change it measures, its base, a rate."""

from __future__ import annotations

import re

from ..numerals import LEFT
from ..units import lookup

_LAST = frozenset(word[-1] for word in LEFT)
_LENGTHS = sorted({len(word) for word in LEFT}, reverse=True)
# Last characters of words that only look like a modifier (节约 30 元, 附近 3 家, 路上 百人).
_NOT_AFTER = {
    "约": "节预签违合条履公制集契邀相特订守租",
    "近": "附最靠邻临亲新走贴就",
    "超": "赶反高商医农",
    "破": "侦爆攻打冲识戳残",
    "过": "经通不超胜渡难",
    "上": "以之网路线会市史身地山海江河船车街墙台场手年世基岗早晚马当加赶送献赛坛桌村",
    "逾": "",
    "不到": "达收找得看听做用等买见想料感遇",
    "不足": "",
    "低于": "不",
    "大于": "",
    "近乎": "",
    "最高": "史新至到达幅为",
    "最低": "史新至到达幅为",
}
_SIGNS = frozenset("≥>≤<")
"""Signs that bound a number but stay outside of it."""
_LARGE_ONLY = frozenset("上过破")


def left_modifier(text: str, start: int, run: str) -> tuple[int, str | None]:
    """Return where the modifier before a number starts, and its bound; `start` and None without one."""
    end = start - 1 if start and text[start - 1] == " " else start
    if not end or text[end - 1] not in _LAST:
        return start, None
    for n in _LENGTHS:
        word = text[max(0, end - n) : end]
        bound = LEFT.get(word)
        if bound is None or len(word) < n:
            continue
        before = text[end - n - 1 : end - n]
        if before and before in _NOT_AFTER.get(word, ""):
            return start, None
        if word == "过" and text.startswith("成", start + len(run)):
            return end - n, bound
        if word in _LARGE_ONLY and run[0] not in "百千万亿" and not (word in "破过" and run[-1] in "万亿"):
            return start, None
        return (start if word in _SIGNS else end - n), bound
    return start, None


_FAR = re.compile(
    "(?:(至少|最少|起码)|(?<![了得])(最多|至多|顶多))(?:要|需要?|得|会)?(?:有|(?:能|可以?)[一-龥]{0,2})?$"
)
_FAR_CUES = frozenset("最至起顶")
_FAR_ACT = re.compile("(?:(至少|最少|起码)|(最多|至多|顶多))[一-龥]{2}$")
_SHARE = re.compile("不(?:得|能)?(?:(低于|少于|小于)|(超过|高于|大于|多于))[^，。；、\\d]{2,10}$")


def far_bound(text: str, start: int, kind: str) -> str | None:
    """Return the bound that a number takes from words that do not touch it: 至少有, 不超过承载量的."""
    m = None
    if not _FAR_CUES.isdisjoint(text[max(0, start - 8) : start]):
        m = _FAR.search(text, max(0, start - 8), start)
        if m is None and kind == "frequency":
            m = _FAR_ACT.search(text, max(0, start - 8), start)
    if m is None and kind == "percent":
        m = _SHARE.search(text, max(0, start - 16), start)
    return ("over" if m[1] else "under") if m else None


_UP = (
    "增长|增加|提高|提升|上升|上涨|上调|上浮|扩大|增收|增产|增幅|涨幅|升幅|回升|攀升|反弹|猛增|激增|净增|"
    "递增|(?<!新)增|涨|提速|加快|抬升|抬高|加高|拓宽|走高|升高|拉高|升温|涨价|提价|加价|新增长|多增|多收|调高|延长|(?<![最至顶更很许大好])多[花开挣赚付缴退]"
)
_DOWN = (
    "下降|减少|降低|下跌|下滑|下调|下浮|回落|收窄|缩减|缩小|缩短|压缩|压减|削减|降幅|跌幅|减幅|放缓|萎缩|锐减|"
    "骤降|减排|减收|调低|少收|少用|跌|(?<!起)降|(?<!元)减|减产|减亏|降价|跌价|降温|便宜"
)
_MORE = "多|高|快|高出|高于|多出|快于|早"
_LESS = "少|低|慢|低于|慢于|少于"
_KEPT = ("保持在", "维持在", "稳定在")
_AFTER = (
    "了|近|约|达|为|超|逾|幅度|速度|均|各|分别|也|又|将|约为|将近|超过|为|在|达到|达到了|出|整整|足足|近乎|还|竟"
    "|至少|不少于|可|" + "|".join(_KEPT)
)
_CHANGE = re.compile(rf"(?:({_UP})|({_DOWN})|({_MORE})|({_LESS}))(?:{_AFTER}){{0,3}}$")
_CHANGE_ENDS = frozenset(word[-1] for word in f"{_UP}|{_DOWN}|{_MORE}|{_LESS}|{_AFTER}".split("|")) | set(
    "花开挣赚付缴退"
)
_OBJECT = re.compile(
    r"(?:(增加(?!值)|提高|提升|增收|增产|上涨|上调(?![解研查度动换集配])|扩大|多种(?!形式|方式|渠道|途径|措施|手段|模式|因素|类型|方法)|多养|多收|多打)|(减少|降低|压减|压缩|削减|减排|缩减|缩短|减产|少用|下调(?![解研查度动换集配])))了?"
    r"([一-龥“”]{1,8})$"
)
_LEVEL = re.compile("(?:至|到|为|成|于)$")
_THAN = re.compile(
    "(?:(高于|快于|多于)|(低于|慢于|少于))"
    "((?:上|去|前)[年月]?[^，。；、的]{0,6}|[^，。；、全的]{0,6}[年月季同][期度]?)$"
)
_NO_OBJECT = re.compile("(?:率|等)$|[达到至为成于是有的了从由把将]|其中|每|约|近|超|逾|计|共")
_OF_POINTS = re.compile(
    "(?:(提高|提升|上调|调高)|(下调|降低|压低|调低|优惠|减免))了?[^，。；、至到为达\\d]{0,10}$"
)
_CUES = re.compile("[增减升降涨跌提调多少高低快慢扩缩压窄落削缓产排浮收延优便]")
_NOT_CHANGE = re.compile(
    "(?:最多|最少|至多|至少|不少|不多|多少|很多|许多|众多|诸多|大多|最高|最低|不高|不低|更多|顶多|差不多|较多|较少|提|(?<![去今前上往常每同])年多|(?<![上同])月多)$"
)
_LOOSE_END = re.compile("(?:相比|[同环]比|偏|最)$")
_STANDARD = re.compile("全[国省市区县州球]|平均|同行")
_COMPARED = re.compile(
    r"同比|环比|[比较](?!例|赛|重|拟|方|如|起|价|为|大|好|多|少|高|低|强|差)[^，。；、,;：:（）()\n]{1,16}?"
    r"(?=分别|下降|减少|增加|增长|提高|上升|上涨|降低|提升|回升|回落|收窄|扩大|增|减|降|升|涨|多|少|高|低|快|慢|下|上|缩|加|跌|净|压|还)"
)


def change(text: str, start: int, unit: str = "") -> tuple[str | None, str | None]:
    """Return the trend of the number that starts at `start`, and the base of the change.

    Numbers in percentage points (`unit` pp or 基点) are changes also behind 率: 下调贷款利率0.5个百分点.
    """
    window = text[max(0, start - 14) : start].rstrip()
    if not _CUES.search(window):
        return None, None
    if window[-1] in _CHANGE_ENDS and (m := _CHANGE.search(window)) and m.lastindex:
        up = m.lastindex in (1, 3)
        word = m.end(m.lastindex)
        if not _is_level(window, m) and not _NOT_CHANGE.search(window, 0, word):
            base = _base(text, start)
            if m.lastindex < 3 or window[word : word + 1] == "了" or (base and not _STANDARD.search(base)):
                return ("up" if up else "down"), base
    if "于" in window and (m := _THAN.search(window)):
        return ("up" if m[1] else "down"), m[3]
    if (m := _OBJECT.search(window)) and not _NO_OBJECT.search(m[3]):
        return ("up" if m[1] else "down"), _base(text, start)
    if unit in ("pp", "基点") and (m := _OF_POINTS.search(window)):
        return ("up" if m[1] else "down"), _base(text, start)
    return None, None


_AMOUNTS = frozenset({"增收", "减收", "增产", "减产", "净增", "猛增", "激增", "多增"})
"""Verbs whose number is the size of the change also behind 达: 增收达300元."""


def _is_level(window: str, m: re.Match[str]) -> bool:
    verb = m[m.lastindex or 0]
    rest = window[m.end(m.lastindex or 0) :]
    if verb[-1] == "幅" or verb in _AMOUNTS or (verb == "增长" and rest.endswith(_KEPT)):
        return False
    return bool(re.search("达|为|在", rest)) and "幅" not in rest


def _base(text: str, start: int) -> str | None:
    """同比, 环比 or the expression of comparison in the clause before a change."""
    clause = text[max(0, start - 40) : start]
    cut = max(clause.rfind(c) for c in "。；;\n")
    compared = list(_COMPARED.finditer(clause, cut + 1))
    if not compared:
        return None
    found = compared[-1]
    if found[0] not in ("同比", "环比") and max(clause.find(c, found.end()) for c in "，,") >= 0:
        return None
    return _LOOSE_END.sub("", found[0]) or found[0]


_RATE = re.compile(
    r"(?:每(?:一)?|(?=亩[均产]))(小时|秒|分钟|公斤|千克|斤|吨|亩|公顷|平方公里|平方米|平米|立方米|立方|方|升|度|千瓦时|公里|米|股|桶)"
    r"[^，。；、,;\d每]{0,10}$|(?<![每零一二三四五六七八九十])(?:一|1)(公斤|斤|吨|亩|立方米|平方米|度|升|方|米)(?:电|水|只)?(?:[能可要得]|卖到?|打下?|[产收给])*$|(时速|车速|航速)(?:为|达|达到|约|近|超|超过|不超过|可达|控制在|保持在|限制?在?|最高|按|以)?$|(每10万人|每千人|每万人)[^，。；、,;\d]{0,4}$"
)
_PER = {"度": "kWh", "小时": "h", "秒": "s", "分钟": "min", "平米": "m2", "方": "m3", "股": "股", "桶": "桶"}


STEP = re.compile(
    "[，,]?(?:[较比][^，。；,;\\d]{1,6})?(?:均|又|再)?(?:提高|提升|增加|增产|增长|减少|降低|下降|上涨|[涨降升跌])(?:到|至)?了?"
)
"""What joins a rate to the next or to its change: 每斤2元涨到3元, 亩产500公斤，比上年增加20公斤."""
_RATED = re.compile("[每速亩]|[一1][公斤吨立平度升方米]")


def rate(text: str, start: int) -> str | None:
    """Return what a number is per, if that stands before it (每公斤3元, 时速350公里)."""
    window = text[max(0, start - 14) : start]
    if not _RATED.search(window):
        return None
    m = _RATE.search(window)
    if not m:
        return None
    if m[3]:
        return "h"
    word = m[1] or m[2]
    if not word:
        return None
    unit = lookup(word)
    return _PER.get(word) or (unit.unit if unit else word)
