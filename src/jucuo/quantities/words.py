"""Skeletons of the words around numbers that decide what a number is."""

from __future__ import annotations

import re

from ..tables import lists

_BESIDE = lists(__package__, "context.txt")

CLOSE = r"(?:[，。；、,;！!？?)）”\s]|$)"
"""The end of a clause, of what stands in brackets or quotation marks, or of a line."""

NEAR = r"[^，。；、,;\n\d]"
"""What may stand between a word and the number it is about."""

TEMPORAL = re.compile(
    "年|月|日|号|天|时|点|秒|分(?!之)|岁|周|星期|礼拜|刻|季度|旬|世纪|昼夜|晚|夜"
    "|个?(?:半月|月|小时|星期|季度|世纪|钟头|工作日|年头)"
)
"""What makes a number a date, a time, an age or a length of time."""

STOP = re.compile(
    TEMPORAL.pattern + "|[强级型式楼室路线版届期区环街栋座组队班甲乙丙]|[.:：/／+＋×*=_-]|[A-Za-z0-9]"
    "|[分比之民姓货科达里事众物象般米元能一幸无万亿千百十古秋代载余多方难宁福盛州源]"
)
"""What may not follow a number with a scale that stands without a unit."""

BIG_NOUN = re.compile("大(?=[一-龥]{2}|洲)(?![学队桥厦楼会连地街道酒多部小约概量规型棚豆米蒜葱])")
"""12大举措, 六大产业: 大 before the noun that is counted."""

POINTS = re.compile(
    f"(?:{_BESIDE['rated']}){NEAR}{{0,8}}$"
    "|(?:[跌突升涨]破|站[上稳]|失守|收复|探至|[%，,]报|[升降跌涨])了?(?:约|近|超|逾)?$"
)
POINTS_AFTER = re.compile("分(?:的?(?:总?成绩|高分|总分|得分|优势)|及格|及?以[上下](?!钟))")
NOT_POINTS = re.compile("分(?:[钟之布别散类级组期秒]|析)|点(?:[半钟多0-9零一二三四五六七八九十]|左右)")
"""Words before and behind a number that make 分 and 点 points, not a time."""

DISTANCE_BEFORE = re.compile(
    "(?:[隔距离近约足持宽高深厚退]|隔开|拉开|退后|相距|最远|长度?)(?:了|着|在|至|到)?$"
)
DISTANCE_AFTER = re.compile(
    "以上|以下|以外|以内|开外|之外|外|远|左右|[宽高长深厚站]|等候(?![区线])|(?:的|社交|安全)*(?:间距|距离|间隔)"
)
"""Words beside 一米 and 一公里 that make them a distance, not a part of a name (最后一公里)."""

PAID_BEFORE = re.compile(f"(?:{_BESIDE['paid']}){NEAR}{{0,2}}$")
PAID_AFTER = re.compile(f"(?:临时|一次性|生活)?(?:{_BESIDE['paid_for']})")
"""Words beside 百元 and 千元 that make them an amount."""

STRETCH = re.compile("之?[外内远深高长宽]|开外|塌方|决口|范围|距离")
"""Words behind 百米 that make it a distance."""

COLLOQUIAL = re.compile("[一二两三四五六七八九十百]{1,4}[百千万][一二三四五六七八九]")
_STATED = "(?:了|只?要|才|是|为|：)?$"
PRICE = re.compile(f"(?:{_BESIDE['price']}){_STATED}")
WAGE = re.compile(
    f"(?:{_BESIDE['price']}|[一每](?:天|个?月|年|斤|亩|只|件|车|晚|趟)|[挣卖赚花付交收欠借给补价](?:了?[我你他她])?){_STATED}"
)
"""一天一百五, 押金300: a number without its unit, or its last scale, and what makes it money."""

BARE = re.compile(
    r"的(?:荣枯|临界|警戒|分界)|[，。；、,;！!？?)）”]|$|[和及与]|[增降减升]至|(?:增加|提高|提升|扩大|减少|压缩|下降)到|\n(?![年月日时天])|一(?:[天年晚次趟亩斤]|个?月)"
)
"""What may follow a number that stands alone."""

LEVEL = re.compile(
    "(?:[由从达为至到共计超近逾约破增减升降是余剩仅有数]|总量|合计|[览读击看次][次量数]{0,2}[：:]?)\\s{0,2}$"
)
"""What stands before a number that stands alone."""

MONEY_NOUN = re.compile(f"(?:{_BESIDE['money']})[^，。；、]{{0,5}}$")
"""Words before a number without a unit that make it an amount of money."""

PIECES = re.compile(f"(?:{_BESIDE['pieces']}){NEAR}{{0,8}}$")
"""Words before 5块 that make it five pieces, not five yuan."""

_WATTS_BEFORE = re.compile("(?:功[率耗]|制[冷热]量)[^，。；、\\d]{0,6}$")
_WATTS_AFTER = re.compile("w的?(?:[快闪慢]充|充电|无线|灯|功率|[超低]*功耗|音[箱响]|电[器机])")


def is_watts(text: str, start: int, end: int) -> bool:
    """Whether the w behind a number is its unit (65w快充, 0.5w), not 万 as people type it (10w+)."""
    said = _WATTS_AFTER.match(text, end) or _WATTS_BEFORE.search(text, max(0, start - 12), start)
    return bool(said) or text[start] == "0"


RANKS = re.compile(r"第\d+(?:、\d+)*、$")
"""The list that a rank goes on with: 第1、4、7天."""

NAME_BEFORE = frozenset("统唯同专单之划均合万归")
"""Characters that take a following 一 to themselves (统一, 唯一)."""
