"""The regular expressions: what may start an expression, one point in time, and what joins two."""

from __future__ import annotations

import re
from itertools import pairwise

from .. import units
from .tables import guarded, table

S = r"[ \n]?"
JOIN = r"(?:[ ]?(?:至|到|[-—–－~～─]{1,2})[ ]?)"
CN = "〇○零一二两三四五六七八九十百千万亿半几数廿卅俩仨"
_C19 = "一二三四五六七八九"

# figures
_Y4 = rf"(?:[12]\d{{3}}(?!\d)|[一二][〇○零O{_C19}]{{3}})"
_Y2 = rf"(?:\d\d(?!\d)|[〇○零{_C19}]{{2}})"
_MON = rf"(?:1[0-2](?!\d)|0?[1-9](?!\d)|十[一二]|十(?![{_C19}])|[{_C19}元](?![{_C19}十]))"
_DAY = (
    r"(?:3[012](?!\d)|[12]\d(?!\d)|0?[1-9](?!\d)"
    rf"|三十一?|卅一?|(?:二十|廿|十)[{_C19}]?|[{_C19}](?![{_C19}十]))"
)
# 5日元 is yen, 5日元旦 a day: what 元 and 圆 begin stands in the table of money
_YEN = "|".join(
    rf"{yen.surface[1:]}(?!{'|'.join(yen.stop)})" for yen in map(units.lookup, ("日元", "日圆")) if yen
)
_HOUR = (
    r"(?:2[0-4](?!\d)|[01]?\d(?!\d)"
    rf"|二十[一二三四]?|十[{_C19}]?|[零〇一二两三四五六七八九](?![{_C19}十]))"
)
_MIN = rf"(?:[0-5]?\d(?!\d)|[二三四五]?十[{_C19}]?|[零〇]?[{_C19}])"
_MIN2 = rf"(?:[0-5]\d(?![\d万亿个.%])|(?:[二三四五]?十[{_C19}]?|零[{_C19}])(?![{CN}]))"

PARTS = table("dayparts.tsv", 4)
WORDS = table("words.tsv", 7)
FESTIVALS = table("festivals.tsv", 4)


def _words(grain: str) -> str:
    return guarded((r[0], r[5], r[6]) for r in WORDS.values() if r[1] in grain)


def _at(first: str, pattern: str) -> str:
    """A pattern that is tried only where one of the characters stands that it can start with: far cheaper."""
    return rf"(?:(?=[{first}]){pattern})"


def _firsts(grains: str) -> str:
    return "".join(sorted({r[0][0] for r in WORDS.values() if r[1] in grains}))


_GAP = r" \n\d"
_PART = guarded((r[0], "", r[3]) for r in PARTS.values() if r[0] != "零时")
_FEST = guarded((r[0], "", r[3]) for r in FESTIVALS.values())
_WD = r"(?:星期|礼拜|周)[一二三四五六日天]"


def _cycle_part(name: str) -> str:
    return rf"(?:的?(?P<{name}>初期|中期|末期|后期|初(?!级|中)|末|中叶))?"


_YEND = r"""(?:年?末(?!位|端|班|日)|年?底(?!层|部|气|线|数|座|蕴)
      |年?初(?![一二三四五六七八九十心步衷级中期次衷见夏春秋冬审诊评步创始]))"""
_YEAR_PART = rf"(?:{_YEND}|[上下]半年|第?[一二三四]季度|前[两三]季度|全年(?!龄|级|无休)|[春夏秋冬][季天])"
_SHORT_YEAR = (
    r"(?<=[从自]\d\d年)(?:开始|起(?![伏步码初]))"
    r"|(?<=[0125-9]\d年)(?:出生(?![率人数缺])|生人|入[学伍职]|参军|那[年会阵]|[买建盖搬]的)"
    r"|(?<=[是我你他她们都][5-9]\d年)的(?=[，,。！？!?]|$)"
)
"""What shows that two digits before 年 are a year, not so many: 19年底, 从17年开始, 94年出生."""

_SPOKEN_YEAR = (
    rf"(?:[零〇○][{_C19}]"
    rf"|[{_C19}][〇零○{_C19}](?<!{'|'.join(a + b for a, b in pairwise(_C19))}|三五))"
)
"""Two digits that are no number, 六五 and 零八, not 七八 (seven or eight) and 三五."""

_YEAR = _at(
    rf"{_GAP}公民〇零十上本新{_C19}{_firsts('Y')}",
    r"(?!\d\d?[月日号时点:])"
    + rf"""(?:
    (?P<era>公元前?)?(?P<y1>{_Y4})(?:(?:{JOIN}|/)(?P<y2>{_Y4}|\d\d(?=年))|(?P<ylist>(?:、{_Y4}){{0,6}})、(?P<y4>{_Y4}))?{S}学?年(?![级代])(?:度(?!假|过|日|量|汛|夏|寒))?
  | (?P<era3>公元前?)(?P<y3>\d{{1,4}})年
  | 民国{S}(?P<republic>\d{{1,3}}|[十{_C19}]{{1,3}}){S}年
  | (?P<decade>(?:{_Y4}|[1-9]0|[二三四五六七八九]十|[{_C19}]{{2}}十)){S}年代{_cycle_part("cpart")}
  | (?P<cera>公元前?)?(?P<century>[12]?\d|二?十[{_C19}]?){S}世纪
    (?:(?P<cdecade>[1-9]0|[{_C19}]{{0,2}}十){S}年代)?{_cycle_part("cpart2")}
  | (?P<cword>上个?世纪|本世纪)(?:(?P<cwdecade>[1-9]0|[{_C19}]{{0,2}}十){S}年代)?{_cycle_part("cpart3")}
  | (?P<yy>{_Y2}){S}年(?={S}(?:{_MON}(?:{JOIN}{_MON}|、{_MON})?{S}月|{_YEAR_PART})|{_SHORT_YEAR})
  | (?P<y0>0\d|{_SPOKEN_YEAR})年(?!代|级)
  | (?P<yw>{_words("Y")})
  | (?P<newyear>新的?一年)
)""",
)
_SUB = _at(
    " \n的同上下第1-4一二三四首前头春夏秋冬全年末底初",
    rf"""(?:{S}(?:的)?(?:
    (?P<same>同期|(?<=[上去今前明]年)同[月日季])
  | (?P<half>[上下])半年(?!度?报)(?:度(?!假))?
  | 第?(?P<q1>[一二三四1-4])(?:季?度?(?:{JOIN}|、)第?(?P<q2>[二三四2-4]))?季度(?P<qend>[末底])?
  | (?P<qword>首季度?|首个季度)
  | [前头](?P<qn>[两二三23])个?季度
  | [前头](?P<mn>1[01]|[2-9]|十一?|[两二三四五六七八九])个?月(?!份?来)
  | (?P<season>[春夏秋冬])
      (?:[季天](?!奥|残奥|达沃斯|运动|攻势|里|学期|征兵|招生|高考|联赛)|(?<=年[春夏秋冬])(?=[，,、。的至到]|$))
  | (?P<yend>{_YEND})
  | (?P<whole>(?<=年)全年)(?!龄|级|无休)
  | (?P<ymid>年中)(?!国|央|心)
))""",
)
_MONTH = _at(
    rf"{_GAP}的十元{_C19}{_firsts('MQ')}",
    rf"""(?:{S}(?:的(?=\d))?(?:
    (?:(?P<ma>[一二三四五六七八])(?P<mb>[二三四五六七八九])
      |(?P<m1>{_MON})(?:{S}月?份?{JOIN}(?P<m2>{_MON})|(?P<mlist>(?:、{_MON}){{0,6}})、(?P<m3>{_MON}))?){S}月(?!龄|[饼台牙嫂光色球亮薪租租均供刊])(?:份(?!额))?
  | (?P<mw>{_words("MQ")})
))""",
)
_THIRD = _at(
    "中上下月底末初",
    r"""(?:(?:
    (?P<third>中(?=[，,。]|、(?!下旬)|至|到|以来)|上、?中旬|中、?下旬|[上中下]旬|月?底(?!层|部|气|线|数)|月?末(?!位|端|班)|月?初(?![一二三四五六七八九十心步衷级中期次见]))
    (?:(?:至|到|[-—–~])(?P<third2>[中下]旬|月?底|月?末))?
))""",
)
_DAYN = _at(
    rf"{_GAP}十廿卅今明昨后去星礼周{_C19}{_firsts('DW')}",
    rf"""(?:{S}(?:
    (?P<d1>{_DAY})(?:{S}[日号]?{JOIN}(?P<d2>{_DAY})|(?P<dlist>(?:、{_DAY}){{0,6}})、(?P<d3>{_DAY}))?{S}(?:[日曰](?!{_YEN}|内|之内|以内|游|龄|均|历史|用)|(?P<hao>号(?!楼|线(?![上下])|机组|厂房|地块)))
  | (?P<noted>[今昨明])[（(](?P<nday>{_DAY})[)）](?:[日天]|(?=[早晨晚]))
  | (?P<dw>{_words("D")})
  | (?P<two>[今明昨后](?:、?[今明后])?两[天日]|今、?明、?后三[天日]|明后[天日]|[今去](?:、?[明今])?两年)
  | (?P<ww>{_words("W")})(?P<wwd>[一二三四五六日天](?![个名次人位]|家(?!长|访|庭|里)))?(?P<wend>周?末)?
  | (?P<wd>{_WD})(?![{_C19}](?![时点]|(?<=一)[起早大直定共同])|边|围|密|转|均|岁|鸣|年)
))""",
)
_LUNAR_END = (
    rf"(?:(?<=[{_C19}十日]){JOIN}(?:大年)?"
    rf"(?P<END>初[{_C19}十]|(?:二十|廿|十)[{_C19}]?|三十)日?(?![月年个天号时点分几多余\d]))?"
)
"""The last day of 正月初八至十五."""
_LUNAR = rf"""(?:(?=[农阴夏旧闰正腊冬大初十{_C19}])(?:
    (?=[农阴夏旧]历|闰|[正腊冬]月|十?[{_C19}十]月(?:初[{_C19}十]|廿(?:[{_C19}](?![日号])|(?![{_C19}日号]))))
    (?:(?P<lcal>农历|阴历|夏历|旧历){S}(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年)?)?
    (?P<leap>闰)?(?P<lm>正|腊|冬|十[一二]?|[{_C19}])月(?P<ld>初[{_C19}十]|(?:二十|廿|十)[{_C19}]?|三十|[{_C19}](?=（|，|、|。|[{_C19}]|$))?(?:日(?![子常]))?
      {_LUNAR_END.replace("END", "ld2")}
  | (?P<dnian>大年初)(?P<dnd>[{_C19}十]){_LUNAR_END.replace("END", "dnd2")}
  | (?P<lbare>初(?:[四五六七八九十]|(?<=[至到—-]初)[一二三]))(?![中级高一二三])
  | (?P<xiaonian>腊八)(?!粥|蒜|节)
))"""
_CLOCK = _at(
    rf"{_GAP}T零〇两十{_C19}",
    rf"""(?:{S}(?:
    (?P<ha>[一二两三四五六七八])(?P<hb>[二三四五六七八九])点(?![{_C19}])(?P<hz>钟)?
  | (?P<h1>{_HOUR})(?:{S}[时点]?{JOIN}(?P<h2>{_HOUR}))?{S}
      (?:时(?:(?<=\d时)(?![代候间钟速效]|空(?!气))|(?<!\d时)(?![代候期间速常刻长髦限空政任钟效局装]))|(?P<dian>点(?:钟)?))
      (?:(?:{S}零?(?P<mi>{_MIN}){S}分(?!之|[钟]?[内别]|[布行公局])|(?P<mi2>{_MIN2})|(?P<mhalf>半)|(?P<mq>[一三])刻|整(?!个|体|治|改))
        (?:(?P<se>[0-5]?\d)秒)?)?
  | T?(?P<ch>2[0-4]|[01]?\d):(?P<cm>[0-5]\d)(?::(?P<cs>[0-5]\d))?(?![\d:]|的?[比配])
))""",
)
_NUMERIC = _at(
    "0-2",
    r"""(?:
    (?P<ny>(?:19|20)\d\d)(?P<sep>[-/.])(?P<nm>1[0-2]|0?[1-9])(?P=sep)(?P<nd>3[01]|[12]\d|0?[1-9])(?![\d%])
  | (?P<sm>0[1-9]|1[0-2])-(?P<sd>[012]\d|3[01])(?=[ ]\d\d:\d\d)
)""",
)
_PLAN = _at(
    f"十第{_C19}",
    rf"""(?:(?P<plan>十[{_C19}])五(?![岁个名年天里人位次倍项亿万千百元户条件家])
  | 第(?P<plan5>(?:[{_C19}]|十)(?=个五年计划)|十[{_C19}])个五年(?=规划|计划)
  | (?<=[“"])(?P<plan9>[{_C19}十])五(?=[”"](?:计划|时期|期间|末)))""",
)
_PAREN = rf"(?:[（(](?:{_WD}|(?:(?P<pm>{_MON})月)?(?P<pd>{_DAY})日)[)）])"

POINT = re.compile(
    rf"""{_PLAN}|
    {_YEAR}?(?:{_SUB}|
      (?:{_LUNAR}|(?P<fest>{_FEST})|{_NUMERIC}|{_MONTH}?(?:{_THIRD}|{_DAYN})?)
      (?:{_PAREN}(?={S}(?:{_PART}|{_HOUR}[时点:])))?(?:{S}(?P<p>{_PART}))?{_CLOCK}?
    )
    """,
    re.VERBOSE,
)
