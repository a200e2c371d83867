"""What the words beside a date or time must be for it to be one."""

from __future__ import annotations

import re

from ..tables import alternatives
from .lengths import MORE_DONE, led
from .model import Point
from .patterns import FESTIVALS, PARTS
from .tables import context_words, rows

NOT = re.compile(alternatives(r[0] for r in rows("not.tsv", 1)))
"""Set phrases that only look like a time; they start with a numeral."""

NOT_HEADS = frozenset(r[0][:2] for r in rows("not.tsv", 1))

_NO_DAY = re.compile(f'[”"’]?(?:{context_words("no_day")})')
_EDGE = re.compile(f'[”"’]?(?:{context_words("edge")})')
_TERM = re.compile(f'[”"’]?(?:{context_words("term")})')
_LISTED = re.compile(r"(?:[、和及][^，。、\n]{2,4}){1,4}等?(?:传统|法定)?(?:假期|节日|假日|长假|期间|小长假)")
"""Festivals named one after the other for their holidays: 元旦、春节等假期."""
_CLOSED = re.compile(r"[，,。、）)\n]|$")
_QUOTED = re.compile(r"[”\"’](?:当[天日]|前夕|前|后|节)")
_HAO_BEFORE = (*"月至到从自在于的是了日号我你他她们和跟或就才等过", "请问")
_ADDRESS = frozenset("路街巷弄道村楼苑院里区栋段同组屯坊幢门园城庄线舟星风")
"""How a noun ends before a number of its own, not before a day: 梧桐路20号, but 快递26号到."""
_LIST_BEFORE = re.compile(r"(?:\d{1,4}号?[、或和及])+$")
"""The list that a day or the number of a house ends: 幸福里3号、5号."""
_HAO_NEXT = re.compile(rf"(?:[、或和及]\d{{1,4}}号)*(?:{context_words('hao')}|$)")
_CLOCK_BEFORE = re.compile(
    r"(?:[从自至到在于约为每“才就,，、:：(（—\-。\s早晚天日近今起前已了快我你他她们都班；;]|开始|截至|截止|时间|不到|将近|^)$"
)
_POINTS = tuple("这那上述第前后各每有出几好")
"""What stands before three points, not before three o'clock: 这三点之前."""
_OCLOCK = re.compile(context_words("oclock"))
_FROM_TO = re.compile("点(?:[至到]|[-—~～])")
"""What joins two hours, so that neither is so many points: 午休12点到2点."""
_CLOSED_ON = re.compile(f"(?:{context_words('closed')})")
_TWO_WEEKDAYS = re.compile("(?:[、和](?:周|星期|礼拜)[一二三四五六日天])+[两三]天")
_TO_WEEKDAY = re.compile("[至到—-](?:周|星期|礼拜)")
_ONE_BEFORE = re.compile(r"[从自至到在于（(—-]$|截至$|截止$")
_CLOCK_NOT = re.compile(f"[一二三四五六七八九0-9万亿%个]|{context_words('point')}")
_DOCUMENT = re.compile(r"(?:〕|[\[［（(【]\d{4}年?[\]］）)】])第?(?:\d+号[、和及])*$")
"""The year in brackets before the number of a document: 国发〔2020〕12号."""
_ZHOU_NOT = re.compile(r"[边围密转均岁鸣凡名个班]")
_FIGURATIVE = ("明天", "明日", "昨天", "昨日")
_NOWADAYS = re.compile("的(?:中国|世界|时代|年轻人|我们)")
_PAPER_AFTER = re.compile(r"[上下中]午|晚|电|讯|在|凌晨|[，至到—\-]")
_HISTORY = re.compile(r"历史|文明|前|以上|古|多|来")


def festival_names_day(name: str, text: str, end: int, name_end: int) -> bool:
    """Whether a festival stands for its day: not in 春节假期, 五一广场, 下了小雪."""
    if end > name_end:  # a part of the day follows
        return True
    start = name_end - len(name)
    if name[0] == "立" and start and text[start - 1] in "成建设确独树创":
        return False
    if name == "夏至" and text[start - 1 : start] in ("宁", "华", "江"):  # 宁夏至湖南
        return False
    if name == "小年" and text[max(0, start - 1) : start] in ("历", "北", "南", "方"):
        return True
    if _LISTED.match(text, end):
        return False
    mode = FESTIVALS[name][2]
    if mode == "day":
        return not _NO_DAY.match(text, end)
    if mode in ("quoted", "edge") and _QUOTED.match(text, end):
        return True
    if mode == "quoted":
        return False
    if mode == "edge" and (start == 0 or text[start - 1] in "，、,（(是逢\n") and _CLOSED.match(text, end):
        return True
    return bool((_TERM if mode == "term" else _EDGE).match(text, end))


def stands(m: re.Match[str], low: Point, text: str, start: int, end: int) -> bool:
    """Whether a match of `patterns.POINT` that reads as `low` is a date or time where it stands."""
    before = text[start - 1] if start else ""
    if (m["d1"] or m["third"]) and low.month is None and before == "月":
        return False
    if _lasts(m, low) and (led(text, start, end) or _MUCH.match(text, end)):
        return False
    if m["p"] and m["p"][0] == "夜" and low.only_time and before and before in "雨雪黑寒冬夏春秋":
        return False
    if m["h1"] == "一" and low.only_time and low.part is None and low.minute is None and not m["dian"]:
        return False
    if m["yend"] and text[start] == "年" and before and before in "青少老中成壮幼末":
        return False  # 岁末年初 is no time of one year
    if m["dw"] and not low.is_time and _figurative(m["dw"], text, start):
        return False
    if before == "第":
        return bool(low.sub) and low.year is None
    if before == "每" and not low.only_time and (low.month is None or low.day or low.weekday):
        return False
    if m["dian"] and low.only_time and low.part is None and low.minute is None:
        return _hour_stands(m, text, start, end, before)
    if m["hao"] and low.month is None:
        return _hao_stands(low, text, start, end)
    if m["wd"] and low.day is None and low.month is None:
        if low.is_time and _TO_WEEKDAY.match(text, end):  # 周一上午10点至周三下午5点
            return True
        return _weekday_stands(m["wd"], text, end, before)
    if m["third"] and low.month is None and low.deixis is None and low.year is None:
        if m["third"][-1] == "旬":
            return start == 0 or before in "，。、；,至到截（( \n于在从和及"
        return not before or not (before in "每各年个半数两几岁号学日" or before.isdigit())
    if m["y1"] and low.month is None and low.sub is None and low.year in (1000, 2000):
        return not _HISTORY.match(text, end)
    if m["d1"] and low.month is None and text[start] in "一二三四五六七八九" and text[start + 1] in "日曰":
        return bool(_PAPER_AFTER.match(text, end))
    return not (m["mn"] and before and before in "提以之年天目此")


def _hour_stands(m: re.Match[str], text: str, start: int, end: int, before: str) -> bool:
    """Whether 三点 is three o'clock, not three points."""
    if text.startswith("档", end):  # a place in the programme
        return True
    if m["h1"] == "一" and not _ONE_BEFORE.search(text, max(0, start - 2), start):
        return False  # 快一点
    return m["dian"] == "点钟" or bool(
        (before not in _POINTS and _OCLOCK.match(text, end))
        or (
            (_CLOCK_BEFORE.search(text, max(0, start - 3), start) or _FROM_TO.search(text, start, end))
            and not _CLOCK_NOT.match(text, end)
        )
    )


def _hao_stands(low: Point, text: str, start: int, end: int) -> bool:
    """Whether 20号 is a day, not a number of a document, a house or a bus."""
    if _DOCUMENT.search(text, max(0, start - 20), start):
        return False
    if low.is_time or (low.deixis and low.deixis.grain == "M"):
        return True
    listed = _LIST_BEFORE.search(text, max(0, start - 24), start)
    start = listed.start() if listed else start
    before = text[start - 1 : start]
    noun = "一" <= before <= "龥" and not text[max(0, start - 2) : start].endswith(_HAO_BEFORE)
    if noun and (before in _ADDRESS or not text[start : start + 2].isdigit()):
        return False
    return bool(_HAO_NEXT.match(text, end))


def _lasts(m: re.Match[str], low: Point) -> bool:
    """Whether a day without a month, or 一月 without a year or day, may be so many days or one month."""
    if low.year is not None or low.deixis is not None or low.is_time:
        return False
    if m["d1"]:
        return low.month is None and not m["hao"]
    return m["m1"] == "一" and low.day is None and low.third is None


def _figurative(word: str, text: str, start: int) -> bool:
    """Whether 明天 is the future, 今天 the present age or some day of history: 美好明天, 今天的中国."""
    left = text[max(0, start - 3) : start]
    if word in _FIGURATIVE:
        return left[-1:] == "的" or left[-2:] in ("美好", "光明", "辉煌", "幸福")
    return word == "今天" and (left[-1:] == "的" or bool(_NOWADAYS.match(text, start + 2)))


def part_alone(m: re.Match[str]) -> bool:
    """Whether the part of the day that was matched may stand without a day."""
    return PARTS[m["p"]][2] == "yes"


def _weekday_stands(word: str, text: str, end: int, before: str) -> bool:
    if before and before in "每逢两三四一二几双本这下上个/／至到-—~":
        return False
    following = text[end : end + 1]
    if following and following in "至到-—~、":
        return bool(_TWO_WEEKDAYS.match(text, end))
    if _CLOSED_ON.match(text, end):
        return False
    return word[0] != "周" or (not _ZHOU_NOT.match(text, end) and before not in tuple("姓叫是名、"))


_ONE = re.compile(r"一(?:[天年日周月]|个月)$")
_DAY_AFTER = re.compile(
    rf"的[用需]|[内后前里来时之以左半]|多(?!{MORE_DONE})|[一二两三四五六七八九十\d]+夜|时间"
)
_MUCH = re.compile("[能可]?[挣赚]|的(?:量|收入|工资|用量|时间)")
_DAY_BEFORE_IT = re.compile(
    "(?:[用仅只过课工产运业市假时期前短延近约足了停满从至到放休请歇等待玩住干耗花差排熬]"
    "|推迟|延长|不到|过去)$"
)
_COUNTED = frozenset(
    "人户总个次天件例少分指系无倍基参函岁位负班届台辆票点读算计奇偶整实正复因级丁字张页篇款额股份套宗批条"
)
_RANKS = re.compile(r"第\d+(?:(?:、\d+)*、|\+)$")
"""The list or sum that a number goes on with: 第1、4、7天, 第90+2分钟."""
_THESE = re.compile("两[天日年]")
"""What is vague after 这: 这两天."""
_BEFORE_IT = re.compile(r"(?:^|[比较同与和跟到在的此，。；：“\s])[前上下]$")
"""What makes 一天 the day before: 比前一天, not 开工前一天."""
_THE_TWO = frozenset("他她你我咱们哥姐弟妹妻娘口")
"""Before 俩, which then is the two of them: 他俩年龄相近."""
_POLICY = re.compile("(?:以?内)?(?:[^“”，。]{0,8}圈”|[^“”，。]{0,5}机制|办结”|[两二2三3]检[”’、])")
"""What makes a length in quotation marks the name of a policy: “15分钟便民圈”."""
_PROVERB = re.compile("快过|接着|胜过|比一[天年]|又一[天年]")
_EARNED = re.compile(
    "(?:下来)?(?:也|就)?(?:能|可|可以|大概|大约|差不多)?(?:[有挣赚省]|收入)[^，。；]{0,12}[元块万钱]"
)
"""What makes 一年 and 一个月 what money is earned per: 一个月能挣3000元."""
_ONE_AFTER = re.compile(r"晚上|上午|早[上晨]|中午|下午|清晨|凌晨|傍晚|[，。；！]|$")


def length_stands(m: re.Match[str], text: str, start: int) -> bool:
    """Whether a match of `lengths.LENGTH` is a length where it stands: not in 第3天, 有一天, 不平凡的一年."""
    before = text[start - 1] if start else ""
    if before and (before in "第." or (before in "、+" and _RANKS.search(text, max(0, start - 16), start))):
        return False
    if text[start - 2 : start] == "分之" or (before == "这" and _THESE.match(m[0])):
        return False
    if text[start - 1 : start] in ("“", "‘") and _POLICY.match(text, m.end()):
        return False
    if _ONE.match(m[0]):
        if before and (before in "这那某有同哪每新当" or (before in "首头" and "天" in m[0])):
            return False
        if _BEFORE_IT.search(text, max(0, start - 2), start):
            return False
        if text[m.end() : m.end() + 1] == "一":  # 一天一个样, 一年一场风
            return False
        if _PROVERB.match(text, m.end()) or text[max(0, start - 2) : start] in ("误人", "快过", "接着"):
            return False
        if _EARNED.match(text, m.end()):
            return False
        if m[0] == "一天":
            left = _DAY_BEFORE_IT.search(text, max(0, start - 3), start)
            return bool(left or _DAY_AFTER.match(text, m.end()))
        if text[max(0, start - 2) : start] in ("重要", "关键"):
            return False
        if before == "是":
            return bool(_DAY_AFTER.match(text, m.end()))
        past = text[max(0, start - 3) : start] == "过去的"
        return past or not (before == "的" and _ONE_AFTER.match(text, m.end()))
    if before and before in "上下" and m[0] == "半月":
        return False
    if m[0][0] in "俩仨" and before in _THE_TWO:
        return False
    if m[0][0] == "数" and before and before in _COUNTED:
        return False
    if m[0] == "半天":
        return not (before and before in "了老大好小") and text[m.end() : m.end() + 1] not in tuple(
            "没才也不都"
        )
    return True
